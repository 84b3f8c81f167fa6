/**
 * The jobs and their queue. Nothing here has a timer: each access first brings the jobs up to the present, so thousands
 * of them cost nothing meanwhile.
 */
import type { Jobs, JobState, StandInJob } from './job.ts';

export { anyJob } from './any-job.ts';
export { drawDuration, DURATIONS, medianDuration, type Durations } from './durations.ts';
export { createJobControls, type JobControls } from './job-controls.ts';
export { createJobTimer } from './timer.ts';
export type { Jobs, JobState, StandInJob } from './job.ts';

/**
 * Builds an empty queue.
 *
 * @param now - the present, in milliseconds since the epoch
 * @param prepare - called as a job starts; says whether it must wait for {@link Jobs.ready}
 * @param succeed - called as a job succeeds; returns the URLs of its pictures
 * @param onState - called after each change of state, with when it happened
 */
export function createJobs({
  now,
  workers,
  speed,
  held,
  prepare,
  succeed,
  onState,
}: {
  now: () => number;
  workers: number;
  speed: number;
  held: boolean;
  prepare: (job: StandInJob) => boolean;
  succeed: (job: StandInJob, at: number) => string[];
  onState: (job: StandInJob, at: number) => void;
}): Jobs {
  const byId = new Map<string, StandInJob>();
  const all: StandInJob[] = [];
  let queue: StandInJob[] = [];
  /** In the order they end. */
  let running: { job: StandInJob; endsAt: number }[] = [];
  /** Those that are not ready to run, and whether they are to end when they are. */
  const preparing = new Map<StandInJob, { timed: boolean; endAtOnce: boolean }>();
  let settings = { workers, speed, held };
  let billedImages = 0;
  let billedMicroUsd = 0;
  /** Until when the jobs have been brought up. */
  let reached = now();

  function enter(job: StandInJob, state: JobState, at: number): void {
    job.state = state;
    if (state === 'in_progress') job.startedAt = at;
    else job.finishedAt = at;
    if (state === 'failed' || state === 'cancelled') {
      job.billed = false;
      billedImages -= job.input.images;
      billedMicroUsd -= job.priceMicroUsd;
    }
    if (state === 'succeeded') job.images = succeed(job, at);
    onState(job, at);
  }

  function end(job: StandInJob, failure: { error: unknown } | undefined, at: number): void {
    if (failure) job.error = failure.error;
    enter(job, failure ? 'failed' : 'succeeded', at);
  }

  /** Has a job that started at `at` end by its time. */
  function run(job: StandInJob, at: number): void {
    const endsAt = Math.max(reached, at + job.durationMs / settings.speed);
    let place = running.length;
    while (place > 0 && (running[place - 1]?.endsAt ?? 0) > endsAt) place -= 1;
    running.splice(place, 0, { job, endsAt });
  }

  /** Starts a job: it ends by its time where it is `timed`. */
  function begin(job: StandInJob, at: number, { timed }: { timed: boolean }): void {
    if (prepare(job)) preparing.set(job, { timed, endAtOnce: false });
    else if (timed) run(job, at);
    enter(job, 'in_progress', at);
  }

  function startQueued(at: number): void {
    const busy = () => running.length + [...preparing.values()].filter(({ timed }) => timed).length;
    while (!settings.held && busy() < settings.workers) {
      const job = queue.shift();
      if (!job) return;
      begin(job, at, { timed: true });
    }
  }

  function advance(): void {
    const to = Math.max(now(), reached);
    for (;;) {
      const [next] = running;
      if (!next || next.endsAt > to) break;
      running.shift();
      end(next.job, next.job.plannedFailure, next.endsAt);
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
    if (job.state === 'in_queue') {
      takeOut(job);
      begin(job, reached, { timed: false });
    }
    if (job.state !== 'in_progress') return false;
    const waiting = preparing.get(job);
    if (waiting && failure === undefined) {
      waiting.endAtOnce = true;
      return true;
    }
    preparing.delete(job);
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
    get billedMicroUsd() {
      return billedMicroUsd;
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
        plannedFailure: undefined,
        lost: false,
        urlsExpireAt: undefined,
        polls: { status: 0, result: 0, cancel: 0 },
      };
      billedImages += job.input.images;
      billedMicroUsd += job.priceMicroUsd;
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
      begin(job, reached, { timed: false });
    },
    finish: (job) => endNow(job, job.plannedFailure),
    fail: (job, error) => endNow(job, { error }),
    ready(job, failure) {
      const waiting = preparing.get(job);
      if (!waiting) return;
      advance();
      preparing.delete(job);
      if (failure || waiting.endAtOnce) {
        end(job, failure ?? job.plannedFailure, reached);
        startQueued(reached);
      } else if (waiting.timed) run(job, job.startedAt ?? reached);
    },
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
