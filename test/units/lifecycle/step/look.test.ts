/** One look at a request: what each answer of RunComfy's makes of it, and when it is looked at again. */
import { describe, expect, test } from 'vitest';
import { newJob, type Job, type JobEvent } from '../../../../src/services/job/job.ts';
import { createLook } from '../../../../src/services/lifecycle/step/look.ts';
import { RunComfyError, type ResultAnswer, type RunComfy } from '../../../../src/services/runcomfy/runcomfy.ts';
import { NOON, sampleJob } from '../../../support/sample-job.ts';
import { createSilentLog } from '../../../support/silent-log.ts';
import { openJournal } from './open-journal.ts';

const { deadline } = sampleJob();
const WAIT = 4000;
const TROUBLE_WAIT = 7000;
type StatusAnswer = Awaited<ReturnType<RunComfy['status']>>;
type CancelAnswer = Awaited<ReturnType<RunComfy['cancel']>>;

const inQueue = sampleJob({ state: { name: 'in_queue', requestId: 'r1' } });
const inProgress = sampleJob({ state: { name: 'in_progress', requestId: 'r1' } });
const urls = (count: number) => Array.from({ length: count }, (_, index) => `https://a.example/${index + 1}`);
const made = (images: number, videos = 0): ResultAnswer => ({
  status: 'succeeded',
  images: urls(images),
  videos: urls(videos),
  billed: 30_000,
});

/** RunComfy's answers, and what stands beside the record. */
interface Scene {
  job?: Job;
  request?: number;
  status?: StatusAnswer['status'] | RunComfyError | TypeError;
  result?: ResultAnswer | RunComfyError;
  cancel?: CancelAnswer | RunComfyError;
  /** Whose wish to cancel stands, and how early the look is (milliseconds). */
  wish?: string;
  early?: number;
  now?: number;
}

/** @throws RunComfyError where that is what is said */
async function answer<T>(said: Promise<T | RunComfyError>): Promise<T> {
  const answered = await said;
  if (answered instanceof RunComfyError) throw answered;
  return answered;
}

/** What a look gives, what happened to the job, and what was called. */
async function look(scene: Scene) {
  const { job = inProgress, request = 1, now = NOON + 1000, early = 0, wish } = scene;
  const { status = 'in_progress', result = { status: 'in_progress' }, cancel = 'not_cancellable' } = scene;
  const happened: JobEvent[] = [];
  const calls: string[] = [];
  const called = (what: string) => void calls.push(what);
  const seeing = createLook({
    api: {
      status(id) {
        called(`status ${id}`);
        if (status instanceof Error) return Promise.reject(status);
        return Promise.resolve(status === 'in_queue' ? { status, position: 2 } : { status });
      },
      result(id) {
        called(`result ${id}`);
        return answer<ResultAnswer>(Promise.resolve(result));
      },
      cancel(id) {
        called(`cancel ${id}`);
        return answer<CancelAnswer>(Promise.resolve(cancel));
      },
    },
    records: {
      cancellations: { get: () => Promise.resolve(wish === undefined ? undefined : { userId: wish }) },
    } as unknown as Parameters<typeof createLook>[0]['records'],
    polling: {
      untilDue: () => early,
      next: () => WAIT,
      afterTrouble: () => TROUBLE_WAIT,
      looked: () => {
        called('looked');
      },
      finished: () => {
        called('finished');
      },
    },
    clock: { now: () => now },
    log: createSilentLog(),
  });
  const next = await seeing(openJournal(job, happened), request);
  return { next, happened, calls };
}

