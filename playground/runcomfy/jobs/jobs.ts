/**
 * The jobs and their queue. Nothing here has a timer: each look first brings the jobs up to the present, so thousands
 * of them cost nothing while nobody looks.
 */
import type { Input } from '../input/input.ts';

export type JobState = 'in_queue' | 'in_progress' | 'succeeded' | 'failed' | 'cancelled';

/** A job as the stand-in's service knows it. Times are milliseconds since the epoch. */
export interface StandInJob {
  readonly requestId: string;
  /** The body of the submit as it came. */
  readonly body: unknown;
  readonly input: Input;
  /** The seed its pictures are drawn from: the input's, or one of the stand-in's own. */
  readonly seed: number;
  /** How long it is generated, before `speed` shortens it. */
  readonly durationMs: number;
  state: JobState;
  readonly createdAt: number;
  startedAt: number | undefined;
  finishedAt: number | undefined;
  /** Paid for, by the number asked for; not when cancelled or failed. */
  billed: boolean;
  /** URLs of the pictures, once it has succeeded. */
  images: string[];
  /** Likewise of its videos. */
  videos: string[];
  /** `error` of a failure. */
  error: unknown;
  /** What it fails with once generated. */
  fate: { error: unknown } | undefined;
  /** Its id is unknown from now on. */
  lost: boolean;
  /** When its URLs stop working. */
  urlsExpireAt: number | undefined;
  /** Calls about it that arrived. */
  readonly polls: { status: number; result: number; cancel: number };
}

/** What a job still needs to be put into the queue. */
export type NewJob = Pick<StandInJob, 'requestId' | 'body' | 'input' | 'seed' | 'durationMs'>;

export interface Jobs {
  readonly all: readonly StandInJob[];
  /** Images of the jobs that are billed. */
  readonly billedImages: number;
  find(requestId: string): StandInJob | undefined;
  add(job: NewJob): StandInJob;
  /** Brings every job up to the present. */
  advance(): void;
  /** Jobs before this one in the queue; -1 when it is not queued. */
  position(job: StandInJob): number;
  /** Cancels a queued job; `false` when it is not queued. */
  cancel(job: StandInJob): boolean;
  /** Starts a queued job out of turn; from then on only {@link finish} and {@link fail} end it. */
  start(job: StandInJob): void;
  /** Ends a job now, by its fate; `false` when it has ended before, be it only just now and by itself. */
  finish(job: StandInJob): boolean;
  /** Likewise with this error. */
  fail(job: StandInJob, error: unknown): boolean;
  /** When the next running job ends; `undefined` when none runs by itself. */
  nextEnd(): number | undefined;
  /** Changes how jobs run from now on; what is left of running ones is stretched or shortened. */
  configure(next: { workers?: number; speed?: number; held?: boolean }): void;
}

/**
 * Builds an empty queue.
 *
 * @param now - the present, in milliseconds since the epoch
 * @param succeed - called as a job succeeds; gives the URLs of its pictures
 * @param onState - called after each change of state, with when it happened
 */
export function createJobs({
  now,
  workers,
  speed,
  held,
  succeed,
  onState,
}: {
  now: () => number;
  workers: number;
  speed: number;
  held: boolean;
  succeed: (job: StandInJob, at: number) => string[];
  onState: (job: StandInJob, at: number) => void;
}): Jobs {
  const byId = new Map<string, StandInJob>();
  const all: StandInJob[] = [];
  let queue: StandInJob[] = [];
  /** In the order they end. */
  let running: { job: StandInJob; endsAt: number }[] = [];
  let settings = { workers, speed, held };
  let billedImages = 0;
  /** Until when the jobs have been brought up. */
  let reached = now();

  function enter(job: StandInJob, state: JobState, at: number): void {
    job.state = state;
    if (state === 'in_progress') job.startedAt = at;
    else job.finishedAt = at;
    if (state === 'failed' || state === 'cancelled') {
      job.billed = false;
      billedImages -= job.input.images;
    }
    if (state === 'succeeded') job.images = succeed(job, at);
    onState(job, at);
  }

  function end(job: StandInJob, failure: { error: unknown } | undefined, at: number): void {
    if (failure) job.error = failure.error;
    enter(job, failure ? 'failed' : 'succeeded', at);
  }

  function startQueued(at: number): void {
    while (!settings.held && running.length < settings.workers) {
      const job = queue.shift();
      if (!job) return;
      const endsAt = at + job.durationMs / settings.speed;
      let place = running.length;
      while (place > 0 && (running[place - 1]?.endsAt ?? 0) > endsAt) place -= 1;
      running.splice(place, 0, { job, endsAt });
      enter(job, 'in_progress', at);
    }
  }

  function advance(): void {
    const to = Math.max(now(), reached);
    for (;;) {
      const [next] = running;
      if (!next || next.endsAt > to) break;
      running.shift();
      end(next.job, next.job.fate, next.endsAt);
      startQueued(next.endsAt);
    }
    reached = to;
  }

  /** Takes a job out of queue and workers, so that nothing happens to it by itself any more. */
  function takeOut(job: StandInJob): void {
    queue = queue.filter((other) => other !== job);
    running = running.filter((other) => other.job !== job);
  }

  function endNow(job: StandInJob, failure: { error: unknown } | undefined): boolean {
    advance();
    if (job.state === 'in_queue') enter(job, 'in_progress', reached);
    if (job.state !== 'in_progress') return false;
    takeOut(job);
    end(job, failure, reached);
    startQueued(reached);
    return true;
  }

  return {
    all,
    get billedImages() {
      return billedImages;
    },
    find: (requestId) => byId.get(requestId),
    add(job) {
      advance();
      const added: StandInJob = {
        ...job,
        state: 'in_queue',
        createdAt: reached,
        startedAt: undefined,
        finishedAt: undefined,
        billed: true,
        images: [],
        videos: [],
        error: undefined,
        fate: undefined,
        lost: false,
        urlsExpireAt: undefined,
        polls: { status: 0, result: 0, cancel: 0 },
      };
      billedImages += job.input.images;
      byId.set(added.requestId, added);
      all.push(added);
      queue.push(added);
      onState(added, reached);
      startQueued(reached);
      return added;
    },
    advance,
    position: (job) => (job.state === 'in_queue' ? queue.indexOf(job) : -1),
    cancel(job) {
      advance();
      if (job.state !== 'in_queue') return false;
      takeOut(job);
      enter(job, 'cancelled', reached);
      return true;
    },
    start(job) {
      advance();
      if (job.state !== 'in_queue') throw new Error(`Job ${job.requestId} is ${job.state}, not in_queue`);
      takeOut(job);
      enter(job, 'in_progress', reached);
    },
    finish: (job) => endNow(job, job.fate),
    fail: (job, error) => endNow(job, { error }),
    nextEnd: () => running[0]?.endsAt,
    configure(next) {
      advance();
      const stretch = settings.speed / (next.speed ?? settings.speed);
      settings = { ...settings, ...next };
      running = running.map(({ job, endsAt }) => ({ job, endsAt: reached + (endsAt - reached) * stretch }));
      startQueued(reached);
    },
  };
}
