/** Tells the host by direct message when the pictures of a month over all servers reach 80 % and 100 % of the ceiling. */
import type { REST } from 'discord.js';
import { translate } from '../../languages/languages.ts';
import type { Clock } from '../clock.ts';
import type { Host } from './host.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { nextUtcMonth, utcMonth } from '../ledger/limits.ts';
import type { Log } from '../log.ts';
import { createNotices } from './notices.ts';
import type { Store } from '../storage/storage.ts';

/** Percents of the ceiling that the host hears of. */
const PERCENTS = [80, 100] as const;

/** How long a notice is remembered (milliseconds): past the end of its month. */
const KEPT = 62 * 24 * 60 * 60_000;

export interface CeilingNotice {
  /** Checks what is used at a moment (milliseconds since the epoch), and tells the host what is due. Never throws. */
  check(at: number): Promise<void>;
}

/**
 * @param ceiling - images over all guilds per UTC month; `undefined` is none, and nothing is told.
 * @param retryAfter - the waits between the tries to reach the host, in milliseconds.
 */
export function createCeilingNotice({
  ceiling,
  ledger,
  store,
  rest,
  host,
  clock,
  log,
  retryAfter,
}: {
  ceiling: number | undefined;
  ledger: Pick<Ledger, 'usage'>;
  store: Store;
  rest: Pick<REST, 'post'>;
  host: Host;
  clock: Pick<Clock, 'now' | 'setTimeout' | 'sleep'>;
  log: Log;
  retryAfter?: readonly number[];
}): CeilingNotice {
  const notices = createNotices({
    name: { namespace: 'ceiling-notices', nonce: 'ceiling' },
    kept: KEPT,
    store,
    rest,
    host,
    clock,
    log,
    ...(retryAfter && { retryAfter }),
  });
  const done = new Set<string>();

  async function tell(percent: (typeof PERCENTS)[number], used: number, allowed: number, at: number): Promise<void> {
    const id = `${utcMonth(at)}-${percent}`;
    const frees = `<t:${nextUtcMonth(at) / 1000}:R>`;
    await notices.tell(id, translate('en')(`ceiling.at${percent}`, { used, allowed, month: utcMonth(at), frees }));
    done.add(id);
  }

  return {
    async check(at) {
      if (ceiling === undefined || ceiling === 0 || done.has(`${utcMonth(at)}-${PERCENTS[1]}`)) return;
      try {
        const { totalMonthlyImages: used } = await ledger.usage('', '', at);
        for (const percent of PERCENTS) {
          const id = `${utcMonth(at)}-${percent}`;
          if (done.has(id) || used * 100 < ceiling * percent) continue;
          await tell(percent, used, ceiling, at);
        }
      } catch (error) {
        log.warn({ err: error }, 'whether the host must be told of the ceiling could not be found out');
      }
    },
  };
}
