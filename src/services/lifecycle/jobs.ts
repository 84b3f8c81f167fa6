/** The use cases: start a job, cancel it, remove its gallery, deliver it again, resume all. Knows nothing of slash commands. */
import type { Clock } from '../clock.ts';
import type { Reply } from '../discord/reply.ts';
import {
  advance,
  isAtRunComfy,
  hasJustCome,
  isDeliverable,
  isFinal,
  isForgettable,
  isFree,
  openRequests,
  type Job,
} from '../job/job.ts';
import type { Cancellation, JobRecords } from '../job/records.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import { SingleFlight } from '../single-flight.ts';
import type { Scheduler } from '../storage/storage.ts';
export type { RemoveOutcome } from './remove.ts';
import type { AskCancel, Asked } from './ask-cancel.ts';
import { createRemove, type PressedMessage, type RemoveOutcome } from './remove.ts';
import { createStart, type Start } from './start.ts';

/**
 * How long bringing pictures to a new reply is tried (milliseconds): long enough for a hiccup, and short enough to say
 * that they cannot be had any more while somebody waits for them.
 */
const REDELIVERY = 2 * 60_000;

/** When a delivery begins at the latest that is asked for again, should only its record be written (milliseconds). */
const REOPENED_WITHIN = 10_000;

/** Who acts on a job. */
export interface Actor {
  userId: string;
  /** Where they act; `null` in direct messages. */
  guildId: string | null;
  /** Whether they may manage messages there. */
  moderator: boolean;
}

export type CancelOutcome =
  /** Of several requests, so many images are cancelled or will be; the others are being made, or made. */
  | { cancelled: number; kept: number }
  /** RunComfy has cancelled it. */
  | 'cancelled'
  /** It had not been sent yet, or is being sent: it is cancelled by its next step if it still can be. */
  | 'asked'
  /** RunComfy had begun. */
  | 'late'
  /** It was over already. */
  | 'over'
  /** RunComfy did not answer; the next step tries again. */
  | 'trouble'
  /** It is for its requester and for moderators. */
  | 'not_yours'
  /** Nobody in this guild knows the job. */
  | 'gone';

export type RedeliverOutcome =
  /** Its pictures are on their way to the new reply. */
  | 'started'
  /** They are on their way already, or the job is not finished. */
  | 'running'
  /** They came less than a minute ago, and are still there. */
  | 'just_now'
  /** There is nothing to bring: it was delivered, or ended without pictures. */
  | 'over'
  /** Nobody knows the job, or it is not this member's. */
  | 'gone';

export interface Jobs extends Start {
  /** Asks RunComfy to cancel a job. @throws StoreError */
  cancel(jobId: string, actor: Actor): Promise<CancelOutcome>;
  /**
   * Deletes a finished job's gallery; nothing is released, as it was paid for. What a private job's member sees stays: no
   * route of the bot's own reaches it.
   *
   * @param pressed - the message whose button was pressed, and whose job it is by what that message says.
   * @throws StoreError
   */
  remove(jobId: string, actor: Actor, pressed: PressedMessage): Promise<RemoveOutcome>;
  /**
   * Brings the pictures of a job that was paid, made and given up to a new reply, which its requester alone sees. Asked
   * twice at once, the first one's reply gets them.
   *
   * @throws StoreError
   */
  redeliver(jobId: string, actor: Actor, reply: Job['reply']): Promise<RedeliverOutcome>;
  /** Schedules every job that is not done with; gives their ids. @throws StoreError */
  resume(): Promise<string[]>;
}

/**
 * Whether a job is of the guild where they act: no other's job is their business, not even whether it exists. In direct
 * messages, where a gallery may have had to go, there are the member's own jobs alone.
 */
function isOfGuild(job: Job, { guildId, userId }: Actor): boolean {
  return guildId === null ? job.userId === userId : job.guildId === guildId;
}

/** Whether they may end or remove what a member asked for. */
function mayManage(requester: string | undefined, { userId, moderator }: Actor): boolean {
  return moderator || requester === userId;
}

const NOTHING_ASKED: Asked = { cancelled: [], late: [], trouble: [] };

