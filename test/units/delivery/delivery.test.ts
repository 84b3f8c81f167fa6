/** Pictures that cannot be had: the others do not wait for long, and what is missing is said. */
import { expect, test } from 'vitest';
import sharp from 'sharp';
import { systemClock } from '../../../src/services/clock.ts';
import { createDelivery } from '../../../src/services/delivery/delivery.ts';
import { createPostGallery } from '../../../src/services/lifecycle/step/post-gallery.ts';
import { advance, missingPictures, type Job, type JobEvent } from '../../../src/services/job/job.ts';
import { createLog } from '../../../src/services/log.ts';
import type { ReplyMessage } from '../../../src/services/messages/messages.ts';
import { PictureError } from '../../../src/services/pictures/download.ts';
import type { Picture } from '../../../src/services/pictures/picture.ts';
import { ReplyTooLarge, ReplyTrouble, type Reply } from '../../../src/services/discord/reply.ts';
import { pictureOf } from '../../support/picture.ts';
import { NOON, sampleJob, type SampleState } from '../../support/sample-job.ts';
import { createWrittenModels } from '../../support/written-models.ts';

const HOST = 'https://pictures.example';
const log = createLog({ level: 'silent', secrets: [] });

function completed(count: number): Job {
  const images = Array.from({ length: count }, (_, index) => `${HOST}/${index + 1}.jpg`);
  const state: SampleState = {
    name: 'completed',
    requestId: 'r',
    images,
    videos: [],
    posted: [],
    givenUp: false,
  };
  return sampleJob({ count, finishedAt: NOON, state });
}

/** Any whole picture will do: nothing is decoded unless a file is too large. */
const JPEG = pictureOf(Buffer.alloc(1000, 1), { format: 'jpeg', width: 10, height: 10 });

/** A delivery at a moment that the test sets, with what it posts. */
function createDeliveryAt({
  download,
  refuse = () => undefined,
  allows = () => true,
}: {
  download: (number: number) => Picture | PictureError;
  refuse?: (message: ReplyMessage) => Error | undefined;
  allows?: (url: string) => boolean;
}) {
  const barred: string[] = [];
  let now = NOON;
  const posts: { number: number; message: ReplyMessage }[] = [];
  const reply: Pick<Reply, 'amend' | 'find' | 'open' | 'plan' | 'post'> = {
    amend: () => Promise.reject(new Error('A job of one request adds to no message')),
    plan: (_job, number) => ({
      ...(number === 1 ? { kind: 'edit' } : { kind: 'create', mayExist: false }),
      fileLimit: 10 * 1024 * 1024,
    }),
    open: () => Promise.resolve(undefined),
    find: () => Promise.resolve(undefined),
    post(job, number, _way, message) {
      const refusal = refuse(message);
      if (refusal !== undefined) return Promise.reject(refusal);
      posts.push({ number, message });
      const files = (message.files ?? []).map(({ name }) => name);
      return Promise.resolve({ channelId: job.channelId, messageId: String(number), files });
    },
  };
  const downloads = {
    allows,
    download(url: string) {
      const number = Number(/(\d+)\.jpg$/.exec(url)?.[1]);
      const picture = download(number);
      return picture instanceof PictureError ? Promise.reject(picture) : Promise.resolve(picture);
    },
  };
  const delivery = createDelivery({
    downloads,
    models: createWrittenModels(),
    onNotAllowed: (url) => barred.push(url),
    clock: { ...systemClock, now: () => now },
    log,
  });
  const postGallery = createPostGallery({ reply, log });
  /** A step's journal that nothing is written from. */
  const journalOf = (job: Job) => ({
    job,
    claim: undefined,
    confirm: () => Promise.resolve(),
    note: (event: JobEvent) => advance(job, event, now),
    announce(event: JobEvent) {
      return this.record(event);
    },
    record(event: JobEvent) {
      this.job = advance(this.job, event, now);
      return Promise.resolve(this.job);
    },
  });
  return {
    posts,
    barred,
    deliver: async (job: Job, afterMs: number, quiet = Promise.resolve({ edits: 0 })) => {
      now = NOON + afterMs;
      const gallery = await delivery.begin();
      try {
        const journal = journalOf(job);
        const left = await postGallery(journal, gallery, { quiet, last: false, making: false });
        const missing = left?.why === 'unavailable' ? left.missing : [];
        const hopeless = missing.every(({ because }) => because !== 'awaited');
        return { job: journal.job, left, hopeless, missing: missingPictures(journal.job) };
      } finally {
        gallery.end();
      }
    },
    numbers: () =>
      posts.map(({ message }) => (message.files ?? []).map(({ name }) => Number(/-(\d+)\.jpg$/.exec(name)?.[1]))),
  };
}

