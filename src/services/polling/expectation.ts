/** When a job is likely finished, and how far it is. Pure. */
import type { Job } from '../job/job.ts';
import type { DurationEstimate } from './estimate.ts';
import { generationBegan } from './observation.ts';

/** Steps of the progress bar: each is an edit of the reply. */
const BAR_STEPS = 4;

/** What people are told of a job's likely end. */
export interface Expectation {
  /**
   * When it is likely finished (milliseconds since the epoch), as estimated when it entered its state; `undefined` also once
   * that has passed: then nobody knows.
   */
  expectedAt: number | undefined;
  /** How much of the generation is likely done, from 0 to 1, in steps. */
  fraction: number | undefined;
}

/** Of a job that is not at RunComfy, nothing can be expected. */
export const NO_EXPECTATION: Expectation = { expectedAt: undefined, fraction: undefined };

type Times = Pick<Job, 'startedAt'> & { submittedAt: number };

/** When a job is likely finished (milliseconds since the epoch). */
export function expectedEnd({ submittedAt, startedAt }: Times, estimate: DurationEstimate): number {
  if (startedAt === undefined) return submittedAt + estimate.expectedMs;
  return generationBegan(submittedAt, startedAt) + estimate.generationMs;
}

/**
 * How much of the generation is likely done, from 0 to 1, in steps; `undefined` while the job is queued.
 *
 * @param now - milliseconds since the epoch, as `expectedAt`.
 */
export function fractionDone({ submittedAt, startedAt }: Times, expectedAt: number, now: number): number | undefined {
  if (startedAt === undefined) return undefined;
  const began = generationBegan(submittedAt, startedAt);
  const share = (now - began) / Math.max(1, expectedAt - began);
  return Math.min(1, Math.floor(share * BAR_STEPS) / BAR_STEPS);
}
