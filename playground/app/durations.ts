/** What a bot knows that has worked with this stand-in before: how long its jobs take. Else it expects what the real service takes. */
import { systemClock as clock } from '../../src/services/clock.ts';
import { createLog } from '../../src/services/log.ts';
import { COUNT_MAX, QUALITIES } from '../../src/services/models/seedream.ts';
import {
  DURATION_HISTORY,
  durationHistorySchema,
  NO_HISTORY,
  type FinishedJob,
} from '../../src/services/polling/duration-history.ts';
import { openStorage } from '../../src/services/storage/open.ts';
import { medianDuration, type RunComfyOptions } from '../runcomfy/stand-in.ts';

/** How the stand-in works. */
interface Pace {
  durations: NonNullable<RunComfyOptions['durations']>;
  /** How many times faster than the real model. */
  speed: number;
  /** Jobs of others before a new one, each of one picture. */
  jobsAhead: number;
}

/** A finished job of each kind: no more, so that another speed is learnt as soon as jobs have it. */
function finishedJobs({ durations, speed, jobsAhead }: Pace): FinishedJob[] {
  const taken = (images: number, standard: boolean): number => medianDuration(durations, images, standard) / speed;
  // Of the first of them half is over, as one comes at any time.
  const queueMs = Math.max(0, jobsAhead - 0.5) * taken(1, false);
  const counts = Array.from({ length: COUNT_MAX }, (_, index) => index + 1);
  return QUALITIES.flatMap((quality) =>
    counts.map((count): FinishedJob => [count, quality, queueMs, taken(count, quality === 'standard')]),
  );
}

/** Writes it into a new store, as the bot would have. */
export async function writeDurations({ path, ...pace }: Pace & { path: string }): Promise<void> {
  const log = createLog({ level: 'silent', secrets: [] });
  const storage = await openStorage({ location: { kind: 'sqlite', path }, retention: Infinity, clock, log });
  try {
    const history = storage.store.collection(DURATION_HISTORY.namespace, durationHistorySchema);
    await history.set(DURATION_HISTORY.id, { ...NO_HISTORY, jobs: finishedJobs(pace) });
  } finally {
    await storage.close();
  }
}
