/** Tells the host by direct message when the pictures of a month over all servers reach 80 % and 100 % of the ceiling. */
import type { REST } from 'discord.js';
import { z } from 'zod';
import { translate } from '../../languages/languages.ts';
import type { Clock } from '../clock.ts';
import { withDeadline } from '../deadline.ts';
import type { Host } from './host.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { nextUtcMonth, utcMonth } from '../ledger/limits.ts';
import type { Log } from '../log.ts';
import { SingleFlight } from '../single-flight.ts';
import type { Store } from '../storage/storage.ts';

/** Percents of the ceiling that the host hears of. */
const PERCENTS = [80, 100] as const;

/** How long a notice is remembered (milliseconds): past the end of its month. */
const KEPT = 62 * 24 * 60 * 60_000;

/**
 * How long Discord surely still knows a nonce (milliseconds; it says "a few minutes"). For this long a notice that was
 * begun may be sent again, by another process or after a restart, and still arrives once.
 */
const NONCE_KNOWN = 2 * 60_000;

/** The waits between the tries to reach the host (milliseconds). Together they are shorter than NONCE_KNOWN. */
const RETRY_AFTER = [2000, 10_000, 30_000];

/** How long one try may take (milliseconds). */
const ANSWER_WITHIN = 15_000;

const noticeSchema = z.object({ version: z.literal(1), begunAt: z.number(), told: z.boolean() });

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
  retryAfter = RETRY_AFTER,
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
  const notices = store.collection('ceiling-notices', noticeSchema);
  const done = new Set<string>();
  const telling = new SingleFlight<string, void>();

  async function sendTo(userId: string, content: string, nonce: string, signal: AbortSignal): Promise<void> {
    const channel = await rest.post('/users/@me/channels', { body: { recipient_id: userId }, signal });
    const { id } = z.object({ id: z.string() }).parse(channel);
    const body = { content, nonce, enforce_nonce: true, allowed_mentions: { parse: [] } };
    await rest.post(`/channels/${id}/messages`, { body, signal });
  }

  /** Sends to the first of those who host the bot that can be reached. Sent again, it stays one message by its nonce. */
  async function send(content: string, nonce: string): Promise<void> {
    let failure: unknown = new Error('Nobody hosts the bot, as far as Discord has told');
    for (const userId of await host.users()) {
      try {
        await withDeadline(clock, ANSWER_WITHIN, (signal) => sendTo(userId, content, nonce, signal));
        return;
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  /** Tries several times. Returns whether the host was told. */
  async function sendWithRetries(content: string, nonce: string): Promise<boolean> {
    for (const pause of [0, ...retryAfter]) {
      try {
        if (pause > 0) await clock.sleep(pause);
        await send(content, nonce);
        return true;
      } catch (error) {
        log.warn({ err: error, nonce }, 'the host could not be told of the ceiling');
      }
    }
    log.error({ nonce, content }, 'the host was not told of the ceiling: every try failed');
    return false;
  }

  async function tell(percent: (typeof PERCENTS)[number], used: number, allowed: number, at: number): Promise<void> {
    const id = `${utcMonth(at)}-${percent}`;
    const before = await notices.get(id);
    const begunAt = before?.begunAt ?? clock.now();
    const over = before !== undefined && (before.told || clock.now() - begunAt > NONCE_KNOWN);
    if (!over) {
      // Written before it is sent: after a kill in between, nobody sends it once Discord has forgotten the nonce.
      await notices.set(id, { version: 1, begunAt, told: false }, { ttl: KEPT });
      const frees = `<t:${nextUtcMonth(at) / 1000}:R>`;
      const content = translate('en')(`ceiling.at${percent}`, { used, allowed, month: utcMonth(at), frees });
      const told = await sendWithRetries(content, `ceiling-${id}`);
      if (told) await notices.set(id, { version: 1, begunAt, told }, { ttl: KEPT });
    }
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
          await telling.run(id, () => tell(percent, used, ceiling, at));
        }
      } catch (error) {
        log.warn({ err: error }, 'whether the host must be told of the ceiling could not be found out');
      }
    },
  };
}
