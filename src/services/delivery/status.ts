/** What a job's reply shows while there is no gallery, from what is known of the job now. */
import type { Clock } from '../clock.ts';
import { TOKEN_MARGIN } from '../discord/reply.ts';
import { countedImages, modelOf, type Job } from '../job/job.ts';
import { replyMessage, shownModel, type KnownModels, type ReplyMessage } from '../messages/messages.ts';
import type { Models } from '../models/models.ts';
import type { Expectation, Polling } from '../polling/polling.ts';

/** The message that says where a job stands, or that it is lost with the bot's records. */
export type Status = (job: Job, as?: StatusNotes) => ReplyMessage;

/** What is known beside the record. */
interface StatusNotes {
  lost?: boolean;
  /** Whose press cancelled the job. */
  cancelledBy?: string | undefined;
  /** Whether the moment of its likely end may be told. */
  moments?: boolean;
}

/** How long before edits leave an interaction's token a private reply says so (milliseconds): looks are up to 20 s apart. */
const SAID_BEFORE = 60_000;

/**
 * Whether a private reply is about to be out of reach with its interaction's token: no other route reaches it, so its pictures
 * will come by direct message (`now` in milliseconds since the epoch).
 */
export function isLeaving({ private: isPrivate, reply }: Job, now: number): boolean {
  return isPrivate && now >= reply.tokenExpiresAt - TOKEN_MARGIN - SAID_BEFORE;
}

/** A job that takes longer is one that nobody waits for beside it (milliseconds). */
const LONG = 60_000;

/** Whether a job's end is so far away that its member may want to be told of it. */
function isLong({ createdAt }: Job, expected: Expectation['expected']): boolean {
  return typeof expected === 'object' ? expected.at - createdAt >= LONG : expected === 'late';
}

export function createStatus({
  polling,
  models,
  clock,
}: {
  polling: Pick<Polling, 'expectation' | 'isSilent'>;
  models: KnownModels & Pick<Models, 'priceOf'>;
  clock: Pick<Clock, 'now'>;
}): Status {
  return (job, { lost = false, cancelledBy, moments = true } = {}) => {
    const { expected, fraction } = polling.expectation(job);
    return replyMessage(job, {
      lost,
      cancelledBy,
      leaving: isLeaving(job, clock.now()),
      position: job.state.name === 'in_queue' ? job.state.position : undefined,
      waiting: job.state.name === 'reserved',
      silent: polling.isSilent(job),
      expected: typeof expected === 'object' && !moments ? undefined : expected,
      fraction,
      long: isLong(job, expected),
      costUsd: countedImages(job) * models.priceOf(modelOf(job)),
      model: shownModel(job, models),
    });
  };
}
