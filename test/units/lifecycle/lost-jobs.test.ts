/** Whose members are told when the store loses its records: those of jobs that go on as far as this process can know. */
import { beforeEach, expect, test } from 'vitest';
import { ReplyTrouble } from '../../../src/services/discord/reply.ts';
import type { Job } from '../../../src/services/job/job.ts';
import type { JobRecords } from '../../../src/services/job/records.ts';
import { createLostJobs, type LostJobs } from '../../../src/services/lifecycle/lost-jobs.ts';
import { createVirtualClock, type VirtualClock } from '../../support/clock/virtual-clock.ts';
import { sampleJob, type SampleState } from '../../support/sample-job.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const IN_QUEUE: SampleState = { name: 'in_queue', requestId: 'request' };

let clock: VirtualClock;
let lostJobs: LostJobs;
let records: JobRecords;
/** What Redis holds; what it was last seen to hold. */
let stored: Map<string, Job>;
let held: string[];
let seenAt: number;
let lose: () => void;
/** Ids of jobs whose members were told, with `lost` or their real end; and what was found out or done. */
let told: string[];
let missing: string[];
let settled: string[];
let over: Set<string>;
let troubles: number;

beforeEach(() => {
  clock = createVirtualClock();
  stored = new Map<string, Job>();
  over = new Set<string>();
  [held, told, missing, settled] = [[], [], [], []];
  troubles = 0;
  seenAt = clock.monotonic();
  lostJobs = createLostJobs({
    presence: {
      seenAt: () => seenAt,
      onLost: (listener) => (lose = listener),
      missing: (jobId) => void missing.push(jobId),
    },
    ledger: {
      held: () => Promise.resolve(held.map((jobId) => ({ jobId, guildId: '', userId: '', images: 1, at: 0 }))),
      settle: (jobId) => Promise.resolve(void settled.push(jobId)),
    },
    reply: {
      isOver: ({ id }) => Promise.resolve(over.has(id)),
      tell({ id }, _number, { content = '' }) {
        troubles -= 1;
        if (troubles >= 0) return Promise.reject(new ReplyTrouble('away'));
        told.push(`${id} ${content}`);
        return Promise.resolve();
      },
    },
    status: ({ state }, as) => ({ content: as?.lost === true ? 'lost' : state.name, embeds: [] }),
    clock,
    log: createSilentLog(),
  });
  records = lostJobs.watch({
    findLive: (jobId: string) => Promise.resolve(stored.get(jobId)),
    find: (jobId: string) => Promise.resolve(stored.get(jobId)),
    write: (job: Job) => Promise.resolve(void stored.set(job.id, job)),
    keep: (job: Job) => Promise.resolve(void stored.set(job.id, job)),
    close: ({ id }: Job) => Promise.resolve(void stored.delete(id)),
    discard: (id: string) => Promise.resolve(void stored.delete(id)),
  } as unknown as JobRecords);
});

/** A step that reads its job and says when the next one is due. */
const look = (next: number | undefined, act: (job: Job) => Promise<void> = () => Promise.resolve()) =>
  lostJobs.during(async (jobId) => {
    const job = await records.findLive(jobId);
    if (job !== undefined) await act(job);
    return next;
  });

function store(id: string, state: SampleState = IN_QUEUE): void {
  stored.set(id, sampleJob({ id, state }));
}

test('the members of jobs that were started or looked at here are told, those of jobs that are over are not', async () => {
  await records.write(sampleJob({ id: 'begun' }));
  store('queued');
  store('done');
  await look(5000)('queued');
  await look(undefined, (job) => records.close(job))('done');
  await records.write(sampleJob({ id: 'taken back' }));
  await records.discard('taken back', undefined);
  lose();
  await clock.advance(1);
  expect(told).toEqual(['begun lost', 'queued lost']);
});

test('a job that another process must have had since is that one to tell of', async () => {
  store('here');
  store('elsewhere');
  await look(5000)('elsewhere');
  await clock.advance(16_000);
  await look(5000)('here');
  seenAt = clock.monotonic();
  lose();
  await clock.advance(1);
  expect(told).toEqual(['here lost']);
});

test('however long Redis was away before it was found empty', async () => {
  store('here');
  await look(5000)('here');
  await clock.advance(10 * 60_000);
  lose();
  await clock.advance(1);
  expect(told).toEqual(['here lost']);
});

test('nothing is written over pictures or an end that another process has brought', async () => {
  store('over');
  await look(5000)('over');
  over.add('over');
  lose();
  await clock.advance(60_000);
  expect(told).toEqual([]);
});

test('what a step is at goes out first, and an end that it came to is told as it is', async () => {
  store('in a step');
  store('failed');
  const failing = look(0, async (job) => {
    await records.keep({ ...job, state: { name: 'cancelled', requestId: 'request' } });
    await clock.sleep(3000);
    throw new Error('the records are gone');
  });
  const steps = [look(0, () => clock.sleep(3000))('in a step'), failing('failed').catch(() => undefined)];
  await clock.advance(1000);
  lose();
  await clock.advance(1000);
  expect(told).toEqual([]);
  await clock.advance(2000);
  await Promise.all(steps);
  await clock.advance(1);
  expect(told.toSorted()).toEqual(['failed cancelled', 'in a step lost']);
});

test('a Discord that takes nothing for a while is tried again', async () => {
  store('here');
  await look(5000)('here');
  troubles = 3;
  lose();
  await clock.advance(30_000);
  expect(told).toEqual(['here lost']);
});

test('one record that is gone while its images are held is reported, told and stays counted', async () => {
  store('dropped');
  store('closed elsewhere');
  for (const id of ['dropped', 'closed elsewhere']) await look(0)(id);
  held.push('dropped');
  stored.clear();
  for (const id of ['dropped', 'closed elsewhere', 'never seen']) await look(undefined)(id);
  await clock.advance(1);
  expect(missing).toEqual(['dropped']);
  expect(settled).toEqual(['dropped']);
  expect(told).toEqual(['dropped lost']);
});
