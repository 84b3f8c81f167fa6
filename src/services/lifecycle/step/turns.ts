/**
 * Whose request is sent next, where RunComfy takes fewer than wait for it. A try that is due is made by the job that comes
 * first: of the guild with the fewest requests under way, then of the member, then of the job; among equals of the one that
 * has gone longest without a place. So each try is made as it would be anyway, and whoever has the most leaves it to others.
 *
 * Each process goes by the jobs whose steps it runs. Whoever has the fewest under way waits for nobody, whatever it knows; of others
 * that wait elsewhere each has its chance with every try of its own.
 */
import type { Clock } from '../../clock.ts';
import { isUnderWay, type Job } from '../../job/job.ts';
import type { Log } from '../../log.ts';
import type { Scheduler } from '../../storage/storage.ts';

/** Requests of a job, and of a guild, that are under way at once: so the queue is never full of one member's or guild's. */
const MOST_OF_A_JOB = 8;
const MOST_OF_A_GUILD = 24;

/** A job that was not seen for so long is stepped by another process (milliseconds). */
const KNOWN_FOR = 120_000;

/** A job that was called tries within so long (milliseconds): until then nobody who comes after it does. */
const ANSWERED_WITHIN = 1000;

/** A job whose next try is late by so much tries elsewhere, or no more (milliseconds). */
const LATE = 5000;

/** What a guild, a member or a job has. */
interface Share {
  underWay: number;
  /** Its jobs that are known. */
  jobs: number;
  /** When it last got or gave back a place, or came (milliseconds, monotonic). */
  since: number;
}

interface Entry {
  readonly jobId: string;
  readonly keys: readonly [guild: string, member: string, job: string];
  readonly shares: readonly [guild: Share, member: Share, job: Share];
  seenAt: number;
  /** When it was called to try at once, as it came first (milliseconds, monotonic). */
  calledAt: number | undefined;
  /** While it waits: from when it may be called, and when it tries by itself (milliseconds, monotonic). */
  waits: { from: number; until: number } | undefined;
}

export interface Turns {
  /** Takes note of what a job has under way. */
  note(job: Job): void;
  /** Whether a job is to send no further request now. One that has none under way is never full. */
  isFull(job: Job): boolean;
  /** Whether a job was called to try at once, though its wait is not over. */
  isCalled(job: Job): boolean;
  /** Whether a job may send a request now. Where another one comes first, that one is called in its place. */
  isNext(job: Job): boolean;
  /** A job waits so long (milliseconds) for its next try; others may not call it before `retryAfter` (milliseconds). */
  waits(job: Job, wait: { delay: number; retryAfter: number | undefined }): void;
  /** A place may be free, by what became of this job: whoever comes first of those that wait is called. */
  freed(job: Job): void;
  forget(jobId: string): void;
}

/** @param shared - whether other processes send requests, too: there a job leaves a place that it frees to those it may not know of. */
export function createTurns({
  shared,
  scheduler,
  clock,
  log,
}: {
  shared: boolean;
  scheduler: Pick<Scheduler, 'schedule'>;
  clock: Pick<Clock, 'monotonic'>;
  log: Pick<Log, 'debug'>;
}): Turns {
  /** By their ids, the one that was not seen for longest first. */
  const entries = new Map<string, Entry>();
  const shares = new Map<string, Share>();
  const waiting = new Set<Entry>();

  function shareOf(key: string): Share {
    const share = shares.get(key) ?? { underWay: 0, jobs: 0, since: clock.monotonic() };
    shares.set(key, share);
    return share;
  }

  function enter({ id: jobId, guildId, userId }: Job): Entry {
    const keys = [guildId, `${guildId} ${userId}`, `job ${jobId}`] as const;
    const [guild, member, own] = keys;
    const entry: Entry = {
      jobId,
      keys,
      shares: [shareOf(guild), shareOf(member), shareOf(own)],
      seenAt: 0,
      calledAt: undefined,
      waits: undefined,
    };
    for (const share of entry.shares) share.jobs += 1;
    return entry;
  }

  function leave(entry: Entry): void {
    const [, , { underWay }] = entry.shares;
    entry.shares.forEach((share, index) => {
      share.underWay -= underWay;
      share.jobs -= 1;
      const key = entry.keys[index];
      if (share.jobs === 0 && key !== undefined) shares.delete(key);
    });
    waiting.delete(entry);
    entries.delete(entry.jobId);
  }

  /** What is known of a job, brought up to the present. */
  function see(job: Job): Entry {
    const now = clock.monotonic();
    const entry = entries.get(job.id) ?? enter(job);
    const more = job.requests.filter(isUnderWay).length - entry.shares[2].underWay;
    for (const share of entry.shares) {
      share.underWay += more;
      if (more !== 0) share.since = now;
    }
    if (!job.requests.some(({ state }) => state.name === 'reserved')) waiting.delete(entry);
    entry.seenAt = now;
    entries.delete(job.id);
    entries.set(job.id, entry);
    for (const old of entries.values()) {
      if (now - old.seenAt < KNOWN_FOR) break;
      leave(old);
    }
    return entry;
  }

  /** The first of those that wait and may try, called or not. */
  function firstWaiting(): Entry | undefined {
    const now = clock.monotonic();
    let first: Entry | undefined;
    for (const entry of waiting) {
      const { waits } = entry;
      if (waits === undefined || now < waits.from || now > waits.until + LATE) continue;
      if (first === undefined || comesBefore(entry, first)) first = entry;
    }
    return first;
  }

  const isBeingCalled = ({ calledAt }: Entry) =>
    calledAt !== undefined && clock.monotonic() - calledAt < ANSWERED_WITHIN;

  function call(entry: Entry): void {
    if (isBeingCalled(entry)) return;
    entry.calledAt = clock.monotonic();
    scheduler.schedule(entry.jobId, 0).catch((error: unknown) => {
      log.debug({ job: entry.jobId, err: error }, 'a job whose turn it is could not be called');
    });
  }

  return {
    note: (job) => void see(job),

    isFull(job) {
      const [guild, , own] = see(job).shares;
      return own.underWay >= MOST_OF_A_JOB || (own.underWay > 0 && guild.underWay >= MOST_OF_A_GUILD);
    },

    isCalled: ({ id }) => entries.get(id)?.calledAt !== undefined,

    isNext(job) {
      const entry = see(job);
      waiting.delete(entry);
      entry.calledAt = undefined;
      const first = firstWaiting();
      if (first === undefined || comesBefore(entry, first)) return true;
      call(first);
      return false;
    },

    waits(job, { delay, retryAfter = 0 }) {
      const entry = see(job);
      const now = clock.monotonic();
      entry.waits = { from: now + Math.min(delay, retryAfter), until: now + delay };
      waiting.add(entry);
    },

    freed({ id }) {
      const first = firstWaiting();
      if (first !== undefined && !(shared && first.jobId === id)) call(first);
    },

    forget(jobId) {
      const entry = entries.get(jobId);
      if (entry !== undefined) leave(entry);
    },
  };
}

/** Whether a job's turn comes before another's. */
function comesBefore(one: Entry, other: Entry): boolean {
  for (const [index, share] of one.shares.entries()) {
    const against = other.shares[index];
    if (against === undefined || share === against) continue;
    if (share.underWay !== against.underWay) return share.underWay < against.underWay;
    if (share.since !== against.since) return share.since < against.since;
  }
  return true;
}
