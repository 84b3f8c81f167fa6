/** A job as it is read, and as it begins. Pure. */
import { z } from 'zod';
import { upgrade } from './older-record.ts';
import { recordSchema, type Gallery, type JobRecord, type JobRequest } from './schema.ts';
import { jobStateOf, timesOf, type JobState } from './state-of-job.ts';

/**
 * A job. Its state and its times are its requests' and its gallery's: they are written beside them for whoever looks into the
 * store, and never read from there.
 */
export type Job = JobRecord & {
  readonly state: JobState;
  /** The first submit and the first start, and the end of the last request (milliseconds since the epoch). */
  readonly submittedAt?: number | undefined;
  readonly startedAt?: number | undefined;
  readonly finishedAt?: number | undefined;
};

/** A job from what is kept of it. */
export function jobFrom(record: JobRecord): Job {
  return { ...record, ...timesOf(record), state: jobStateOf(record) };
}

/** Reads records of this version and of those before. */
export const jobSchema: z.ZodType<Job> = z.preprocess(upgrade, recordSchema).transform(jobFrom);

/** What a job has before anything has happened to it. */
const NOTHING_POSTED: Gallery = { posted: [], givenUp: false, delivered: false };

/** What is asked for with a job. */
export type NewJob = Omit<JobRecord, 'version' | 'requests' | 'gallery'>;

/**
 * A job that is only reserved.
 *
 * @param picturesPerRequest - most pictures that a request of its model asks for.
 */
export function newJob(asked: NewJob, { picturesPerRequest }: { picturesPerRequest: number }): Job {
  const requests = Array.from({ length: Math.ceil(asked.count / picturesPerRequest) }, (_, index): JobRequest => ({
    number: index + 1,
    images: Math.min(picturesPerRequest, asked.count - index * picturesPerRequest),
    state: { name: 'reserved' },
  }));
  return jobFrom({ ...asked, version: 2, requests, gallery: NOTHING_POSTED });
}