describe('a request that is not finished', () => {
  test('is looked at again when that is due, by the deadline at the latest', async () => {
    expect(await look({})).toEqual({ next: WAIT, happened: [], calls: ['status r1', 'looked'] });
    expect(await look({ now: deadline - 1000 })).toMatchObject({ next: 1000 });
    expect(await look({ early: 3000 })).toEqual({ next: 3000, happened: [], calls: [] });
    expect(await look({ early: 3000, now: deadline - 1000 })).toEqual({ next: 1000, happened: [], calls: [] });
  });

  test('has the position that RunComfy says, and begins once', async () => {
    const queued: JobEvent = { type: 'queued', position: 2, request: 1 };
    expect(await look({ job: inQueue, status: 'in_queue' })).toMatchObject({ next: WAIT, happened: [queued] });
    const started: JobEvent = { type: 'started', request: 1 };
    expect(await look({ job: inQueue })).toMatchObject({ next: WAIT, happened: [started] });
  });

  test('though its status says so goes on where its result says otherwise', async () => {
    for (const status of ['in_queue', 'in_progress'] as const) {
      const seen = await look({ status: 'completed', result: { status } });
      expect(seen).toEqual({ next: WAIT, happened: [], calls: ['status r1', 'result r1', 'looked'] });
    }
  });

  test('and that RunComfy knows after all is no longer missed', async () => {
    const job = sampleJob({ state: { name: 'in_progress', requestId: 'r1', lost: { times: 2, since: NOON } } });
    expect((await look({ job })).happened).toEqual([{ type: 'found', request: 1 }]);
  });
});

describe('a request that is finished', () => {
  test.each(['completed', 'failed'] as const)('with pictures has them, though its status is %s', async (status) => {
    const { next, happened, calls } = await look({ status, result: made(4, 1) });
    expect(next).toBeUndefined();
    expect(happened).toEqual([{ type: 'succeeded', images: urls(4), videos: urls(1), billed: 30_000, request: 1 }]);
    expect(calls).toEqual(['status r1', 'result r1', 'finished']);
  });

  test('with more than were asked for has thirty at most; one of several as many as have a place', async () => {
    const { happened } = await look({ status: 'completed', result: made(31, 31) });
    expect(happened).toMatchObject([{ images: urls(30), videos: urls(30) }]);
    const several = openJournal(newJob({ ...sampleJob(), count: 3 }, { picturesPerRequest: 2 }));
    several.note({ type: 'submitting', request: 1 });
    several.note({ type: 'submitted', requestId: 'r1', request: 1 });
    const one = await look({ job: several.job, status: 'completed', result: made(3) });
    expect(one.happened).toMatchObject([{ images: urls(2) }]);
  });

  test('without any made none, and is paid for; videos alone are something', async () => {
    const billed = 30_000;
    const none: JobEvent = { type: 'failed', failure: 'no_pictures', reason: undefined, billed, request: 1 };
    expect(await look({ status: 'completed', result: made(0) })).toMatchObject({ next: undefined, happened: [none] });
    const { happened } = await look({ status: 'completed', result: made(0, 1) });
    expect(happened).toMatchObject([{ type: 'succeeded', images: [], videos: urls(1) }]);
  });

  test('as failed says why and what it cost', async () => {
    const result: ResultAnswer = { status: 'failed', reason: 'moderated', billed: 0 };
    const { happened } = await look({ status: 'completed', result });
    expect(happened).toEqual([{ type: 'failed', failure: 'model', reason: 'moderated', billed: 0, request: 1 }]);
  });

  test('as cancelled says by whom, where somebody here wished it', async () => {
    const by = 'a member';
    const seen = await look({ status: 'cancelled', wish: by });
    expect(seen).toMatchObject({ next: undefined, happened: [{ type: 'cancelled', by, request: 1 }] });
    const elsewhere = await look({ status: 'completed', result: { status: 'cancelled', billed: 5 } });
    expect(elsewhere.happened).toEqual([{ type: 'cancelled', by: undefined, billed: 5, request: 1 }]);
  });
});

