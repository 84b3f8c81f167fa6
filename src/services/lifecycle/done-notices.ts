/** Tells members who wished it, by a direct message that notifies nobody, that a job of theirs is done. A courtesy: it is tried once. */
import type { REST } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { withDeadline } from '../deadline.ts';
import { faultOf } from '../discord/reply.ts';
import { idsOf, isFinal, type Job } from '../job/job.ts';
import type { Log } from '../log.ts';
import type { Store } from '../storage/storage.ts';

/** How long a wish is kept (milliseconds): past any deadline worth setting. */
const KEPT = 2 * 24 * 60 * 60_000;

/** How long Discord may take (milliseconds). */
const ANSWER_WITHIN = 15_000;

/** Source: Discord, message resource, "Message Flags": the message pushes no notification. */
const SUPPRESS_NOTIFICATIONS = 1 << 12;

const channelSchema = z.object({ id: z.string() });
const wishSchema = z.object({ version: z.literal(1) });

export interface DoneNotices {
  /** Takes note that the job's member wishes to be told. @throws StoreError */
  wish(jobId: string): Promise<void>;
  /** Tells the member of a job that is over, where they wished it. Never throws; nobody waits for it. */
  ended(job: Job): void;
}

/** @param sentence - what a member is told of a job. */
export function createDoneNotices({
  store,
  rest,
  sentence,
  clock,
  log,
}: {
  store: Pick<Store, 'collection'>;
  /** For calls by the bot's token. */
  rest: Pick<REST, 'post'>;
  /** `quoted`: with the prompt in it. */
  sentence: (job: Job, options: { quoted: boolean }) => string;
  clock: Pick<Clock, 'setTimeout'>;
  log: Pick<Log, 'warn'>;
}): DoneNotices {
  const wishes = store.collection('done-wishes', wishSchema);

  async function send(job: Job, signal: AbortSignal): Promise<void> {
    const channel = await rest.post('/users/@me/channels', { body: { recipient_id: job.userId }, signal });
    const { id } = channelSchema.parse(channel);
    const post = (quoted: boolean) => {
      const body = {
        content: sentence(job, { quoted }),
        flags: SUPPRESS_NOTIFICATIONS,
        allowed_mentions: { parse: [] },
        // Sent again, it stays one message.
        nonce: `${job.id}-done`,
        enforce_nonce: true,
      };
      return rest.post(`/channels/${id}/messages`, { body, signal });
    };
    try {
      await post(true);
    } catch (error) {
      // The words of a prompt are all in it that Discord could refuse.
      if (faultOf(error) !== 'refused') throw error;
      await post(false);
    }
  }

  async function tell(job: Job): Promise<void> {
    if ((await wishes.get(job.id)) === undefined) return;
    await wishes.delete(job.id);
    await withDeadline(clock, ANSWER_WITHIN, (signal) => send(job, signal));
  }

  return {
    wish: (jobId) => wishes.set(jobId, { version: 1 }, { ttl: KEPT }),
    ended(job) {
      // Whoever cancelled it knows, and what comes by direct message tells of itself.
      if (!isFinal(job) || job.state.name === 'cancelled') return;
      tell(job).catch((error: unknown) => {
        log.warn({ ...idsOf(job), err: error }, 'a member who wished it could not be told that their job is done');
      });
    },
  };
}
