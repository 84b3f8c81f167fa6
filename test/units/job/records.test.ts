/** The jobs in the store: how long they are kept, what dies with them, and what is deleted when a member wants it. */
import { expect, test } from 'vitest';
import type { z } from 'zod';
import type { Clock } from '../../../src/services/clock.ts';
import { systemClock } from '../../../src/services/clock.ts';
import { advance, type Job } from '../../../src/services/job/job.ts';
import { createJobRecords, keepInMemory } from '../../../src/services/job/records.ts';
import { createErase } from '../../../src/services/history/erase.ts';
import { createStart } from '../../../src/services/lifecycle/start.ts';
import type { Collection, Store, WriteOptions } from '../../../src/services/storage/storage.ts';
import { NewerRecordError } from '../../../src/services/storage/storage.ts';
import { createSilentLog } from '../../support/silent-log.ts';
import { NOON, sampleJob, type SampleChanges } from '../../support/sample-job.ts';

const DAY = 24 * 60 * 60_000;
const log = createSilentLog();

/** A store in memory that keeps its times to live, and in which an unreadable record cannot be set aside. */
function createWorld() {
  const world = { now: NOON, purges: 0 };
  const spaces = new Map<string, Map<string, { value: unknown; ttl: number | undefined }>>();
  function space(name: string): Map<string, { value: unknown; ttl: number | undefined }> {
    const all = spaces.get(name) ?? new Map<string, { value: unknown; ttl: number | undefined }>();
    spaces.set(name, all);
    return all;
  }
  function collection<T>(namespace: string, schema: z.ZodType<T>): Collection<T> {
    return {
      get(id) {
        const stored = space(namespace).get(id)?.value;
        if ((stored as { version?: unknown } | undefined)?.version === 3) return Promise.reject(new NewerRecordError());
        return Promise.resolve(schema.safeParse(stored).data);
      },
      set(id, value, { ttl }: WriteOptions = {}) {
        space(namespace).set(id, { value: structuredClone(value), ttl });
        return Promise.resolve();
      },
      delete: (id) => Promise.resolve(space(namespace).delete(id)),
      retake: () => Promise.resolve(false),
      // eslint-disable-next-line @typescript-eslint/require-await -- the interface is that of stores that wait
      async *entries() {
        for (const [id, { value }] of space(namespace)) yield [id, schema.parse(value)];
      },
    };
  }
  const store: Store = {
    collection,
    purge: () => Promise.resolve(void (world.purges += 1)),
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const clock: Clock = { ...systemClock, now: () => world.now };
  const records = createJobRecords({ store, clock, log, retention: 30 * DAY, createKeeper: keepInMemory });
  const left = () => [...spaces].flatMap(([name, all]) => [...all.keys()].map((id) => `${name} ${id}`)).sort();
  return { world, space, clock, records, left };
}

/** A job that was delivered at this moment. */
function delivered(at: number, changes: SampleChanges = {}): Job {
  const state = {
    name: 'completed' as const,
    requestId: 'r',
    images: ['https://a.example/1.png'],
    videos: [],
    posted: [{ number: 1, channelId: '1', messageId: '2', pictures: [1] }],
    givenUp: false,
  };
  return advance(sampleJob({ state, ...changes }), { type: 'delivered' }, at);
}

test('a finished job is kept for the retention from its first end, whatever is done with it after', async () => {
  const { world, space, records } = createWorld();
  world.now = NOON + 1000;
  const job = delivered(world.now);
  expect(job.endedAt).toBe(world.now);
  await records.close(job);
  expect(space('finished').get(job.id)?.ttl).toBe(30 * DAY);
  world.now += 29 * DAY;
  const found = await records.find(job.id);
  await records.close({ ...job, ...found, private: true });
  expect(space('finished').get(job.id)?.ttl, 'removed, or delivered again').toBe(1 * DAY);
});

test('a job that is given up and delivered later ended when it was given up', () => {
  const made = sampleJob({
    state: { name: 'completed', requestId: 'r', images: ['i'], videos: [], posted: [], givenUp: false },
  });
  const givenUp = advance(made, { type: 'given_up', refused: false }, NOON + 1);
  const { reply } = made;
  const again = advance(givenUp, { type: 'reopened', reply, deadline: NOON + 5 }, NOON + 2);
  expect(advance(again, { type: 'delivered' }, NOON + 3).endedAt).toBe(NOON + 1);
});

test('a token leaves the record when the job is over, and when it has expired', async () => {
  const { world, space, records } = createWorld();
  const stored = (namespace: string) => JSON.stringify(space(namespace).get(sampleJob().id)?.value);
  const job = sampleJob({ state: { name: 'in_progress', requestId: 'r' } });
  await records.write(job);
  expect(stored('jobs')).toContain('a-token');
  world.now = job.reply.tokenExpiresAt;
  expect(await records.findLive(job.id)).toEqual({ ...job, reply: { ...job.reply, token: '' } });
  expect(stored('jobs')).not.toContain('a-token');
  await records.write(job);
  expect(stored('jobs')).not.toContain('a-token');
  await records.close(delivered(world.now));
  expect(stored('finished')).not.toContain('a-token');
});

test('whoever cancelled a job leaves its record when it is over, as no /privacy of theirs would find them there', async () => {
  const { space, records } = createWorld();
  const stored = (namespace: string) => JSON.stringify(space(namespace).get(sampleJob().id)?.value);
  const by = '1574318992691099999';
  const job = advance(sampleJob({ state: { name: 'in_queue', requestId: 'r' } }), { type: 'cancelled', by }, NOON);
  expect(job.state).toEqual({ name: 'cancelled', requestId: 'r', by });
  await records.write(job);
  expect(stored('jobs')).toContain(by);
  await records.close(job);
  expect(stored('finished')).not.toContain(by);
  expect((await records.find(job.id))?.state).toMatchObject({ name: 'cancelled', requestId: 'r' });
});

test('what is erased of a member: records that could not be read, and wishes to cancel that outlived their jobs', async () => {
  const { world, clock, space, records, left } = createWorld();
  const plant = (namespace: string, id: string, value: unknown) => space(namespace).set(id, { value, ttl: undefined });
  const cancellation = (userId: string) => ({ version: 1, at: 1, userId });
  plant('finished', 'one', sampleJob({ id: 'one' }));
  plant('set-aside:jobs', 'two', { prompt: 'a secret' });
  plant('set-aside:finished', 'three', 'a secret');
  plant('cancellations', 'one', cancellation('moderator'));
  plant('cancellations', 'of-another', cancellation('me'));
  plant('cancellations', 'running', cancellation('me'));
  plant('jobs', 'running', sampleJob({ id: 'running', userId: 'somebody' }));
  plant('jobs', 'newer', { version: 3 });
  const reservation = (jobId: string) => ({
    jobId,
    guildId: 'g',
    userId: 'me',
    images: 1,
    at: 1,
    state: 'settled' as const,
  });
  const forgotten: string[] = [];
  const inBook: string[] = [];
  const erasing = createErase({
    ledger: {
      recent: () => Promise.resolve(['one', 'two', 'three', 'newer'].map(reservation)),
      forget: (jobIds) => Promise.resolve(void forgotten.push(...jobIds)),
    },
    records,
    forgetInBook: (jobIds) => Promise.resolve(void inBook.push(...jobIds)),
    promptHistory: { forget: () => undefined },
    clock,
  });
  expect(await erasing.erase('me')).toEqual({ jobs: 3, running: 1, today: false });
  expect(forgotten).toEqual(['one', 'two', 'three']);
  expect(inBook).toEqual(['one', 'two', 'three']);
  expect(left()).toEqual(['cancellations running', 'jobs newer', 'jobs running']);
  expect(world.purges).toBe(1);
});

test('a reservation whose record can neither be read nor set aside stays held', async () => {
  const { space, records } = createWorld();
  const ended: string[] = [];
  const held = ['damaged', 'missing'].map((jobId) => ({ jobId, guildId: 'g', userId: 'u', images: 2, at: NOON }));
  space('jobs').set('damaged', { value: '{"version":1,"id', ttl: undefined });
  const starting = createStart({
    records,
    ledger: {
      reserve: () => Promise.reject(new Error('not asked for')),
      release: (jobId) => Promise.resolve(void ended.push(`released ${jobId}`)),
      settle: (jobId) => Promise.resolve(void ended.push(`settled ${jobId}`)),
      held: () => Promise.resolve(held),
    },
    scheduler: {
      schedule: () => Promise.resolve(),
      hold: () => Promise.resolve(undefined),
      letGo: () => Promise.resolve(),
    },
    clock: systemClock,
    log,
  });
  await starting.reclaim(NOON + 1);
  expect(ended).toEqual(['released missing']);
});

test('for lists, a job of a newer version is missing and no failure', async () => {
  const { space, records } = createWorld();
  space('finished').set('newer', { value: { version: 3 }, ttl: undefined });
  await expect(records.find('newer')).rejects.toThrow(NewerRecordError);
  expect(await records.findReadable('newer')).toBeUndefined();
});
