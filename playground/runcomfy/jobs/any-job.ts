/** A job of which nothing matters but that it is there: another customer's. */
import { SEQUENTIAL } from '../models/seedream-4-0.ts';
import { priceOf } from '../models/price.ts';
import type { NewJob } from './job.ts';

/** All of such a job but its id and its time. */
export function anyJob(images: number): Omit<NewJob, 'requestId' | 'durationMs'> {
  return {
    model: SEQUENTIAL,
    body: {},
    input: {
      text: '',
      images,
      views: 1,
      width: 2048,
      height: 2048,
      seed: undefined,
      standard: false,
      format: 'jpeg',
      references: [],
    },
    seed: 0,
    priceMicroUsd: priceOf(SEQUENTIAL, images, {}),
    references: [],
  };
}