const gone = new PictureError('gone', 'The host answered 404');

test('a picture that is gone holds up the others for 20 seconds, then they are posted in order and it is said', async () => {
  const { deliver, posts, numbers } = createDeliveryAt({ download: (number) => (number === 2 ? gone : JPEG) });
  const early = await deliver(completed(4), 19_999);
  expect(posts).toEqual([]);
  expect(early).toMatchObject({ missing: [1, 2, 3, 4], hopeless: false });
  const late = await deliver(completed(4), 20_000);
  expect(numbers()).toEqual([[1, 3, 4]]);
  expect(posts[0]?.message.content).toMatch(
    /^1 picture could not be fetched yet\. I keep trying, and give up <t:\d+:R>\.$/,
  );
  expect(posts[0]?.message.embeds[0]?.footer?.text).toMatch(/^3 of 4 · /);
  expect(late).toMatchObject({ missing: [2], hopeless: false });
});

test('a picture that comes after all is posted by itself', async () => {
  let here = false;
  const { deliver, numbers, posts } = createDeliveryAt({ download: (number) => (number === 2 && !here ? gone : JPEG) });
  const { job } = await deliver(completed(4), 20_000);
  here = true;
  expect(await deliver(job, 60_000)).toMatchObject({ missing: [] });
  expect(numbers()).toEqual([[1, 3, 4], [2]]);
  expect(posts[1]?.number).toBe(2);
  expect(posts[1]?.message.embeds[0]?.description).toMatch(/ · Picture 2$/);
  expect(posts[1]?.message.embeds[0]?.footer?.text).toBe('4 of 4');
});

test('a picture that may never be fetched holds up nothing', async () => {
  const { deliver, numbers } = createDeliveryAt({
    download: (number) => (number === 1 ? new PictureError('not_allowed', 'Another host') : JPEG),
  });
  expect(await deliver(completed(3), 0)).toMatchObject({ missing: [1], hopeless: true });
  expect(numbers()).toEqual([[2, 3]]);
});

test('without any picture nothing is posted', async () => {
  const { deliver, posts } = createDeliveryAt({ download: () => gone });
  expect(await deliver(completed(2), 60_000)).toMatchObject({ missing: [1, 2] });
  expect(posts).toEqual([]);
});

