/** A submit: what each of RunComfy's answers makes of the request, and what others are told of the host's account and the model. */
import { describe, expect, test } from 'vitest';
import { newJob, type Job, type JobEvent } from '../../../../src/services/job/job.ts';
import { createSubmit, sooner } from '../../../../src/services/lifecycle/step/submit.ts';
import { SEEDREAM_4_0 } from '../../../../src/services/models/profiles/seedream-4.0.ts';
import { MODEL } from '../../../../src/services/models/seedream.ts';
import { RunComfyError } from '../../../../src/services/runcomfy/runcomfy.ts';
import { StoreError } from '../../../../src/services/storage/storage.ts';
import { NOON, sampleJob } from '../../../support/sample-job.ts';
import { createSilentLog } from '../../../support/silent-log.ts';
import { createWrittenModels } from '../../../support/written-models.ts';
import { openJournal } from './open-journal.ts';

type Parts = Parameters<typeof createSubmit>[0];
type Kind = RunComfyError['kind'];

const NEXT = 4000;
const TROUBLE_WAIT = 7000;
const { deadline } = sampleJob();
const several = newJob({ ...sampleJob(), count: 2 }, { picturesPerRequest: 1 });
const old = { url: 'https://cdn.discordapp.com/old.png' };
const fresh = { url: 'https://cdn.discordapp.com/fresh.png' };
const withReference = newJob({ ...sampleJob(), references: [old] }, { picturesPerRequest: 15 });

interface Scene {
  job?: Job;
  /** What RunComfy says to one submit after the other; it takes all others. */
  answers?: (Kind | TypeError | 'taken')[];
  admission?: Awaited<ReturnType<Parts['breaker']['admit']>>;
  reference?: Awaited<ReturnType<Parts['referenceReader']['fresh']>>;
  /** Whether a wish to cancel stands. */
  wish?: boolean | StoreError;
  model?: 'known' | 'unknown';
  isNext?: boolean;
  isFull?: boolean;
  isCalled?: boolean;
  /** Milliseconds until the job's try is due. */
  early?: { due?: number; next?: number };
  now?: number;
}

/** What a step's submits give, what happened to the job, what RunComfy was sent, and who was told what. */
async function submit(scene: Scene = {}) {
  const { job = sampleJob(), answers = [], admission = 'go', wish = false, early = {}, now = NOON } = scene;
  const { reference = { outcome: 'ready' as const, references: job.references ?? [] } } = scene;
  const { isNext = true, isFull = false, isCalled = false, model = 'known' } = scene;
  const happened: JobEvent[] = [];
  const told: string[] = [];
  const sent: unknown[] = [];
  const tell = (what: string): void => void told.push(what);
  const submitAll = createSubmit({
    api: {
      submit({ body }) {
        sent.push(body);
        const said = answers[sent.length - 1] ?? 'taken';
        if (said instanceof TypeError) return Promise.reject(said);
        if (said !== 'taken') return Promise.reject(new RunComfyError(said, 'no', { reason: 'a reason' }));
        return Promise.resolve({ requestId: `r${sent.length}` });
      },
    },
    records: {
      cancellations: {
        get: () => (wish instanceof Error ? Promise.reject(wish) : Promise.resolve(wish ? { userId: 'm' } : undefined)),
      },
    } as unknown as Parts['records'],
    models: {
      find: (id) => (model === 'known' ? createWrittenModels().find(id) : undefined),
      refused: (id) => {
        tell(`${id} is gone`);
      },
      taken: (id) => {
        tell(`${id} is there`);
      },
    },
    referenceReader: { fresh: () => Promise.resolve(reference) },
    breaker: {
      admit: () => Promise.resolve(admission),
      answered: () => {
        tell('answered');
      },
      failed: (fault) => {
        tell(`refused: ${fault}`);
      },
      unanswered: () => {
        tell('unanswered');
      },
    },
    polling: {
      afterTrouble: () => TROUBLE_WAIT,
      next: () => NEXT,
      untilDue: () => early.due ?? 0,
      untilNext: () => early.next ?? 0,
    },
    turns: {
      isFull: () => isFull,
      isCalled: () => isCalled,
      isNext: () => isNext,
      waits: () => {
        tell('waits for its turn');
      },
      freed: () => {
        tell('a place may be free');
      },
    },
    show: () => {
      tell('shown');
    },
    clock: { now: () => now },
    log: createSilentLog(),
  });
  const outcome = await submitAll(openJournal(job, happened)).catch((error: unknown) => error);
  return { outcome, happened, told, sent, types: happened.map(({ type }) => type) };
}

