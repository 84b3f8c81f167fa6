/** The balance of the host's account, as it is read now and then: by month, so that its change stands beside the statement. */
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { utcMonth } from '../../ledger/limits.ts';
import type { Log } from '../../log.ts';
import { RunComfyError, type RunComfy, type RunComfyErrorKind } from '../../runcomfy/runcomfy.ts';
import type { Store } from '../../storage/storage.ts';
import { ACCOUNT_KEPT } from './book.ts';

/** How old what another process has read may be, so that it is not read again (milliseconds). */
const FRESH_FOR = 10 * 60_000;

/** Of these the next reading is likely to come through: where the network fails, RunComfy has refused nothing. */
const PASSING: ReadonlySet<RunComfyErrorKind> = new Set(['rate', 'unavailable']);

/** Millionths of a US dollar at a moment (milliseconds since the epoch). */
const readingSchema = z.object({ at: z.number(), balance: z.int() });
export type Reading = z.infer<typeof readingSchema>;

export const balancesSchema = z.object({
  version: z.literal(1),
  /** The first and the last reading of the month. */
  first: readingSchema,
  last: readingSchema,
  /** By how much it was higher at a reading than at the one before, together: so much was put in at least. */
  raised: z.int(),
});
/** What was read of the balance in a month. */
export type Balances = z.infer<typeof balancesSchema>;

/** The month with one more reading, which is not older than its last. */
export function withReading(before: Balances | undefined, reading: Reading): Balances {
  if (before === undefined) return { version: 1, first: reading, last: reading, raised: 0 };
  return { ...before, last: reading, raised: before.raised + Math.max(0, reading.balance - before.last.balance) };
}

export interface Balance {
  /** Reads it from RunComfy, and keeps what it was. `undefined` where RunComfy does not tell. Never throws. */
  read(): Promise<Reading | undefined>;
  /** The same, unless it was read some minutes ago, by whichever process. Never throws. */
  check(): Promise<Reading | undefined>;
  /** The last that was read this month. @throws StoreError */
  last(): Promise<Reading | undefined>;
}

/** @param seen - hears of every reading. */
export function createBalance({
  api,
  store,
  seen,
  clock,
  log,
}: {
  api: Pick<RunComfy, 'balance'>;
  store: Pick<Store, 'collection'>;
  seen: (reading: Reading) => void;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'debug' | 'info' | 'warn'>;
}): Balance {
  const months = store.collection('balances', balancesSchema);
  /** Whether it is known that it cannot be had. */
  let isUntold = false;

  async function ask(): Promise<Reading | undefined> {
    try {
      const balance = await api.balance();
      isUntold = false;
      return { at: clock.now(), balance };
    } catch (error) {
      if (!(error instanceof RunComfyError)) throw error;
      // Nothing depends on it, so it is said once, and only where waiting does not help.
      const isPassing = PASSING.has(error.kind);
      log[isUntold || isPassing ? 'debug' : 'info']({ err: error }, 'RunComfy did not tell the balance');
      isUntold ||= !isPassing;
      return undefined;
    }
  }

  async function read(): Promise<Reading | undefined> {
    try {
      const reading = await ask();
      if (reading === undefined) return undefined;
      seen(reading);
      const month = utcMonth(reading.at);
      await months.set(month, withReading(await months.get(month), reading), { ttl: ACCOUNT_KEPT });
      return reading;
    } catch (error) {
      log.warn({ err: error }, 'the balance could not be kept');
      return undefined;
    }
  }

  const last = async () => (await months.get(utcMonth(clock.now())))?.last;

  return {
    read,
    async check() {
      const known = await last().catch(() => undefined);
      const isFresh = known !== undefined && Math.abs(clock.now() - known.at) < FRESH_FOR;
      return isFresh ? known : read();
    },
    last,
  };
}
