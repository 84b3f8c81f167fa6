/** The host's account at RunComfy: what stands on it, less what was billed. */
import type { Random } from '../../kernel/random.ts';
import { BEGIN } from '../../kernel/virtual-time.ts';
import type { RequestTruth } from '../truth.ts';
import { answered, type HttpAnswer } from './troubles.ts';

/** What is on it at first, and what is put in once at most, least and most (millionths of a US dollar). */
const AT_FIRST = [4_800_000, 7_000_000] as const;
const PUT_IN = [300_000, 1_500_000] as const;

/** How many hosts put something in while the history lasts. */
const REFILLED = 0.5;

export interface Account {
  /** What was on it from which moments on (milliseconds since the epoch), in millionths of a US dollar; it may be below nothing. */
  balances(): { at: number; balance: number }[];
}

/**
 * A request is billed as it succeeds. Nobody is refused for it: that an account is empty is trouble of its own.
 *
 * @param length - of the history (milliseconds).
 */
export function createAccount({
  requests,
  random,
  length,
  now,
}: {
  requests: readonly RequestTruth[];
  random: Random;
  length: number;
  now: () => number;
}): Account {
  const atFirst = random.integer(...AT_FIRST);
  const putIn = random.integer(...PUT_IN);
  const putInAt = random.chance(REFILLED) ? BEGIN + random.next() * length : Infinity;
  return {
    balances() {
      const billed = requests.flatMap(({ state, endedAt, asked, price }) =>
        state === 'succeeded' && endedAt !== undefined ? [{ at: endedAt, by: -asked * Math.round(price * 1e6) }] : [],
      );
      const changes = [...billed, { at: putInAt, by: putIn }].filter(({ at }) => at <= now());
      let balance = atFirst;
      const steps = changes.toSorted((one, other) => one.at - other.at);
      return [{ at: BEGIN, balance }, ...steps.map(({ at, by }) => ({ at, balance: (balance += by) }))];
    },
  };
}

/** The answer to whoever asks for it. */
export function tellBalance(balance: number): HttpAnswer {
  return answered(200, { balance_usd: balance / 1e6, balance_microdollars: balance, currency: 'USD' });
}