/** What a press of Cancel has come to. */
function outcomeOf({ requests, count }: Job, { cancelled, late, trouble }: Asked): CancelOutcome {
  const waiting = requests.filter(({ state }) => state.name === 'reserved');
  if (requests.length === 1) {
    if (waiting.length > 0 || requests[0]?.state.name === 'submitting') return 'asked';
    return cancelled.length > 0 ? 'cancelled' : late.length > 0 ? 'late' : 'trouble';
  }
  const taken = [...waiting.map(({ number }) => number), ...cancelled];
  if (trouble.length > 0) return 'trouble';
  // One that is being submitted is asked for as soon as its id is there.
  if (taken.length === 0) return requests.some(({ state }) => state.name === 'submitting') ? 'asked' : 'late';
  const images = requests.filter(({ number }) => taken.includes(number)).reduce((sum, each) => sum + each.images, 0);
  const gone = requests.filter(isFree).reduce((sum, each) => sum + each.images, 0);
  return images + gone === count ? 'cancelled' : { cancelled: images, kept: count - images - gone };
}

export function createJobs({
  records,
  ledger,
  askCancel,
  reply,
  scheduler,
  clock,
  log,
}: {
  records: JobRecords;
  ledger: Ledger;
  askCancel: AskCancel;
  reply: Pick<Reply, 'remove'>;
  scheduler: Pick<Scheduler, 'schedule' | 'resume' | 'hold' | 'letGo'>;
  clock: Pick<Clock, 'now' | 'sleep' | 'monotonic'>;
  log: Log;
}): Jobs {
  const cancelling = new SingleFlight<string, CancelOutcome>();
  const reopening = new Set<string>();
  const remove = createRemove({ records, reply, log });

  async function cancel(job: Job, { userId }: Actor): Promise<CancelOutcome> {
    const open = openRequests(job);
    if (open.length === 0) return job.state.name === 'cancelled' ? 'cancelled' : 'over';
    const begun = open.filter(({ state }) => state.name === 'in_progress');
    if (begun.length === open.length) return 'late';
    const cancellation: Cancellation = { version: 1, at: clock.now(), userId };
    await records.cancellations.set(job.id, cancellation);
    // What still waits once that is written is not sent any more; what is being submitted by then may be.
    const waits = job.requests.some(({ state: { name } }) => name === 'reserved');
    const now = (waits ? await records.find(job.id) : undefined) ?? job;
    const asked = isAtRunComfy(now) ? await askCancel.ask(now, cancellation) : NOTHING_ASKED;
    await scheduler.schedule(job.id, 0);
    // A step that ended it meanwhile has deleted the wish, perhaps before it was written last.
    await records.dropCancellation(job.id).catch((error: unknown) => {
      log.warn({ job: job.id, err: error }, 'a wish to cancel a job that may be over stays');
    });
    return outcomeOf(now, asked);
  }

  async function reopen(job: Job, newReply: Job['reply']): Promise<RedeliverOutcome> {
    if (!isFinal(job) || (await records.isLive(job.id))) return 'running';
    const at = clock.now();
    if (!isDeliverable(job) && !isForgettable(job)) return 'over';
    if (!isDeliverable(job) && hasJustCome(job, at)) return 'just_now';
    // Before it is written: a store that failed in between would leave it to nobody.
    await scheduler.schedule(job.id, REOPENED_WITHIN);
    await records.write(advance(job, { type: 'reopened', reply: newReply, deadline: at + REDELIVERY }, at));
    log.info({ job: job.id, guild: job.guildId }, 'a delivery was asked for again');
    await scheduler.schedule(job.id, 0).catch((error: unknown) => {
      log.warn({ job: job.id, err: error }, 'a delivery begins late, as it could not be scheduled at once');
    });
    return 'started';
  }

  return {
    ...createStart({ records, ledger, scheduler, clock, log }),

    async cancel(jobId, actor) {
      const job = await records.find(jobId);
      if (job === undefined || !isOfGuild(job, actor)) return 'gone';
      if (!mayManage(job.userId, actor)) return 'not_yours';
      return cancelling.run(jobId, () => cancel(job, actor));
    },

    async remove(jobId, actor, pressed) {
      const job = await records.find(jobId);
      if (job !== undefined && !isOfGuild(job, actor)) return { outcome: 'gone' };
      if (!mayManage(job?.userId ?? pressed.requester, actor)) return { outcome: 'not_yours' };
      return job === undefined ? { outcome: 'removed_but_forgotten' } : remove(job, pressed);
    },

    async redeliver(jobId, actor, newReply) {
      const job = await records.find(jobId);
      if (job === undefined || !isOfGuild(job, actor) || job.userId !== actor.userId) return 'gone';
      if (reopening.has(jobId)) return 'running';
      reopening.add(jobId);
      try {
        return await reopen(job, newReply);
      } finally {
        reopening.delete(jobId);
      }
    },

    async resume() {
      const resumed: string[] = [];
      for await (const job of records.live()) {
        await scheduler.resume(job.id);
        resumed.push(job.id);
      }
      return resumed;
    },
  };
}
