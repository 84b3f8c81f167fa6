/** How long jobs take, as all processes that use one store have learnt it. */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../storage/storage.ts';
import type { JobTimes } from './change-detector.ts';
import { DURATION_HISTORY, durationHistorySchema, NO_HISTORY, type DurationHistory } from './duration-history.ts';
import { estimateFor, type DurationEstimate } from './estimate.ts';
import { learn } from './learning.ts';
import type { JobKind, Observation } from './observation.ts';

/** How long an estimate is used before what was learnt since changes it (milliseconds). */
const ESTIMATE_LIFE = 1000;

/** How long the history is used before what other processes have learnt is read (milliseconds). */
const HISTORY_LIFE = 60_000;

/** Finished jobs that wait to be written, at most: the newest, where the store is away for long. */
const UNWRITTEN = 100;

/** How far two writes are apart at least (milliseconds): under load many jobs go with one. */
const WRITES_APART = 250;

interface Lesson {
  observation: Observation;
  times: JobTimes;
}

export interface LearntDurations {
  /** Reads what was learnt before. Never rejects. */
  load(): Promise<void>;
  /** How long a job of this kind takes. Waits for nothing. */
  estimate(kind: JobKind): DurationEstimate;
  /** Learns from a finished job, and writes it in the background. */
  learn(observation: Observation, times: JobTimes): void;
}

/** A store that fails costs some of the learning and nothing else: until it answers, estimates are made without it. */
export function createLearntDurations({
  store,
  clock,
  log,
}: {
  store: Pick<Store, 'collection'>;
  clock: Pick<Clock, 'monotonic' | 'sleep'>;
  log: Pick<Log, 'warn'>;
}): LearntDurations {
  const collection = store.collection(DURATION_HISTORY.namespace, durationHistorySchema);
  const estimates = new Map<string, DurationEstimate>();
  let estimatesSince = -Infinity;
  /** The history that the estimates were made from: while it stays the same, so do they. */
  let estimated = NO_HISTORY;
  /** What the store held when it last answered. */
  let stored = NO_HISTORY;
  /** What the store held and what has been learnt since. */
  let history = NO_HISTORY;
  let readAt = -Infinity;
  let unwritten: readonly Lesson[] = [];
  /** Reads and writes, one after another: each starts from what the one before left. */
  let working = Promise.resolve();

  function withLessons(base: DurationHistory, lessons: readonly Lesson[]): DurationHistory {
    return lessons.reduce((so, { observation, times }) => learn(so, observation, times), base);
  }

  async function read(): Promise<void> {
    try {
      stored = (await collection.get(DURATION_HISTORY.id)) ?? stored;
      history = withLessons(stored, unwritten);
    } catch (error) {
      log.warn({ err: error }, 'what was learnt of durations could not be read');
    }
  }

  /** Writes what has been learnt since the last write. A kill before it costs that, and nothing else. */
  async function write(): Promise<void> {
    const lessons = unwritten;
    if (lessons.length === 0) return;
    try {
      // Other processes have learnt meanwhile. Of two that write at the same moment, one loses what it has just learnt.
      history = withLessons((await collection.get(DURATION_HISTORY.id)) ?? stored, lessons);
      await collection.set(DURATION_HISTORY.id, history);
      stored = history;
      unwritten = unwritten.filter((lesson) => !lessons.includes(lesson));
    } catch (error) {
      history = withLessons(stored, unwritten);
      log.warn({ err: error }, 'what was learnt of durations could not be written');
    }
    await clock.sleep(WRITES_APART);
  }

  function load(): Promise<void> {
    readAt = clock.monotonic();
    working = working.then(read);
    return working;
  }

  return {
    load,

    estimate(kind) {
      const now = clock.monotonic();
      if (now - readAt > HISTORY_LIFE) void load();
      if (history !== estimated && now - estimatesSince > ESTIMATE_LIFE) {
        estimates.clear();
        estimated = history;
        estimatesSince = now;
      }
      const key = `${kind.count} ${kind.quality}`;
      const estimate = estimates.get(key) ?? estimateFor(history, kind);
      estimates.set(key, estimate);
      return estimate;
    },

    learn(observation, times) {
      unwritten = [...unwritten.slice(1 - UNWRITTEN), { observation, times }];
      working = working.then(write);
    },
  };
}
