/** Pictures that one person alone saw are forgotten by Discord: they can be brought again. */
import { expect, test } from 'vitest';
import {
  advance,
  hasJustCome,
  isDeliverable,
  isForgettable,
  missingPictures,
  pictureUrl,
  videosOf,
} from '../../../src/services/job/job.ts';
import { NOON, sampleJob, type SampleChanges } from '../../support/sample-job.ts';

const MINUTE = 60_000;

/** Delivered in one message, in the channel that it was asked for in unless said otherwise. */
function delivered(changes: SampleChanges, channelId = sampleJob().channelId) {
  const posted = [{ number: 1, channelId, messageId: '1574318992691036161', pictures: [1, 2] }];
  const images = ['https://pictures.example/1.png', 'https://pictures.example/2.png'];
  return sampleJob({
    count: 2,
    finishedAt: NOON + MINUTE,
    endedAt: NOON + MINUTE,
    state: { name: 'delivered', requestId: 'r', images, videos: [], posted },
    ...changes,
  });
}

test('a private gallery is forgotten, a public one and a direct message are not', () => {
  expect(isForgettable(delivered({ private: true }))).toBe(true);
  expect(isForgettable(delivered({ private: false }))).toBe(false);
  expect(isForgettable(delivered({ private: true }, '1574318983924949999'))).toBe(false);
});

test('what has only just come is still there', () => {
  const job = delivered({ private: true });
  expect(hasJustCome(job, NOON + 1.5 * MINUTE)).toBe(true);
  expect(hasJustCome(job, NOON + 3 * MINUTE)).toBe(false);
  expect([2 * MINUTE - 1, 2 * MINUTE].map((after) => hasJustCome(job, NOON + after))).toEqual([true, false]);
});

test('what is missing of a gallery that stands can be asked for, not what is whole, removed or under way', () => {
  const { gallery, ...job } = delivered({});
  const [first] = gallery.posted;
  if (first === undefined) throw new TypeError('It has a message');
  const lacking = { ...gallery, posted: [{ ...first, pictures: [1] }] };
  expect(isDeliverable({ ...job, gallery: lacking })).toBe(true);
  expect(isDeliverable({ ...job, gallery })).toBe(false);
  expect(isDeliverable({ ...job, gallery: { ...gallery, posted: [] } })).toBe(false);
  expect(isDeliverable({ ...job, gallery: lacking, state: { name: 'in_progress' } })).toBe(false);
});

test('only of a job that is delivered messages are forgotten, those that everybody sees never, nor where none are left', () => {
  const { gallery, ...job } = delivered({ private: true });
  const lasting = gallery.posted.map((message) => ({ ...message, lasting: true as const }));
  expect(isForgettable({ ...job, gallery: { ...gallery, posted: lasting } })).toBe(false);
  expect(isForgettable({ ...job, gallery: { ...gallery, posted: [] }, reopenedAt: NOON })).toBe(false);
  expect(isForgettable({ ...job, gallery, state: { name: 'completed', givenUp: false } })).toBe(false);
  const sent = gallery.posted.map((message) => ({ ...message, number: 2, channelId: '1574318983924949999' }));
  expect(isForgettable({ ...job, gallery: { ...gallery, posted: [...gallery.posted, ...sent] } })).toBe(true);
  expect(isForgettable({ ...job, gallery: { ...gallery, posted: sent }, reopenedAt: NOON })).toBe(true);
});

test('a picture is where RunComfy has it, one that was not made nowhere; what is no picture is none', () => {
  const images = ['https://pictures.example/1.png'];
  const videos = ['https://pictures.example/2.mp4'];
  const job = delivered({ state: { name: 'delivered', requestId: 'r', images, videos, posted: [] } });
  expect([pictureUrl(job, 1), pictureUrl(job, 2)]).toEqual([images[0], '']);
  expect(videosOf(job)).toEqual(videos);
  expect(videosOf(sampleJob())).toEqual([]);
});

test('asked for again, all of it is brought to the new reply, and the old messages count no more', () => {
  const reply = { ...sampleJob().reply, token: 'another-token' };
  const at = NOON + 10 * MINUTE;
  const again = advance(delivered({ private: true }), { type: 'reopened', reply, deadline: at + MINUTE }, at);
  expect(again.state).toEqual({ name: 'completed', givenUp: false });
  expect(missingPictures(again)).toEqual([1, 2]);
  expect(() => advance(delivered({ private: false }), { type: 'reopened', reply, deadline: at + MINUTE }, at)).toThrow(
    'cannot be reopened',
  );
});

test('asked for again after a public gallery lacked some, only those are brought that one person alone saw', () => {
  const reply = { ...sampleJob().reply, token: 'another-token' };
  const publicly = delivered({ private: false });
  const [first] = publicly.gallery.posted;
  if (first === undefined) throw new TypeError('It has a message');
  const lacking = { ...publicly, gallery: { ...publicly.gallery, posted: [{ ...first, pictures: [1] }] } };
  const deadline = NOON + 20 * MINUTE;
  const reopened = advance(lacking, { type: 'reopened', reply, deadline }, NOON + 10 * MINUTE);
  expect(missingPictures(reopened)).toEqual([2]);
  const message = { ...first, messageId: '1574318992691036162', pictures: [2] };
  const posted = advance(reopened, { type: 'posted', message }, NOON + 11 * MINUTE);
  const whole = advance(posted, { type: 'delivered' }, NOON + 11 * MINUTE);
  expect(isForgettable(whole)).toBe(true);
  expect(missingPictures(advance(whole, { type: 'reopened', reply, deadline }, NOON + 15 * MINUTE))).toEqual([2]);
});
