/** The pictures that RunComfy made, by the jobs they are for. */
import type { RequestTruth } from '../../world/truth.ts';
import type { Jobs, KnownJob } from '../jobs.ts';
import { remembered } from '../remembered.ts';

/** A picture of a job: its place among the job's pictures (from 1), whose it is, and where it can be had. */
export interface Made {
  job: KnownJob;
  request: RequestTruth;
  place: number;
  url: string;
}

/** Every picture of the jobs' requests, by the name that its bytes bear: its address without host and ending. */
export function madeBy(jobs: Jobs): Map<string, Made> {
  const made = new Map<string, Made>();
  for (const job of jobs.byId.values()) {
    for (const request of job.requests) {
      if (request.pictures.length === 0) continue;
      const before = job.shares.slice(0, (jobs.numberOf(request) ?? 1) - 1).reduce((sum, images) => sum + images, 0);
      for (const [index, url] of request.pictures.entries())
        made.set(nameOf(url), { job, request, place: before + index + 1, url });
    }
  }
  return made;
}

const nameOf = remembered(1000, (url) => url.replaceAll(/^https?:\/\/[^/]+\/|\.\w+(\?.*)?$/g, ''));

/** The number of pictures that the messages of a gallery say are there: `3 of 8`. */
export function numbersSaid(text: string): number[] {
  return [...text.matchAll(/^(\d+)(?: of |, for )\d+(?: · |$)/gm)].map(([, number]) => Number(number));
}
