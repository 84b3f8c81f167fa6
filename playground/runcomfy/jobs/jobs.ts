/**
 * The jobs and their queue. Nothing here has a timer: each access first brings the jobs up to the present, so thousands
 * of them cost nothing meanwhile.
 */
import type { Jobs, JobState, StandInJob } from './job.ts';

export { drawDuration, DURATIONS, type Durations } from './durations.ts';
export { createJobControls, type JobControls } from './job-controls.ts';
export { createJobTimer } from './timer.ts';
export type { Jobs, JobState, StandInJob } from './job.ts';

/**
 * Builds an empty queue.
 *
 * @param now - the present, in milliseconds since the epoch
 * @param succeed - called as a job succeeds; returns the URLs of its pictures
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
        plannedFailure: undefined,
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
    finish: (job) => endNow(job, job.plannedFailure),
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
