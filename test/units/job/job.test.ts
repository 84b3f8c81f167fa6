/** The job's machine: whatever happens in whatever order, a job keeps what it knows and what it owes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNewer } from '../../../src/services/storage/newer-record.ts';
import {
  advance,
  countedImages,
  FAILURES,
  isFinal,
  jobSchema,
  newJob,
  picturesOf,
  requestIdOf,
  settlement,
  TransitionError,
  type Job,
  type JobEvent,
  type JobState,
} from '../../../src/services/job/job.ts';
import { NOON, sampleJob } from '../../support/sample-job.ts';

const requestId = 'a-request';
const images = ['https://a.example/1.jpg', 'https://a.example/2.jpg'];
const posted = (number: number, pictures: number[]) => ({
  number,
  channelId: '1',
  messageId: String(number),
  pictures,
});

/** The job after these events, a second apart. */
function after(...events: JobEvent[]): Job {
  return events.reduce((job, event, index) => advance(job, event, NOON + 1000 * (index + 1)), sampleJob());
}

const SUBMITTED: JobEvent[] = [{ type: 'submitting' }, { type: 'submitted', requestId }];
const SUCCEEDED: JobEvent = { type: 'succeeded', images, videos: [] };

describe('the way of a job', () => {
  test('from reserved to delivered, with its times and its messages', () => {
    const job = after(
      ...SUBMITTED,
      { type: 'queued', position: 2 },
      { type: 'started' },
      SUCCEEDED,
      { type: 'posted', message: posted(1, [1]) },
      { type: 'posting', number: 2, messageId: undefined },
      { type: 'posted', message: posted(2, [2]) },
      { type: 'delivered' },
    );
    expect(job.state).toEqual({ name: 'delivered' });
    expect(job.requests.map(({ state }) => state)).toEqual([{ name: 'completed', requestId, images, videos: [] }]);
    expect(job.gallery.posted).toEqual([posted(1, [1]), posted(2, [2])]);
    expect([job.submittedAt, job.startedAt, job.finishedAt]).toEqual([NOON + 2000, NOON + 4000, NOON + 5000]);
    expect(settlement(job)).toBe('settle');
  });

  test('a submit that reached nobody goes back to wait', () => {
    expect(after({ type: 'submitting' }, { type: 'not_taken' }).state).toEqual({ name: 'reserved' });
  });

  test('a job that has begun does not go back to the queue, and begins once', () => {
    const begun = after(...SUBMITTED, { type: 'started' });
    expect(advance(begun, { type: 'queued', position: 3 }, NOON + 9000)).toBe(begun);
    expect(advance(begun, { type: 'started' }, NOON + 9000)).toBe(begun);
  });

  test('a message that is posted again in place is counted once', () => {
    const again = after(
      ...SUBMITTED,
      SUCCEEDED,
      { type: 'posted', message: posted(1, [1]) },
      { type: 'posted', message: posted(1, [1, 2]) },
    );
    expect(again.gallery.posted).toEqual([posted(1, [1, 2])]);
  });

  test('a further message that may stand is not forgotten as another one is edited', () => {
    const begun: JobEvent[] = [
      ...SUBMITTED,
      SUCCEEDED,
      { type: 'posted', message: posted(1, [1]) },
      { type: 'posting', number: 2, messageId: undefined },
      { type: 'posted', message: posted(1, [1]) },
    ];
    expect(after(...begun).gallery.posting).toEqual({ number: 2 });
    expect(after(...begun, { type: 'posted', message: posted(2, [2]) }).gallery.posting).toBeUndefined();
  });

  test('what is completed can no longer fail, be cancelled or be forgotten', () => {
    const completed = after(...SUBMITTED, SUCCEEDED);
    for (const event of [
      { type: 'failed', failure: 'deadline', reason: undefined },
      { type: 'cancelled' },
      { type: 'unknown' },
      SUCCEEDED,
    ] as const) {
      expect(() => advance(completed, event, NOON)).toThrow(TransitionError);
    }
  });
});

describe('a job of several requests', () => {
  const asked = newJob({ ...sampleJob(), count: 5 }, { picturesPerRequest: 2 });

  /** The job after these events of its requests. */
  const then = (job: Job, ...happened: JobEvent[]) =>
    happened.reduce((so, event, index) => advance(so, event, NOON + 1000 * (index + 1)), job);
  const taken = (request: number): JobEvent[] => [
    { type: 'submitting', request },
    { type: 'submitted', requestId: `r${request}`, request },
  ];
  const made = (request: number, ...urls: string[]): JobEvent[] => [
    ...taken(request),
    { type: 'succeeded', images: urls, videos: [], request },
  ];

  test('has as many as its pictures need', () => {
    expect(asked.requests.map(({ images: each }) => each)).toEqual([2, 2, 1]);
    expect(asked.state).toEqual({ name: 'reserved' });
  });

  test('is where the furthest of them is, and completed when all are over', () => {
    expect(then(asked, ...taken(2)).state.name).toBe('in_queue');
    const one = then(asked, ...taken(2), { type: 'started', request: 2 });
    expect(one.state.name).toBe('in_progress');
    const two = then(asked, ...made(2, 'c', 'd'));
    expect(two.state.name).toBe('in_progress');
    expect(two.finishedAt).toBeUndefined();
    const all = then(two, { type: 'cancelled', request: 1 }, ...made(3, 'e'));
    expect(all.state).toEqual({ name: 'completed', givenUp: false });
    expect(picturesOf(all)).toEqual([
      { number: 3, url: 'c' },
      { number: 4, url: 'd' },
      { number: 5, url: 'e' },
    ]);
    expect(countedImages(all)).toBe(3);
  });

  test('that made nothing ends as the request that may have to be paid for', () => {
    const ended = then(
      asked,
      { type: 'cancelled', request: 1 },
      { type: 'failed', failure: 'refused', reason: undefined, request: 3 },
      { type: 'submitting', request: 2 },
      { type: 'unknown', request: 2 },
    );
    expect(ended.state).toEqual({ name: 'unknown' });
    expect([settlement(ended), countedImages(ended)]).toEqual(['settle', 2]);
  });

  test('is told which one something happens to', () => {
    expect(() => advance(asked, { type: 'submitting' }, NOON)).toThrow(TransitionError);
    expect(() => advance(asked, { type: 'submitting', request: 4 }, NOON)).toThrow(TransitionError);
  });

  test('comes back from a store as it was', () => {
    const some = then(asked, ...made(2, 'c', 'd'), { type: 'posted', message: posted(1, [3, 4]) });
    expect(jobSchema.parse(JSON.parse(JSON.stringify(some)))).toEqual(some);
    expect(some.gallery.filled).toEqual({ times: 1, at: NOON + 4000 });
  });
});

