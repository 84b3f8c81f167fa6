/** What is measured of jobs: how they end, as it happens; how many are in progress, whenever somebody asks. */
import type { Clock } from '../clock.ts';
import { countedImages, isFinal, isOver, runComfyIdOf, type Job, type JobEvent, type JobState } from '../job/job.ts';
import type { Metrics } from './metrics.ts';
import type { LookCounter } from './look-counter.ts';

/** States of a job that is not final. */
const STATES: JobState['name'][] = ['reserved', 'submitting', 'in_queue', 'in_progress', 'completed'];

/** How a job ended, in one word: its state, except where its pictures could not be brought to Discord. */
function outcomeOf({ state }: Job): string {
  return state.name === 'completed' ? 'given_up' : state.name;
}

/** Gives a function that is to be called with every event of every job in this process. */
export function measureJobs({
  metrics,
  lookCounter,
  clock,
}: {
  metrics: Metrics;
  lookCounter: LookCounter;
  clock: Pick<Clock, 'now'>;
}): (job: Job, event: JobEvent, pricePerImageUsd: number) => void {
  function since(then: number | undefined, record: (seconds: number) => void, until = clock.now()): void {
    if (then !== undefined) record(Math.max(0, until - then) / 1000);
  }

  function ended(job: Job, pricePerImageUsd: number): void {
    const outcome = outcomeOf(job);
    metrics.jobsEnded.inc({ outcome, failure: job.state.name === 'failed' ? job.state.failure : '' });
    // A job that was reopened for its pictures was counted and timed when it first ended.
    if (job.reopenedAt !== undefined) return;
    for (const { state } of job.requests) {
      metrics.requestsEnded.inc({ outcome: state.name, failure: state.name === 'failed' ? state.failure : '' });
    }
    since(job.createdAt, (seconds) => {
      metrics.lasting.observe({ outcome }, seconds);
    });
    const images = countedImages(job);
    if (images === 0) return;
    metrics.imagesSettled.inc(images);
    metrics.cost.inc(images * pricePerImageUsd);
  }

  return (job, event, pricePerImageUsd) => {
    const request = job.requests[('request' in event ? (event.request ?? 1) : 0) - 1];
    if (event.type === 'started') {
      since(request?.submittedAt, (seconds) => {
        metrics.queued.observe(seconds);
      });
    }
    if (event.type === 'succeeded') {
      since(request?.startedAt, (seconds) => {
        metrics.generating.observe(seconds);
      });
    }
    if (event.type === 'delivered' && job.reopenedAt === undefined) {
      since(job.finishedAt, (seconds) => {
        metrics.delivering.observe(seconds);
      });
    }
    if (request !== undefined && isOver(request)) {
      const looks = lookCounter.take(runComfyIdOf(request) ?? '');
      if (looks !== undefined) metrics.looks.observe(looks);
    }
    if (isFinal(job)) ended(job, pricePerImageUsd);
  };
}

/** Counts the jobs in progress by state. @throws StoreError; then the numbers are absent rather than old. */
export async function countJobs(live: AsyncIterable<Job>, { metrics }: { metrics: Metrics }): Promise<void> {
  const counts = new Map<string, number>(STATES.map((state) => [state, 0]));
  try {
    for await (const { state } of live) {
      const counted = counts.get(state.name);
      if (counted !== undefined) counts.set(state.name, counted + 1);
    }
  } catch (error) {
    metrics.jobs.reset();
    throw error;
  }
  for (const [state, count] of counts) metrics.jobs.set({ state }, count);
}
