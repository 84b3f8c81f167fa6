/** The host's account at RunComfy: what stands on it, less what was billed. */
import type { Random } from '../../kernel/random.ts';
import { BEGIN } from '../../kernel/virtual-time.ts';
import type { RequestTruth } from '../truth.ts';
import { answered, type HttpAnswer } from './troubles.ts';

/** What is on it at first, and what is put in at a time, least and most (millionths of a US dollar). */
const AT_FIRST = [4_800_000, 6_500_000] as const;
const PUT_IN = [100_000, 900_000] as const;

/** How many hosts put something in when it is low, and how often at most. */
const REFILLED = 0.6;
const TIMES = 3;

/** What is low (millionths of a US dollar): what hosts hear of by default; and when they have put something in (milliseconds). */
const LOW = 5_000_000;
const AFTER = [10 * 60_000, 50 * 60_000] as const;

export interface Account {
  /** What was on it from which moments on (milliseconds since the epoch), in millionths of a US dollar; it may be below nothing. */
  balances(): { at: number; balance: number }[];
}

/**
 * A request is billed as it succeeds. Nobody is refused for it: that an account is empty is trouble of its own.
 */
export function createAccount({
  requests,
  random,
  now,
}: {
  requests: readonly RequestTruth[];
  random: Random;
  now: () => number;
}): Account {
  const atFirst = random.integer(...AT_FIRST);
  const drawn = Array.from({ length: TIMES }, () => ({
    by: random.integer(...PUT_IN),
    after: random.integer(...AFTER),
  }));
  const refills = random.chance(REFILLED) ? drawn : [];
  return {
    balances() {
      const billed = requests.flatMap(({ state, endedAt, asked, price }) =>
        state === 'succeeded' && endedAt !== undefined ? [{ at: endedAt, by: -asked * Math.round(price * 1e6) }] : [],
      );
      let balance = atFirst;
      const steps = [{ at: BEGIN, balance }];
      const left = billed.toSorted((one, other) => one.at - other.at);
      const coming = [...refills];
      // Each is put in some time after it is low, and brings it above that by as much as was drawn.
      for (let lowAt = balance < LOW ? BEGIN : undefined; ;) {
        const [refill] = lowAt === undefined ? [] : coming;
        const putInAt = refill === undefined ? Infinity : (lowAt ?? 0) + refill.after;
        const [next] = left;
        if (refill !== undefined && putInAt <= (next?.at ?? now())) {
          coming.shift();
          steps.push({ at: putInAt, balance: (balance = LOW + refill.by) });
          lowAt = undefined;
        } else if (next === undefined) return steps;
        else {
          left.shift();
          steps.push({ at: next.at, balance: (balance += next.by) });
          if (balance < LOW) lowAt ??= next.at;
        }
      }
    },
  };
}

/** The answer to whoever asks for it. */
export function tellBalance(balance: number): HttpAnswer {
  return answered(200, { balance_usd: balance / 1e6, balance_microdollars: balance, currency: 'USD' });
}
