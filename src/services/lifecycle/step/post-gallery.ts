/** Posts the messages of a job's gallery, each written down as it is posted. */
import {
  nextMessageNumber,
  picturesHeld,
  type GalleryMessages,
  type Missing,
  type NextMessage,
  type ShownOfJob,
} from '../../delivery/delivery.ts';
import {
  CHANNEL_FILE_LIMIT,
  ReplyOutOfReach,
  ReplyRefused,
  ReplyTooLarge,
  ReplyTrouble,
  type Plan,
  type Posted,
  type Reply,
  type WayKind,
} from '../../discord/reply.ts';
import { idsOf, type Job, type PostedMessage } from '../../job/job.ts';
import type { Log } from '../../log.ts';
import { LostClaimError } from '../../storage/storage.ts';
import type { Journal } from './journal.ts';

/** The least file size that is tried where Discord finds files too large (bytes). */
const FILE_LIMIT_LEAST = 50_000;

type ReadyMessage = Extract<NextMessage, { outcome: 'ready' }>;

/**
 * Posts what can be posted now. Gives why pictures are left, where some are.
 *
 * @throws ReplyTrouble where Discord takes nothing now.
 */
export type PostGallery = (
  journal: Journal,
  gallery: GalleryMessages,
  options: PostOptions,
) => Promise<Left | undefined>;

interface PostOptions {
  /** Resolves when the reply may be edited, with what it shows; pictures are fetched meanwhile. */
  quiet: Promise<Pick<ShownOfJob, 'edits'>>;
  /** Whether it is the last try: a way in trouble is passed over for one that is open. */
  last: boolean;
  /** Whether others are being made: then one message is enough. */
  making: boolean;
}

/** `last`: whether it is the last try; `edits`: of the reply, since pictures were last posted. */
interface Told {
  last: boolean;
  edits: number;
}

/** Why pictures are left: these cannot be had; Discord takes them not now, nowhere, or refuses what they show. */
export type Left = { why: 'unavailable'; missing: Missing[] } | { why: 'unposted' | 'out_of_reach' | 'refused' };