describe('at the deadline', () => {
  test.each(['in_queue', 'in_progress'] as const)(
    'a request that is %s is withdrawn where it can be',
    async (status) => {
      const { next, happened, calls } = await look({ job: inQueue, status, cancel: 'cancelled', now: deadline });
      expect(next).toBeUndefined();
      expect(happened.at(-1)).toEqual({ type: 'cancelled', withdrawn: true, request: 1 });
      expect(calls).toEqual(['status r1', 'cancel r1']);
    },
  );

  test('what was withdrawn, and nobody heard of that, is seen as withdrawn, unless somebody here wished it', async () => {
    const cancel = new RunComfyError('unavailable', 'no answer');
    const withdrawn: JobEvent = { type: 'cancelled', by: undefined, withdrawn: true, request: 1 };
    const unheard = {
      job: inQueue,
      status: 'in_queue',
      cancel,
      result: { status: 'cancelled' },
      now: deadline,
    } as const;
    expect((await look(unheard)).happened.at(-1)).toEqual(withdrawn);
    expect((await look({ status: 'cancelled', now: deadline })).happened).toEqual([withdrawn]);
    const wished = await look({ ...unheard, wish: 'a member' });
    expect(wished.happened.at(-1)).toEqual({ type: 'cancelled', by: 'a member', withdrawn: undefined, request: 1 });
  });

  test('it is looked at even if that is not due', async () => {
    expect((await look({ early: 9000, now: deadline })).calls).toContain('cancel r1');
  });

  test('it is taken if it has ended unseen, and else given up as perhaps paid', async () => {
    const late = await look({ now: deadline, result: made(4) });
    expect(late).toMatchObject({ next: undefined, happened: [{ type: 'succeeded', images: urls(4) }] });
    for (const status of ['in_queue', 'in_progress'] as const) {
      const { happened } = await look({ now: deadline, result: { status } });
      expect(happened).toEqual([{ type: 'failed', failure: 'deadline', reason: undefined, request: 1 }]);
    }
  });

  test.each([
    ['outcome_unknown', 'deadline'],
    ['unreadable', 'unreadable'],
  ] as const)('trouble (%s) with its last calls ends it as %s', async (kind, failure) => {
    const error = new RunComfyError(kind, 'trouble');
    for (const scene of [
      { cancel: error, result: error },
      { status: error, result: error },
    ]) {
      const { next, happened } = await look({ ...scene, now: deadline });
      expect(next).toBeUndefined();
      expect(happened).toEqual([{ type: 'failed', failure, reason: undefined, request: 1 }]);
    }
  });
});

describe('a look that failed', () => {
  const notFound = new RunComfyError('not_found', 'no such request');
  const lost = (times: number, since: number) =>
    sampleJob({ state: { name: 'in_progress', requestId: 'r1', lost: { times, since } } });

  test('is tried again after a while, by the deadline at the latest, and says nothing of the request', async () => {
    const status = new RunComfyError('unavailable', 'no connection');
    expect(await look({ status })).toEqual({ next: TROUBLE_WAIT, happened: [], calls: ['status r1'] });
    expect(await look({ status, now: deadline - 1000 })).toMatchObject({ next: 1000 });
  });

  test('as RunComfy does not know the request is counted, and believed after three over 30 s', async () => {
    const missed: JobEvent = { type: 'missed', request: 1 };
    expect(await look({ status: notFound })).toMatchObject({ next: TROUBLE_WAIT, happened: [missed] });
    const soon = await look({ job: lost(2, NOON), status: notFound, now: NOON + 29_999 });
    expect(soon).toMatchObject({ next: TROUBLE_WAIT, happened: [missed] });
    const third = await look({ job: lost(2, NOON), status: notFound, now: NOON + 30_000 });
    expect(third).toMatchObject({ next: undefined, happened: [missed, { type: 'unknown', request: 1 }] });
    const byResult = await look({ job: lost(5, NOON), status: 'completed', result: notFound, now: NOON + 31_000 });
    expect(byResult.happened).toContainEqual({ type: 'unknown', request: 1 });
  });

  test('for a defect of the bot’s is no trouble of RunComfy’s', async () => {
    await expect(look({ status: new TypeError('A defect') })).rejects.toThrow('A defect');
  });
});