test('a record of a version after this one is known as such', () => {
  const newer = { ...sampleJob(), version: 3, requests: 'otherwise' };
  const { error } = jobSchema.safeParse(newer);
  expect(error && isNewer(newer, error)).toBe(true);
});

test.each([
  ['cancelled', after({ type: 'cancelled' }), 'release'],
  ['unknown', after({ type: 'submitting' }, { type: 'unknown' }), 'settle'],
  ['given up', after(...SUBMITTED, SUCCEEDED, { type: 'given_up', refused: false }), 'settle'],
  ['running', after(...SUBMITTED), undefined],
  ['completed', after(...SUBMITTED, SUCCEEDED), undefined],
  ...FAILURES.map((failure) => {
    const paid = failure === 'deadline' || failure === 'no_pictures' || failure === 'unreadable';
    const job = after(...SUBMITTED, { type: 'failed', failure, reason: undefined });
    return [failure, job, paid ? 'settle' : 'release'] as const;
  }),
] as const)('what is reserved for a job that is %s', (_, job, expected) => {
  expect(settlement(job)).toBe(expected);
});

const events: fc.Arbitrary<JobEvent> = fc.oneof(
  fc.constantFrom<JobEvent>(
    { type: 'submitting' },
    { type: 'not_taken' },
    { type: 'started' },
    { type: 'missed' },
    { type: 'found' },
    { type: 'delivered' },
    { type: 'given_up', refused: false },
    { type: 'cancelled' },
    { type: 'unknown' },
  ),
  fc.record({ type: fc.constant('submitted' as const), requestId: fc.constantFrom('one', 'two') }),
  fc.record({ type: fc.constant('queued' as const), position: fc.option(fc.nat(20), { nil: undefined }) }),
  fc.record({
    type: fc.constant('succeeded' as const),
    images: fc.array(fc.webUrl(), { maxLength: 15 }),
    videos: fc.array(fc.webUrl(), { maxLength: 2 }),
  }),
  fc.record({
    type: fc.constant('posting' as const),
    number: fc.integer({ min: 1, max: 3 }),
    messageId: fc.option(fc.constant('9'), { nil: undefined }),
  }),
  fc.record({
    type: fc.constant('posted' as const),
    message: fc.record({
      number: fc.integer({ min: 1, max: 3 }),
      channelId: fc.constant('1'),
      messageId: fc.constant('2'),
      pictures: fc.array(fc.integer({ min: 1, max: 15 })),
    }),
  }),
  fc.record({
    type: fc.constant('failed' as const),
    failure: fc.constantFrom(...FAILURES),
    reason: fc.option(fc.string(), { nil: undefined }),
  }),
  fc.record({
    type: fc.constant('reopened' as const),
    reply: fc.constant(sampleJob().reply),
    deadline: fc.constant(NOON + 7_200_000),
  }),
);

/** States in which RunComfy has not been asked yet, or may have been without an answer. */
const BEFORE_SUBMIT = new Set<JobState['name']>(['reserved', 'submitting']);

/** Few of the orders come far by themselves: each stage is begun from, too. */
const begun: fc.Arbitrary<JobEvent[]> = fc.constantFrom(
  [],
  SUBMITTED,
  [...SUBMITTED, { type: 'started' }],
  [...SUBMITTED, SUCCEEDED],
);

test('in any order of events, a job keeps its request id, is never sent twice, and ends for good', () => {
  fc.assert(
    fc.property(begun, fc.array(events, { maxLength: 30 }), (before, sequence) => {
      let job = after(...before);
      let ended: 'settle' | 'release' | undefined;
      for (const [index, event] of sequence.entries()) {
        let next: Job;
        try {
          next = advance(job, event, NOON + index);
        } catch (error) {
          expect(error).toBeInstanceOf(TransitionError);
          continue;
        }
        const known = requestIdOf(job);
        if (known !== undefined) {
          expect(requestIdOf(next)).toBe(known);
          expect(BEFORE_SUBMIT.has(next.state.name)).toBe(false);
        }
        // What is paid stays paid; what was given back was never finished.
        if (ended !== undefined && isFinal(next)) expect(settlement(next)).toBe(ended);
        if (ended === 'release') expect(isFinal(next)).toBe(true);
        ended = settlement(next) ?? ended;
        expect(settlement(next) !== undefined).toBe(isFinal(next));
        expect(jobSchema.parse(JSON.parse(JSON.stringify(next)))).toEqual(next);
        job = next;
      }
    }),
    { numRuns: 500 },
  );
});
