/** Where the pictures of a job of several requests go as they come, and when they are posted. */
import { describe, expect, test } from 'vitest';
import { nextMessageNumber, picturesHeld, placesOf, untilFill } from '../../../src/services/delivery/gallery-state.ts';
import { advance, newJob, type Job, type JobEvent, type PostedMessage } from '../../../src/services/job/job.ts';
import { NOON, sampleJob } from '../../support/sample-job.ts';

const SECOND = 1000;

/** A job of a request a picture, all of them under way. */
function underWay(count: number, { spoiler = false } = {}): Job {
  const asked = newJob({ ...sampleJob(), count, spoiler }, { picturesPerRequest: 1 });
  const events = asked.requests.flatMap(({ number: request }): JobEvent[] => [
    { type: 'submitting', request },
    { type: 'submitted', requestId: `r${request}`, request },
    { type: 'started', request },
  ]);
  return then(asked, ...events);
}

function then(job: Job, ...events: JobEvent[]): Job {
  return events.reduce((so, event) => advance(so, event, NOON), job);
}

const made = (...pictures: number[]): JobEvent[] =>
  pictures.map((request) => ({ type: 'succeeded', images: [`https://a.example/${request}`], videos: [], request }));
const failed = (...pictures: number[]): JobEvent[] =>
  pictures.map((request) => ({ type: 'failed', failure: 'model', reason: undefined, request }));

/** A message that more can be added to. */
function message(number: number, ...pictures: number[]): PostedMessage {
  const files = pictures.map((picture) => ({ id: `f${picture}`, name: `${picture}.png` }));
  return { number, channelId: '1', messageId: `m${number}`, pictures, files };
}
const posted = (number: number, ...pictures: number[]) => ({
  type: 'posted' as const,
  message: message(number, ...pictures),
});

/** Where the next pictures go: to which message, whether it stands, and which. */
const places = (job: Job) =>
  placesOf(job).map(({ number, stands, waiting }) => [
    number,
    stands === undefined ? 'new' : stands.messageId,
    waiting,
  ]);

describe('the messages of a gallery', () => {
  test('are numbered on from the highest', () => {
    expect(nextMessageNumber(underWay(2))).toBe(1);
    const { gallery } = underWay(2);
    expect(nextMessageNumber({ gallery: { ...gallery, posted: [message(3, 1), message(2, 2)] } })).toBe(4);
  });

  test('hold what their files are called after, else what they were made from', () => {
    const job = sampleJob();
    expect(picturesHeld(job, [`seedream-${job.id}-4.png`, `SPOILER_seedream-${job.id}-2.jpg`], [1, 2])).toEqual([4, 2]);
    expect(picturesHeld(job, ['image0.png'], [1, 2])).toEqual([1, 2]);
  });
});

describe('a picture that came goes', () => {
  test('of a job of one request into the next message with the others that are missing', () => {
    const one = newJob({ ...sampleJob(), count: 3 }, { picturesPerRequest: 15 });
    expect(placesOf(one)).toEqual([]);
    const urls = ['https://a.example/1', 'https://a.example/2', 'https://a.example/3'];
    const whole = then(
      one,
      { type: 'submitting' },
      { type: 'submitted', requestId: 'r' },
      { type: 'succeeded', images: urls, videos: [] },
    );
    expect(places(whole)).toEqual([[1, 'new', [1, 2, 3]]]);
    expect(places(then(whole, { type: 'posted', message: { ...message(1, 1, 3), files: undefined } }))).toEqual([
      [2, 'new', [2]],
    ]);
    expect(places(then(whole, { type: 'posted', message: { ...message(1, 1, 2, 3), files: undefined } }))).toEqual([]);
  });

  test('of one request, after a message that was found, into the next; the found one may say that some are missing, and is shown once more', () => {
    const one = newJob({ ...sampleJob(), count: 2 }, { picturesPerRequest: 15 });
    const urls = ['https://a.example/1', 'https://a.example/2'];
    const whole = then(
      one,
      { type: 'submitting' },
      { type: 'submitted', requestId: 'r' },
      { type: 'succeeded', images: urls, videos: [] },
    );
    expect(places(then(whole, posted(1, 1)))).toEqual([
      [2, 'new', [2]],
      [1, 'm1', []],
    ]);
    expect(places(then(whole, posted(1, 1), posted(2, 2)))).toEqual([
      [1, 'm1', []],
      [2, 'm2', []],
    ]);
  });

  test('into the message that has its place, made or added to', () => {
    const some = then(underWay(12), ...made(3));
    expect(places(some)).toEqual([[1, 'new', [3]]]);
    expect(places(then(some, posted(1, 3), ...made(5, 1)))).toEqual([[1, 'm1', [1, 5]]]);
  });

  test('into a new one where none more can be added to', () => {
    const closed: JobEvent = { type: 'posted', message: { ...message(1, 3), files: undefined } };
    const some = then(underWay(4), ...made(3), closed, ...made(1));
    expect(places(some)).toEqual([[2, 'new', [1]]]);
  });

  test('nowhere yet while the message before its own is not full', () => {
    expect(places(then(underWay(12), ...made(8)))).toEqual([]);
    const five = then(underWay(12), ...made(1, 2, 3, 4, 5), posted(1, 1, 2, 3, 4, 5), ...made(8));
    expect(places(five)).toEqual([]);
    expect(places(then(five, ...made(6)))).toEqual([[1, 'm1', [6]]]);
    expect(places(then(five, ...made(6), posted(1, 1, 2, 3, 4, 5, 6)))).toEqual([[2, 'new', [8]]]);
  });

  test('into the next message as soon as what the one before still lacks will never be made', () => {
    const five = then(underWay(12), ...made(1, 2, 3, 4, 5), posted(1, 1, 2, 3, 4, 5), ...made(8), ...failed(6));
    expect(places(five)).toEqual([[2, 'new', [8]]]);
  });

  test('into the message whose making nobody answered, before any other is added to', () => {
    const begun = then(underWay(4), ...made(1), posted(1, 1), { type: 'posting', number: 2, messageId: undefined });
    expect(places(then(begun, ...made(2)))).toEqual([[2, 'new', [2]]]);
    const before = then(underWay(4), ...made(1), posted(1, 1), { type: 'posting', number: 1, messageId: 'm1' });
    expect(places(then(before, ...made(2)))).toEqual([[1, 'm1', [2]]]);
  });

  test('once all is over, at every place; and each message that stands is shown for the last time', () => {
    const ended = then(
      underWay(12),
      ...made(1, 2, 3, 4, 5, 6),
      posted(1, 1, 2, 3, 4, 5),
      ...made(7, 8, 9, 10, 11),
      ...failed(12),
    );
    expect(places(ended)).toEqual([
      [1, 'm1', [6]],
      [2, 'new', [7, 8, 9, 10, 11]],
      [1, 'm1', []],
    ]);
  });
});