test('what is taken is written, shown, and looked at when that is due', async () => {
  const { outcome, happened, told, sent } = await submit();
  expect(outcome).toBe(NEXT);
  expect(happened).toMatchObject([{ type: 'submitting' }, { type: 'submitted', requestId: 'r1' }]);
  expect(told).toEqual(['answered', `${MODEL} is there`, 'shown', 'a place may be free']);
  expect(sent).toHaveLength(1);
});

describe('an answer', () => {
  test.each<[Kind, Partial<Awaited<ReturnType<typeof submit>>>, JobEvent | undefined]>([
    ['rate', { outcome: TROUBLE_WAIT, told: ['unanswered', 'waits for its turn', 'shown'] }, { type: 'not_taken' }],
    [
      'unavailable',
      { outcome: TROUBLE_WAIT, told: ['unanswered', 'waits for its turn', 'shown'] },
      { type: 'not_taken' },
    ],
    ['outcome_unknown', { outcome: undefined, told: ['unanswered'] }, { type: 'unknown' }],
    ['unreadable', { outcome: undefined, told: ['unanswered'] }, { type: 'unknown' }],
    [
      'authentication',
      { outcome: undefined, told: ['refused: authentication'] },
      { type: 'failed', failure: 'authentication', reason: 'a reason' },
    ],
    [
      'balance',
      { outcome: undefined, told: ['refused: balance'] },
      { type: 'failed', failure: 'balance', reason: 'a reason' },
    ],
    ['input', { outcome: undefined, told: ['answered'] }, { type: 'failed', failure: 'refused', reason: 'a reason' }],
    [
      'not_found',
      { outcome: undefined, told: ['answered', `${MODEL} is gone`] },
      { type: 'failed', failure: 'gone', reason: 'a reason' },
    ],
  ])('%s', async (kind, expected, event) => {
    const seen = await submit({ answers: [kind] });
    expect(seen).toMatchObject(expected);
    expect(seen.happened[1]).toEqual({ ...event, request: 1 });
    expect(seen.happened).toHaveLength(2);
  });

  test('that nobody can read is followed by no other submit at once: the next request waits', async () => {
    const { outcome, types, sent } = await submit({ job: several, answers: ['outcome_unknown'] });
    expect([outcome, types, sent.length]).toEqual([TROUBLE_WAIT, ['submitting', 'unknown'], 1]);
  });

  test('that refuses one request says nothing of the next', async () => {
    const { outcome, types } = await submit({ job: several, answers: ['input'] });
    expect([outcome, types]).toEqual([NEXT, ['submitting', 'failed', 'submitting', 'submitted']]);
  });

  test('that takes no more leaves the rest waiting; the first is looked at when that is due', async () => {
    const { outcome, types } = await submit({ job: several, answers: ['taken', 'rate'] });
    expect([outcome, types]).toEqual([NEXT, ['submitting', 'submitted', 'submitting', 'not_taken']]);
  });

  test('is none where the bot has a defect: nothing is said of the request', async () => {
    const { outcome, types } = await submit({ answers: [new TypeError('A defect')] });
    expect(outcome).toBeInstanceOf(TypeError);
    expect(types).toEqual(['submitting']);
  });
});

