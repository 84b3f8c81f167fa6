/** What a live check has found of each assumption. */
import { ASSUMPTIONS, type AssumptionName } from './assumptions.ts';

export interface Outcome {
  /**
   * `met`: as assumed. `handled`: otherwise, and the bot goes on all the same. `differs`: otherwise, and something of the bot
   * goes wrong by it. `unseen`: nobody can say.
   */
  verdict: 'met' | 'handled' | 'differs' | 'unseen';
  /** What was answered, or why nothing was seen. */
  said: string;
}

export const met = (said: string): Outcome => ({ verdict: 'met', said });
export const handled = (said: string): Outcome => ({ verdict: 'handled', said });
export const differs = (said: string): Outcome => ({ verdict: 'differs', said });
export const unseen = (said: string): Outcome => ({ verdict: 'unseen', said });

/** `met` where it holds, else `differs`. */
export const metIf = (holds: boolean, said: string): Outcome => (holds ? met(said) : differs(said));

/** What is found, as it is found. */
export interface Found {
  /** Notes what was found of an assumption. Of several findings the worst stands, the last of those. */
  note(name: AssumptionName, outcome: Outcome): void;
  /** Every assumption with what was found of it, in the order of the list. */
  all(): { name: AssumptionName; outcome: Outcome }[];
}

const ORDER: Outcome['verdict'][] = ['unseen', 'met', 'handled', 'differs'];

export function createFound(): Found {
  const found = new Map<AssumptionName, Outcome>();
  return {
    note(name, outcome) {
      const before = found.get(name);
      const isBetter = before !== undefined && ORDER.indexOf(outcome.verdict) < ORDER.indexOf(before.verdict);
      if (!isBetter) found.set(name, outcome);
    },
    all: () =>
      (Object.keys(ASSUMPTIONS) as AssumptionName[]).map((name) => ({
        name,
        outcome: found.get(name) ?? unseen('the check did not come so far'),
      })),
  };
}