describe('a spoiler that came', () => {
  test('waits for those before it, as a file that is added comes last', () => {
    const hidden = underWay(4, { spoiler: true });
    expect(places(then(hidden, ...made(2)))).toEqual([]);
    expect(places(then(hidden, ...made(1, 2, 4)))).toEqual([[1, 'new', [1, 2]]]);
    expect(places(then(hidden, ...failed(1), ...made(2)))).toEqual([[1, 'new', [2]]]);
  });

  test('is added where it comes after what stands, and else is posted by itself', () => {
    const ended = (...shown: number[]) => {
      const { gallery, ...job } = then(underWay(3, { spoiler: true }), ...made(1, 2, 3));
      return { ...job, gallery: { ...gallery, posted: [message(1, ...shown)] } };
    };
    expect(places(ended(1, 2))[0]).toEqual([1, 'm1', [3]]);
    expect(places(ended(2, 3))[0]).toEqual([2, 'new', [1]]);
    expect(places(ended(1, 3))[0], 'one between them that could not be had before').toEqual([2, 'new', [2]]);
  });
});

describe('the pictures that are there are posted', () => {
  const first = then(underWay(8), ...made(1));
  const filled = then(first, { ...posted(1, 1), edits: 3 });

  test('not while there are none, at once the first time', () => {
    expect(untilFill(underWay(8), NOON)).toBeUndefined();
    expect(untilFill(first, NOON)).toBe(0);
  });

  test('then with enough others that the posts that are left do for all, 3 s after the last one at the earliest', () => {
    // 7 pictures are left for 5 posts, as there were three edits before the first.
    expect(untilFill(then(filled, ...made(2)), NOON + SECOND)).toBeUndefined();
    const two = then(filled, ...made(2, 3));
    expect(untilFill(two, NOON + SECOND)).toBe(2 * SECOND);
    expect(untilFill(two, NOON + 5 * SECOND)).toBe(0);
    expect(untilFill(two, NOON - 60 * SECOND), 'a clock that was set back').toBe(3 * SECOND);
  });

  test('one by one where few are left, what fails being none of them', () => {
    expect(untilFill(then(filled, ...failed(3, 4), ...made(2)), NOON + 9 * SECOND)).toBe(0);
  });

  test.each([
    [8, 9],
    [15, 8],
  ])(
    'of %i as long as there were less than %i edits, as each message is edited once more at the end',
    (count, most) => {
      const { gallery, ...job } = then(
        underWay(count),
        ...made(...Array.from({ length: count - 1 }, (_, index) => index + 1)),
      );
      const after = (edits: number) => ({
        ...job,
        gallery: { ...gallery, filled: { times: edits, at: NOON - 9 * SECOND } },
      });
      expect(untilFill(after(most - 1), NOON), 'all that are to come are needed for the last').toBeUndefined();
      const all = then(underWay(count), ...made(...Array.from({ length: count }, (_, index) => index + 1)));
      const whole = (edits: number) => ({
        ...all,
        gallery: { ...all.gallery, filled: { times: edits, at: NOON - 9 * SECOND } },
      });
      expect(untilFill(whole(most - 1), NOON)).toBe(0);
      expect([most, most + 1].map((edits) => untilFill(whole(edits), NOON))).toEqual([undefined, undefined]);
    },
  );
});
