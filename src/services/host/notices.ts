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
 * The waits between the tries to reach the host (milliseconds). Together they are shorter than Discord surely knows a nonce
 * ("a few minutes"): for so long what was taken without an answer arrives once, whoever sends it again.
 */
const RETRY_AFTER = [2000, 10_000, 30_000];

/** How long one try may take (milliseconds). */
const ANSWER_WITHIN = 15_000;

/**
 * Until it is begun anew after every try failed: a wait that doubles, up to the longest (milliseconds). What people are told by
 * then says that the host knows.
 */
const AGAIN = { first: 60_000, longest: 16 * 60 * 60_000 };

const DAY = 24 * 60 * 60_000;

/** A notice that nobody could bring for so long is not begun again at a start (milliseconds): it may be true no more. */
const FRESH = DAY;

const noticeSchema = z.object({
  version: z.literal(1),
  begunAt: z.number(),
  told: z.boolean(),
  /** What is to be told, by whoever comes after this process. */
  content: z.string().optional(),
  /** From when on it is not so any more (milliseconds since the epoch). */
  until: z.number().optional(),
});

/** What a notice is of: its namespace in the store, the beginning of its nonces, and how long it is remembered (milliseconds). */
interface NoticeKind {
  namespace: string;
  nonce: string;
  kept: number;
}

export const NOTICES = {
  /** Past the end of its day. */
  account: { namespace: 'account-notices', nonce: 'account', kept: 2 * DAY },
  /** Then it may be told again, if it still holds. */
  assets: { namespace: 'asset-host-notices', nonce: 'assets', kept: 7 * DAY },
  /** Likewise. */
  model: { namespace: 'model-notices', nonce: 'model', kept: 30 * DAY },
  /** Past the end of its month. */
  ceiling: { namespace: 'ceiling-notices', nonce: 'ceiling', kept: 62 * DAY },
  /** Longer than any balance stays low. */
  balance: { namespace: 'balance-notices', nonce: 'balance', kept: 400 * DAY },
} as const satisfies Record<string, NoticeKind>;

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
   * Tells the host this, unless a notice of this id was told within the time that notices are remembered. Resolves when it was,
   * or every try failed; then it is begun again later. Never throws.
   *
   * @param until - milliseconds since the epoch: from then on it is not so any more, and is not told.
   */
  tell(id: string, content: string, until?: number): Promise<void>;
  /** Tells what a process that has ended had begun to tell. @throws StoreError */
  resume(): Promise<void>;
}

/** @param retryAfter - the waits between the tries to reach the host, in milliseconds. */
export function createNotices({
  kind,
  store,
  rest,
  host,
  clock,
  log,
  retryAfter = RETRY_AFTER,
}: NoticeParts & {
  kind: NoticeKind;
  retryAfter?: readonly number[];
}): Notices {
  const notices = store.collection(kind.namespace, noticeSchema);
  const telling = new SingleFlight<string, boolean>();
  /** Notices that are begun anew later: however often they are asked for meanwhile, once. */
  const later = new Set<string>();

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
    log.error({ nonce, content }, 'the host was not told: every try failed; it is tried again later');
    return false;
  }

  /** Gives whether the host knows it, now or from before, or need not know it any more. @throws StoreError */
  async function tryToTell(id: string, content: string, until: number | undefined): Promise<boolean> {
    if (clock.now() >= (until ?? Infinity)) return true;
    const before = await notices.get(id);
    if (before?.told === true) return true;
    const notice = { version: 1, begunAt: before?.begunAt ?? clock.now(), content, until } as const;
    // Written before it is sent: after a kill in between, the next process sends it.
    await notices.set(id, { ...notice, told: false }, { ttl: kind.kept });
    const told = await sendWithRetries(content, `${kind.nonce}-${id}`);
    if (told) await notices.set(id, { version: 1, begunAt: notice.begunAt, told }, { ttl: kind.kept });
    return told;
  }

  async function tell(id: string, content: string, until?: number, again = AGAIN.first): Promise<void> {
    const isKnown = await telling
      .run(id, () => tryToTell(id, content, until))
      .catch((error: unknown) => {
        log.warn({ err: error, id }, 'whether the host was told of it could not be found out');
        return false;
      });
    if (isKnown || again > AGAIN.longest || later.has(id)) return;
    later.add(id);
    clock.setTimeout(() => {
      later.delete(id);
      void tell(id, content, until, 2 * again);
    }, again);
  }

  return {
    tell: (id, content, until) => tell(id, content, until),
    async resume() {
      for await (const [id, { begunAt, told, content, until }] of notices.entries()) {
        if (!told && content !== undefined && clock.now() - begunAt < FRESH) void tell(id, content, until);
      }
    },
  };
}

/** Tells the host what a process that has ended had begun to tell, of whatever kind. @throws StoreError */
export async function resumeNotices(parts: NoticeParts): Promise<void> {
  for (const kind of Object.values(NOTICES)) await createNotices({ ...parts, kind }).resume();
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
    void notices.tell(id, sentence());
  };
}