test('a gap in a long gallery is filled by what follows it, without a picture twice', async () => {
  const { deliver, numbers } = createDeliveryAt({ download: (number) => (number === 3 ? gone : JPEG) });
  const { missing } = await deliver(completed(15), 20_000);
  expect(missing).toEqual([3]);
  expect(numbers().flat()).toEqual([1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  expect(numbers().every((message) => message.length <= 10)).toBe(true);
});

test('a picture that Discord cannot be given is linked at once, is not fetched again, and holds up nothing', async () => {
  const damaged = new PictureError('not_a_picture', 'Not a whole JPEG, PNG or WebP');
  const fetched: number[] = [];
  const { deliver, numbers, posts } = createDeliveryAt({
    download: (number) => {
      fetched.push(number);
      return number === 2 ? damaged : JPEG;
    },
  });
  expect(await deliver(completed(4), 0)).toMatchObject({ missing: [2], hopeless: true });
  expect(numbers()).toEqual([[1, 3, 4]]);
  expect(posts[0]?.message.content).toBe(`1 picture cannot be shown by Discord as it is: [2](<${HOST}/2.jpg>)`);
  expect(fetched.filter((number) => number === 2).length).toBeLessThanOrEqual(2);
});

test('what is no picture at all may be a page about trouble that passes: it is waited for', async () => {
  const page = new PictureError('not_a_picture', 'Not a whole JPEG, PNG or WebP', { isForeign: true });
  const { deliver, posts } = createDeliveryAt({ download: (number) => (number === 2 ? page : JPEG) });
  expect(await deliver(completed(4), 0)).toMatchObject({ missing: [1, 2, 3, 4], hopeless: false });
  expect(posts).toEqual([]);
});

test('a picture that cannot be made lighter is linked, and the others are posted', async () => {
  const broken = pictureOf(Buffer.alloc(11 * 1024 * 1024, 1), { format: 'webp', width: 10, height: 10 });
  const { deliver, numbers, posts } = createDeliveryAt({ download: (number) => (number === 1 ? broken : JPEG) });
  expect(await deliver(completed(3), 0)).toMatchObject({ missing: [1], hopeless: true });
  expect(numbers()).toEqual([[2, 3]]);
  expect(posts[0]?.message.content).toContain('cannot be shown by Discord as it is: [1]');
});

test('nobody is given a link to a host that is not allowed', async () => {
  const { deliver, posts, barred } = createDeliveryAt({
    download: (number) => (number === 1 ? new PictureError('not_allowed', 'Another host') : JPEG),
    allows: (url) => !url.endsWith('/1.jpg'),
  });
  expect(await deliver(completed(3), 0)).toMatchObject({ missing: [1], hopeless: true });
  expect(posts[0]?.message.content).toContain('is on a host that I may not fetch from');
  expect(posts[0]?.message.content).not.toContain(HOST);
  expect(new Set(barred)).toEqual(new Set([`${HOST}/1.jpg`]));
});

test('the next message is fetched while one is posted, where one message would hold both', async () => {
  const fetchedAt: number[] = [];
  for (const bytes of [Buffer.alloc(1000, 1), Buffer.alloc(3 * 1024 * 1024)]) {
    const fetched = new Set<number>();
    const { deliver, numbers } = createDeliveryAt({
      download: (number) => {
        fetched.add(number);
        return pictureOf(bytes, JPEG);
      },
      refuse: () => {
        fetchedAt.push(fetched.size);
        return undefined;
      },
    });
    expect(await deliver(completed(12), 0)).toMatchObject({ missing: [] });
    expect(numbers().flat()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  }
  // Two messages of six: the second's first five are under way when the first is posted, but not where six weigh 18 MiB.
  expect(fetchedAt).toEqual([11, 12, 6, 12]);
});

test('no picture is fetched for a message that has no room left for it', async () => {
  const fetched: number[] = [];
  const { deliver, numbers } = createDeliveryAt({
    download: (number) => {
      fetched.push(number);
      return pictureOf(Buffer.alloc(4_000_000), JPEG);
    },
  });
  expect(await deliver(completed(15), 0)).toMatchObject({ missing: [] });
  expect(numbers()).toEqual([
    [1, 2, 3, 4, 5, 6],
    [7, 8, 9, 10, 11, 12],
    [13, 14, 15],
  ]);
  expect(fetched).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
});

test('the reply is not edited before it may be', async () => {
  const { deliver, posts } = createDeliveryAt({ download: () => JPEG });
  const { promise: quiet, resolve } = Promise.withResolvers<{ edits: number }>();
  const delivering = deliver(completed(1), 0, quiet);
  await new Promise((next) => setImmediate(next));
  expect(posts).toEqual([]);
  resolve({ edits: 0 });
  await delivering;
  expect(posts).toHaveLength(1);
});

test('files that Discord finds too large after all are made lighter until it takes them', async () => {
  const size = 1600;
  const noise = { width: size, height: size, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 60 } } as const;
  const bytes = await sharp({ create: { ...noise, background: '#000000' } })
    .jpeg({ quality: 98 })
    .toBuffer();
  const heavy = pictureOf(bytes, { format: 'jpeg', width: size, height: size });
  const takes = 2 * 1024 * 1024;
  const weight = (message: ReplyMessage) =>
    Math.max(...(message.files ?? []).map(({ data }) => Buffer.concat(data).length));
  expect(bytes.length).toBeGreaterThan(takes);
  const { deliver, posts } = createDeliveryAt({
    download: () => heavy,
    refuse: (message) => (weight(message) > takes ? new ReplyTooLarge() : undefined),
  });
  expect(await deliver(completed(1), 0)).toMatchObject({ missing: [] });
  expect(posts.map(({ message }) => weight(message) <= takes)).toEqual([true]);
  expect(posts[0]?.message.content).toContain(`[1](<${HOST}/1.jpg>)`);
});

test('what Discord does not take now is neither written down nor lost', async () => {
  let down = true;
  const { deliver, numbers } = createDeliveryAt({
    download: () => JPEG,
    refuse: () => (down ? new ReplyTrouble('Discord is down') : undefined),
  });
  const job = completed(2);
  await expect(deliver(job, 0)).rejects.toThrow(ReplyTrouble);
  down = false;
  expect(await deliver(job, 1000)).toMatchObject({ missing: [] });
  expect(numbers()).toEqual([[1, 2]]);
});