export function createPostGallery({
  reply,
  log,
}: {
  reply: Pick<Reply, 'amend' | 'find' | 'open' | 'plan' | 'post'>;
  log: Log;
}): PostGallery {
  /** The plan for message `number` of a job. @throws ReplyTrouble where no way is open: what one that was passed over met. */
  function planFor(job: Job, number: number, closed: ReadonlySet<WayKind>, met: ReplyTrouble | undefined): Plan {
    const plan = reply.plan(job, number, closed);
    if (plan === undefined) throw met ?? new ReplyOutOfReach();
    return plan;
  }

  /**
   * Writes first that a message may stand, so that after a kill it is looked for before it is made again, and before its pictures
   * are shown elsewhere. In the last try it is made even so: then it is that or no pictures.
   *
   * @throws StoreError where that cannot be written; then it must not be made
   */
  async function begin(journal: Journal, number: number, last: boolean): Promise<void> {
    if (journal.job.gallery.posting?.number === number) return;
    const event = { type: 'posting', number, messageId: undefined } as const;
    await (last ? journal.record(event) : journal.announce(event));
  }

  /** Posts a message as planned and writes down that it stands; gives whether this way is open. @throws StoreError */
  async function post(journal: Journal, plan: Plan, next: ReadyMessage, { last, edits }: Told): Promise<boolean> {
    const { number, message } = next;
    if (plan.kind !== 'edit' && plan.kind !== 'fill') await begin(journal, number, last);
    const { job } = journal;
    if (plan.kind === 'open') {
      const messageId = await reply.open(job);
      if (messageId !== undefined) await journal.record({ type: 'posting', number, messageId });
      return messageId !== undefined;
    }
    const posted = await reply.post(job, number, plan, message);
    if (posted === undefined) return false;
    await write(journal, posted, next, edits);
    return true;
  }

  /** Adds to a message that stands; one that is out of reach stays as it is, and the rest goes into another. */
  async function add(journal: Journal, stands: PostedMessage, next: ReadyMessage, { edits }: Told): Promise<void> {
    const posted = await reply.amend(journal.job, stands, next.message);
    if (posted !== undefined)
      await write(journal, { ...posted, ...(stands.lasting && { lasting: true }) }, next, edits);
    else await journal.record({ type: 'posted', message: { ...stands, files: undefined, outdated: true } });
  }

  async function write(
    journal: Journal,
    { channelId, messageId, files, attachments, lasting, found }: Posted,
    { number, making, pictures, said }: Pick<ReadyMessage, 'number' | 'making' | 'pictures' | 'said'>,
    edits: number,
  ): Promise<void> {
    const { job } = journal;
    const stands = {
      number,
      channelId,
      messageId,
      pictures: picturesHeld(job, files, pictures),
      ...said,
      ...(lasting && { lasting }),
    };
    // More may be added to it, or it may say less than there is to say by now: it is shown once more at the end.
    const isOpen = making || found === true;
    const open = isOpen && attachments !== undefined ? { files: attachments } : {};
    await journal.record({ type: 'posted', message: { ...stands, ...open }, edits });
  }

  /** Makes sure that the job is this process's. A store that is away cannot say so: then a job of one request goes on. */
  async function confirm(journal: Journal): Promise<void> {
    try {
      await journal.confirm();
    } catch (error) {
      if (error instanceof LostClaimError || journal.job.requests.length > 1) throw error;
    }
  }

  return async (journal, gallery, { quiet, last, making }) => {
    const closed = new Set<WayKind>();
    let met: ReplyTrouble | undefined;
    let limitCap = Number.POSITIVE_INFINITY;
    for (;;) {
      const { job: current } = journal;
      const number = nextMessageNumber(current);
      const plan = planFor(current, number, closed, met);
      const limit = Math.min(plan.fileLimit, limitCap);
      const further = reply.plan(current, number + 1, new Set())?.fileLimit ?? plan.fileLimit;
      const next = await gallery.next(current, { now: limit, after: Math.min(further, limitCap) });
      if (next.outcome !== 'ready') {
        const found = current.gallery.posting?.number === number ? await reply.find(current) : undefined;
        if (found !== undefined) {
          // Its pictures cannot be had again, and stand there.
          await write(journal, found, { number, making, pictures: [], said: {} }, 0);
          continue;
        }
        return next.outcome === 'complete' ? undefined : { why: 'unavailable', missing: next.missing };
      }
      const told = { last, edits: (await quiet).edits };
      try {
        // A process that stood still would take out what another one has added meanwhile.
        if (journal.claim !== undefined) await confirm(journal);
        if (next.stands !== undefined) await add(journal, next.stands, next, told);
        else if (!(await post(journal, plan, next, told))) closed.add(plan.kind);
        else if (plan.kind !== 'open') {
          closed.clear();
          met = undefined;
        }
        if (making && journal.job.gallery.posted !== current.gallery.posted) return undefined;
      } catch (error) {
        if (error instanceof ReplyRefused) {
          log.warn({ ...idsOf(current), err: error }, 'Discord refuses a gallery');
          return { why: 'refused' };
        }
        // What stands can be added to there alone.
        if (last && error instanceof ReplyTrouble && next.stands === undefined) {
          log.warn({ ...idsOf(current), way: plan.kind, err: error }, 'a way in trouble is passed over');
          closed.add(plan.kind);
          met = error;
          // It may have been taken, now or before: a follow-up is made without a look for that, a new message is not.
          if (error.mayBeTaken || current.gallery.posting?.number === number) closed.add('open');
          continue;
        }
        const lighter = Math.min(limit, 2 * CHANNEL_FILE_LIMIT) / 2;
        if (!(error instanceof ReplyTooLarge) || lighter < FILE_LIMIT_LEAST) throw error;
        limitCap = lighter;
      }
    }
  };
}
