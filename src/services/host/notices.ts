/** Tells whoever hosts the bot something by direct message, once. */
import { createHash } from 'node:crypto';
import type { REST } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { withDeadline } from '../deadline.ts';
import type { Log } from '../log.ts';
import { SingleFlight } from '../single-flight.ts';
import type { Store } from '../storage/storage.ts';
import type { Host } from './host.ts';

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

/** What every notice is made from. */
export interface NoticeParts {
  store: Store;
  /** For calls by the bot's token. */
  rest: Pick<REST, 'post'>;
  host: Pick<Host, 'users'>;
  clock: Pick<Clock, 'now' | 'setTimeout' | 'sleep'>;
  log: Log;
}

interface Notices {
  /**
   * Tells the host this, unless a notice of this id was told within the time that notices are remembered.
   *
   * @throws StoreError
   */
  tell(id: string, content: string): Promise<void>;
}

/**
 * @param name - what the notices are of: their namespace in the store, and the beginning of their nonces.
 * @param kept - how long a notice is remembered, in milliseconds.
 * @param retryAfter - the waits between the tries to reach the host, in milliseconds.
 */
export function createNotices({
  name,
  kept,
  store,
  rest,
  host,
  clock,
  log,
  retryAfter = RETRY_AFTER,
}: NoticeParts & {
  name: { namespace: string; nonce: string };
  kept: number;
  retryAfter?: readonly number[];
}): Notices {
  const notices = store.collection(name.namespace, noticeSchema);
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
        log.warn({ err: error, nonce }, 'the host could not be told yet');
      }
    }
    log.error({ nonce, content }, 'the host was not told: every try failed');
    return false;
  }

  async function tell(id: string, content: string): Promise<void> {
    const before = await notices.get(id);
    const begunAt = before?.begunAt ?? clock.now();
    if (before !== undefined && (before.told || clock.now() - begunAt > NONCE_KNOWN)) return;
    // Written before it is sent: after a kill in between, nobody sends it once Discord has forgotten the nonce.
    await notices.set(id, { version: 1, begunAt, told: false }, { ttl: kept });
    const told = await sendWithRetries(content, `${name.nonce}-${id}`);
    if (told) await notices.set(id, { version: 1, begunAt, told }, { ttl: kept });
  }

  return { tell: (id, content) => telling.run(id, () => tell(id, content)) };
}

/**
 * Notices of subjects that are no ids, such as addresses: the host is told of each once.
 *
 * @returns what tells of a subject, by a sentence that is made only the first time this process hears of it. Never throws.
 */
export function createSubjectNotices(
  options: Parameters<typeof createNotices>[0],
): (subject: string, sentence: () => string) => void {
  const notices = createNotices(options);
  const heard = new Set<string>();
  return (subject, sentence) => {
    if (heard.has(subject)) return;
    heard.add(subject);
    // A nonce has at most 25 characters.
    const id = createHash('sha256').update(subject).digest('base64url').slice(0, 16);
    notices.tell(id, sentence()).catch((error: unknown) => {
      // Where the store did not say it, the next time asks again.
      heard.delete(subject);
      options.log.warn({ err: error, subject }, 'whether the host was told of it could not be found out');
    });
  };
}
