/** What happens to a job's gallery: what stands in Discord, what may stand, and what its requester asked for again. */
import { describe, expect, test } from 'vitest';
import { advance, newJob, type Job, type JobEvent, type PostedMessage } from '../../../src/services/job/job.ts';
import { TransitionError } from '../../../src/services/job/transitions.ts';
import type { Reference } from '../../../src/services/references/references.ts';
import { NOON, sampleJob } from '../../support/sample-job.ts';

const message = (number: number, ...pictures: number[]): PostedMessage => ({
  number,
  channelId: '1',
  messageId: `m${number}`,
  pictures,
});
const posted = (number: number, ...pictures: number[]): JobEvent => ({
  type: 'posted',
  message: message(number, ...pictures),
});

/** The job after these events, a second apart. */
const then = (job: Job, ...events: JobEvent[]): Job =>
  events.reduce((so, event, index) => advance(so, event, NOON + 1000 * (index + 1)), job);
const made = (request: number, ...images: string[]): JobEvent[] => [
  { type: 'submitting', request },
  { type: 'submitted', requestId: `r${request}`, request },
  { type: 'succeeded', images, videos: [], request },
];

const completed = then(sampleJob({ count: 2 }), ...made(1, 'a', 'b'));
const twoRequests = newJob({ ...sampleJob(), count: 2 }, { picturesPerRequest: 1 });
const filling = then(twoRequests, ...made(1, 'a'));

describe('the message that is about to be made', () => {
  test('is written, with its id where it stands empty, until it is posted', () => {
    const { gallery } = then(completed, { type: 'posting', number: 1, messageId: undefined });
    expect(gallery.posting).toStrictEqual({ number: 1 });
    const empty = then(completed, { type: 'posting', number: 1, messageId: 'm1' });
    expect(empty.gallery.posting).toStrictEqual({ number: 1, messageId: 'm1' });
    expect(then(empty, posted(1, 1)).gallery.posting).toBeUndefined();
  });

  test('is still looked for when another one is posted', () => {
    const begun = then(completed, { type: 'posting', number: 2, messageId: undefined });
    expect(then(begun, posted(1, 1)).gallery.posting).toEqual({ number: 2 });
    expect(then(begun, posted(1, 1), { type: 'delivered' }).gallery.posting).toBeUndefined();
  });
});

test('messages stand in their order, whenever they were posted', () => {
  expect(then(completed, posted(2, 2), posted(1, 1)).gallery.posted).toEqual([message(1, 1), message(2, 2)]);
  const three = then(completed, posted(3, 2), posted(1, 1), posted(2, 2));
  expect(three.gallery.posted.map(({ number }) => number)).toEqual([1, 2, 3]);
});

describe('while other pictures are being made', () => {
  test('posts are counted, and when the last one was; those after the end are not', () => {
    expect(filling.gallery.filled).toBeUndefined();
    const once = then(filling, posted(1, 1));
    expect(once.gallery.filled).toEqual({ times: 1, at: NOON + 1000 });
    const twice = then(filling, posted(1, 1), posted(1, 1));
    expect(twice.gallery.filled).toEqual({ times: 2, at: NOON + 2000 });
    expect(then(once, ...made(2, 'b'), posted(1, 1, 2)).gallery.filled).toEqual({ times: 1, at: NOON + 1000 });
    expect(then(completed, posted(1, 1)).gallery).not.toHaveProperty('filled');
  });

  test('nothing is posted before there is a picture, and nothing delivered or given up', () => {
    const waiting = then(twoRequests, ...made(1, 'a').slice(0, 2), { type: 'started', request: 1 });
    for (const event of [posted(1, 1), { type: 'posting', number: 1, messageId: undefined } as const]) {
      expect(() => then(waiting, event)).toThrow(TransitionError);
      expect(() => then(twoRequests, event)).toThrow(TransitionError);
    }
    expect(() => then(filling, { type: 'delivered' })).toThrow(TransitionError);
    expect(() => then(filling, { type: 'given_up', refused: false })).toThrow(TransitionError);
  });
});