describe('nothing is sent', () => {
  test.each<[string, Scene, unknown]>([
    ['while nothing is known of the model', { model: 'unknown' }, 5000],
    ['while another job tries the account', { admission: 'wait' }, 1000],
    [
      'while the addresses of its references cannot be read',
      { job: withReference, reference: { outcome: 'trouble' } },
      5000,
    ],
    ['before a job of one request is due', { early: { due: 2000 } }, 2000],
    ['before one of several is due', { job: several, early: { next: 3000 } }, 3000],
    ['while the job has all that it may have under way', { isFull: true }, undefined],
    ['while another job comes first', { isNext: false }, TROUBLE_WAIT],
  ])('%s, and nothing happens to it', async (_, scene, delay) => {
    const { outcome, happened, sent } = await submit(scene);
    expect([outcome, happened, sent]).toEqual([delay, [], []]);
  });

  test('of one of several that was called is sent before its own try is due', async () => {
    const { sent } = await submit({ job: several, early: { next: 3000 }, isCalled: true });
    expect(sent).toHaveLength(2);
  });

  test.each<[string, Scene, JobEvent]>([
    [
      'for an account that is refused',
      { admission: 'balance' },
      { type: 'failed', failure: 'balance', reason: undefined },
    ],
    [
      'of what starts from a picture that is gone',
      { job: withReference, reference: { outcome: 'gone' } as Scene['reference'] & object },
      { type: 'failed', failure: 'reference_gone', reason: undefined },
    ],
    ['at the deadline', { now: deadline }, { type: 'failed', failure: 'not_taken', reason: undefined }],
    [
      'at the deadline, whosever turn it is',
      { now: deadline, isFull: true, isNext: false, early: { due: 9000 } },
      { type: 'failed', failure: 'not_taken', reason: undefined },
    ],
  ])('%s, which ends it', async (_, scene, event) => {
    const { outcome, happened, sent } = await submit(scene);
    expect([outcome, happened, sent]).toEqual([undefined, [{ ...event, request: 1 }], []]);
  });

  test('of what is to be cancelled, and the account’s trial is given back', async () => {
    const { types, sent, told } = await submit({ wish: true });
    expect([types, sent, told]).toEqual([['submitting', 'cancelled'], [], ['unanswered']]);
  });

  test('where the store does not tell whether it is: it waits as before, and the trial is given back', async () => {
    const away = new StoreError('The store is away');
    const { outcome, types, sent, told } = await submit({ wish: away });
    expect([outcome, types, sent, told]).toEqual([away, ['submitting', 'not_taken'], [], ['unanswered']]);
  });
});

describe('what is sent', () => {
  test('is what the job is for, each of several requests with its own number and seed', async () => {
    const one = await submit({ job: sampleJob({ seed: 7, count: 4 }) });
    expect(one.sent).toMatchObject([{ seed: 7, sequential_image_generation_options: 4 }]);
    const { sent } = await submit({ job: several });
    const seeds = sent.map((body) => (body as { seed: number }).seed);
    expect(sent).toMatchObject([
      { sequential_image_generation_options: 1 },
      { sequential_image_generation_options: 1 },
    ]);
    expect(new Set(seeds).size).toBe(2);
  });

  test('starts from addresses that were made fresh, which are written once', async () => {
    const job = { ...withReference, model: SEEDREAM_4_0.editing };
    const { happened, sent } = await submit({ job, reference: { outcome: 'ready', references: [fresh] } });
    expect(happened[0]).toEqual({ type: 'refreshed', references: [fresh] });
    expect(sent).toMatchObject([{ images: [fresh.url] }]);
    const same = await submit({ job, reference: { outcome: 'ready', references: job.references ?? [] } });
    expect(same.types).toEqual(['submitting', 'submitted']);
    expect(same.sent).toMatchObject([{ images: [old.url] }]);
  });
});

test('of two moments the sooner one counts, where there are two', () => {
  expect([sooner(5, 3), sooner(3, 5), sooner(undefined, 3), sooner(5, undefined)]).toEqual([3, 3, 3, 5]);
  expect(sooner(undefined, undefined)).toBeUndefined();
});
