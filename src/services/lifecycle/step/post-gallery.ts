/** Posts the messages of a job's gallery, each written down as it is posted. */
import {
  nextMessageNumber,
  picturesHeld,
  type GalleryMessages,
  type Missing,
  type NextMessage,
} from '../../delivery/delivery.ts';
import {
  CHANNEL_FILE_LIMIT,
  ReplyOutOfReach,
  ReplyRefused,
  ReplyTooLarge,
  ReplyTrouble,
  type Plan,
  type Reply,
  type WayKind,
} from '../../discord/reply.ts';
import { idsOf, isCompleted, type CompletedJob, type Job } from '../../job/job.ts';
import type { Log } from '../../log.ts';
import type { Claim } from '../../storage/storage.ts';
import type { RecordEvent } from './conclude.ts';

/** The least file size that is tried where Discord finds files too large (bytes). */
const FILE_LIMIT_LEAST = 50_000;

type ReadyMessage = Extract<NextMessage, { outcome: 'ready' }>;

/**
 * Posts what can be posted now. Gives the job as it then is, and why pictures are left where some are.
 *
 * @param quiet - resolves when the reply may be edited; pictures are fetched meanwhile.
 * @throws ReplyTrouble where Discord takes nothing now.
 */
export type PostGallery = (
  job: CompletedJob,
  gallery: GalleryMessages,
  options: PostOptions,
) => Promise<{ job: CompletedJob; left?: Left }>;

interface PostOptions {
  quiet: Promise<void>;
  /** Whether it is the last try: a way in trouble is passed over for one that is open. */
  last: boolean;
  claim: Claim | undefined;
}

/** Why pictures are left: these cannot be had; Discord takes them not now, or refuses what they show. */
export type Left = { why: 'unavailable'; missing: Missing[] } | { why: 'unposted' | 'refused' };

export function createPostGallery({
  reply,
  record,
  log,
}: {
  reply: Pick<Reply, 'open' | 'plan' | 'post'>;
  record: RecordEvent;
  log: Log;
}): PostGallery {
  /** The plan for message `number` of a job. @throws ReplyTrouble where no way is open. */
  function planFor(job: CompletedJob, number: number, closed: ReadonlySet<WayKind>): Plan {
    const plan = reply.plan(job, number, closed);
    if (plan === undefined) throw new ReplyOutOfReach();
    return plan;
  }

  /** Posts a message as planned and writes down that it stands; or says that this way turned out to be closed. */
  async function post(
    job: CompletedJob,
    plan: Plan,
    { number, message, pictures, said }: ReadyMessage,
    claim: Claim | undefined,
  ): Promise<{ job: Job; closed: boolean }> {
    if (plan.kind === 'open') {
      const messageId = await reply.open(job);
      if (messageId === undefined) return { job, closed: true };
      return { job: await record(job, { type: 'posting', number, messageId }, claim), closed: false };
    }
    const creates = plan.kind === 'create' || plan.kind === 'direct';
    // Written first, so that after a kill the message is looked for before it is made again.
    const written =
      creates && job.state.posting?.number !== number
        ? await record(job, { type: 'posting', number, messageId: undefined }, claim)
        : job;
    const posted = await reply.post(job, number, plan, message);
    if (posted === undefined) return { job: written, closed: true };
    const { channelId, messageId, files } = posted;
    const stands = { number, channelId, messageId, pictures: picturesHeld(job, files, pictures), ...said };
    return { job: await record(written, { type: 'posted', message: stands }, claim), closed: false };
  }

  return async (job, gallery, { quiet, last, claim }) => {
    let current = job;
    const closed = new Set<WayKind>();
    let limitCap = Number.POSITIVE_INFINITY;
    for (;;) {
      const number = nextMessageNumber(current);
      const plan = planFor(current, number, closed);
      const limit = Math.min(plan.fileLimit, limitCap);
      const further = reply.plan(current, number + 1, new Set())?.fileLimit ?? plan.fileLimit;
      const next = await gallery.next(current, { now: limit, after: Math.min(further, limitCap) });
      if (next.outcome !== 'ready') {
        if (next.outcome === 'complete') return { job: current };
        return { job: current, left: { why: 'unavailable', missing: next.missing } };
      }
      await quiet;
      try {
        const { job: after, closed: isClosed } = await post(current, plan, next, claim);
        if (!isCompleted(after)) throw new TypeError('A job that is being delivered left its state');
        current = after;
        if (isClosed) closed.add(plan.kind);
        else if (plan.kind !== 'open') closed.clear();
      } catch (error) {
        if (error instanceof ReplyRefused) {
          log.warn({ ...idsOf(current), err: error }, 'Discord refuses a gallery');
          return { job: current, left: { why: 'refused' } };
        }
        if (last && error instanceof ReplyTrouble) {
          log.warn({ ...idsOf(current), way: plan.kind, err: error }, 'a way in trouble is passed over');
          closed.add(plan.kind);
          continue;
        }
        const lighter = Math.min(limit, 2 * CHANNEL_FILE_LIMIT) / 2;
        if (!(error instanceof ReplyTooLarge) || lighter < FILE_LIMIT_LEAST) throw error;
        limitCap = lighter;
      }
    }
  };
}
