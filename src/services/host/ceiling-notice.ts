/** Tells the host by direct message when the pictures of a month over all servers reach 80 % and 100 % of the ceiling. */
import { translate } from '../../languages/languages.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { nextUtcMonth, utcMonth } from '../ledger/limits.ts';
import { createNotices, NOTICES, type NoticeParts } from './notices.ts';

/** Percents of the ceiling that the host hears of. */
const PERCENTS = [80, 100] as const;

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
  ...parts
}: NoticeParts & {
  ceiling: number | undefined;
  ledger: Pick<Ledger, 'usage'>;
  retryAfter?: readonly number[];
}): CeilingNotice {
  const notices = createNotices({ ...parts, kind: NOTICES.ceiling });
  const done = new Set<string>();

  async function tell(percent: (typeof PERCENTS)[number], used: number, allowed: number, at: number): Promise<void> {
    const id = `${utcMonth(at)}-${percent}`;
    const frees = `<t:${nextUtcMonth(at) / 1000}:R>`;
    const sentence = translate('en')(`ceiling.at${percent}`, { used, allowed, month: utcMonth(at), frees });
    await notices.tell(id, sentence, nextUtcMonth(at));
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
        parts.log.warn({ err: error }, 'whether the host must be told of the ceiling could not be found out');
      }
    },
  };
}
