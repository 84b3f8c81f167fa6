/** What is learnt of durations survives a store that fails, and is read again each minute. */
import { beforeEach, describe, expect, it } from 'vitest';
import { NO_HISTORY, type DurationHistory } from '../../../src/services/polling/duration-history.ts';
import { createLearntDurations } from '../../../src/services/polling/learnt-durations.ts';
import { learn } from '../../../src/services/polling/learning.ts';
import { StoreError } from '../../../src/services/storage/storage.ts';
import type { Collection } from '../../../src/services/storage/storage.ts';

const KIND = { count: 3, quality: 'fast' } as const;
const took = (generationMs: number) => ({ ...KIND, queueMs: 1000, generationMs });
const TIMES = { submittedAt: 0, finishedAt: 0 };

/** One record, as all processes see it, and whether the store that holds it answers. */
const store = { record: undefined as DurationHistory | undefined, isAway: false, reads: 0, writes: 0 };
const warnings: unknown[] = [];
let now: number;
/** Ends the wait between two writes, where there is one. */
let writeAgain: () => void;

function answer<T>(value: T): Promise<T> {
  return store.isAway ? Promise.reject(new StoreError('The store is away.')) : Promise.resolve(value);
}

function createProcess() {
  const collection: Pick<Collection<DurationHistory>, 'get' | 'set'> = {
    get() {
      store.reads += 1;
      return answer(store.record);
    },
    async set(_id, value) {
      await answer(undefined);
      store.writes += 1;
      store.record = value;
    },
  };
  return createLearntDurations({
    store: { collection: <T>() => collection as unknown as Collection<T> },
    clock: {
      monotonic: () => now,
      sleep: () => new Promise((resolve) => (writeAgain = resolve)),
    },
    log: { warn: (...line: unknown[]) => void warnings.push(line) },
  });
}

const learnt = () => store.record?.jobs.map(([, , , generationMs]) => generationMs) ?? [];

beforeEach(() => {
  Object.assign(store, { record: undefined, isAway: false, reads: 0, writes: 0 });
  warnings.length = 0;
  now = 0;
  writeAgain = () => undefined;
});

describe('what is learnt of durations', () => {
  it('is written at once, and what comes soon after it goes together, in the order in which the jobs finished', async () => {
    const durations = createProcess();
    durations.learn(took(10_000), TIMES);
    await expect.poll(learnt).toEqual([10_000]);
    durations.learn(took(20_000), TIMES);
    durations.learn(took(30_000), TIMES);
    writeAgain();
    await expect.poll(learnt).toEqual([10_000, 20_000, 30_000]);
    expect(store.writes).toBe(2);
    expect(store.record).toEqual([10_000, 20_000, 30_000].reduce((so, ms) => learn(so, took(ms)), NO_HISTORY));
  });

  it('adds to what another process has learnt meanwhile', async () => {
    const [one, other] = [createProcess(), createProcess()];
    await Promise.all([one.load(), other.load()]);
    one.learn(took(10_000), TIMES);
    await expect.poll(learnt).toEqual([10_000]);
    other.learn(took(20_000), TIMES);
    await expect.poll(learnt).toEqual([10_000, 20_000]);
  });

  it('counts at once while the store is away, and is written when it is back', async () => {
    const durations = createProcess();
    const before = durations.estimate(KIND).generationMs;
    await durations.load();
    store.isAway = true;
    for (let job = 0; job < 5; job += 1) durations.learn(took(400_000), TIMES);
    await expect.poll(() => warnings.length).toBe(1);
    now += 2000;
    expect(durations.estimate(KIND).generationMs).toBeGreaterThan(2 * before);
    store.isAway = false;
    durations.learn(took(500_000), TIMES);
    writeAgain();
    await expect.poll(learnt).toHaveLength(6);
  });

  it('is read again after a minute, and not more often', async () => {
    const durations = createProcess();
    await durations.load();
    const { generationMs } = durations.estimate(KIND);
    let history = NO_HISTORY;
    for (let job = 0; job < 5; job += 1) history = learn(history, took(400_000));
    store.record = history;
    now = 59_000;
    durations.estimate(KIND);
    expect(store.reads).toBe(1);
    now = 60_001;
    durations.estimate(KIND);
    await durations.load();
    expect(store.reads).toBe(3);
    now = 62_000;
    expect(durations.estimate(KIND).generationMs).toBeGreaterThan(2 * generationMs);
  });
});