test('nothing more happens to a gallery that was delivered', () => {
  const delivered = then(completed, posted(1, 1, 2), { type: 'delivered' });
  expect(() => then(delivered, posted(2, 1))).toThrow('A job that is delivered cannot be posted');
  expect(() => then(delivered, { type: 'given_up', refused: false })).toThrow(TransitionError);
});

test('one that is given up says whether Discord refused it; delivered after all, it says neither', () => {
  expect(then(completed, { type: 'given_up', refused: false }).state).toEqual({ name: 'completed', givenUp: true });
  const refused = then(completed, { type: 'given_up', refused: true });
  expect(refused.state).toEqual({ name: 'completed', givenUp: true, refused: true });
  const after = then(refused, posted(1, 1, 2), { type: 'delivered' });
  expect(after.gallery).toMatchObject({ givenUp: false, delivered: true });
  expect(after.gallery.refused).toBeUndefined();
});

test('a job ended when it did for the first time', () => {
  expect(completed.endedAt).toBeUndefined();
  const givenUp = then(completed, { type: 'given_up', refused: false });
  expect(givenUp.endedAt).toBe(NOON + 1000);
  expect(advance(givenUp, { type: 'delivered' }, NOON + 9000).endedAt).toBe(NOON + 1000);
});

describe('asked for again', () => {
  const reply = { ...sampleJob().reply, token: 'another-token' };
  const reopened: JobEvent = { type: 'reopened', reply, deadline: NOON + 99_000 };
  const again = (job: Job) => advance(job, reopened, NOON + 60_000);

  test('what was given up whole is brought to the new reply alone, for as long as that has', () => {
    const job = again(then(completed, { type: 'given_up', refused: true }));
    expect(job).toMatchObject({ private: true, reply, deadline: NOON + 99_000, reopenedAt: NOON + 60_000 });
    expect(job.gallery).toStrictEqual({ posted: [], givenUp: false, delivered: false });
  });

  test('messages that everybody sees stay, as lasting ones; that nothing is known to stand and unknown is not said', () => {
    const job = again(then(completed, posted(1, 1), { type: 'given_up', refused: false }));
    expect(job.gallery).toStrictEqual({
      earlier: [{ ...message(1, 1), lasting: true }],
      posted: [],
      givenUp: false,
      delivered: false,
    });
  });

  test('what one person alone saw is brought anew, and that it may stand is known each time after', () => {
    const alone = then(sampleJob({ count: 2, private: true, channelId: '1' }), ...made(1, 'a', 'b'));
    const partly = again(then(alone, posted(1, 1), { type: 'given_up', refused: false }));
    expect(partly.gallery.earlier, 'it was seen just now').toEqual([message(1, 1)]);
    expect(partly.gallery).not.toHaveProperty('forgotten');
    const whole = then(alone, posted(1, 1, 2), { type: 'delivered' });
    const anew = again(whole);
    expect(anew.gallery).toStrictEqual({ posted: [], forgotten: true, givenUp: false, delivered: false });
    const givenUp = again(then(anew, { type: 'given_up', refused: false }));
    expect(givenUp.gallery).toMatchObject({ forgotten: true });
  });

  test('what is under way or stands for everybody is not brought again', () => {
    expect(() => again(completed)).toThrow(TransitionError);
    expect(() => again(then(completed, posted(1, 1, 2), { type: 'delivered' }))).toThrow(TransitionError);
  });
});

test('addresses are made fresh as long as something is still to be sent', () => {
  const [old, fresh] = ['old', 'fresh'].map((name): Reference => ({ url: `https://cdn.discordapp.com/${name}.png` }));
  if (old === undefined || fresh === undefined) throw new TypeError('There are two');
  const job = newJob({ ...sampleJob(), count: 2, references: [old] }, { picturesPerRequest: 1 });
  const event: JobEvent = { type: 'refreshed', references: [fresh] };
  const half = then(job, ...made(1, 'a'));
  expect(then(half, event)).toEqual({ ...half, references: [fresh] });
  expect(() => then(half, ...made(2, 'b'), event)).toThrow('A job that is completed cannot be refreshed');
});
