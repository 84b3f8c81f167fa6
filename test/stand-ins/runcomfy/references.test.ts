/** References: the stand-in fetches each address itself, refuses what the page says, and draws them into the results. */
import sharp from 'sharp';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { claimSize } from '../../../playground/runcomfy/pictures/png.ts';
import type { RunComfyStandIn, StandInEvent } from '../../../playground/runcomfy/stand-in.ts';
import { about, begin, submit, submitted } from './client.ts';
import { createPictureServer, solid, type PictureServer } from './picture-server.ts';

const EDIT_4_0 = '/models/bytedance/seedream-4-0/edit-sequential';
const EDIT_4_5 = '/models/bytedance/seedream-4-5/edit-sequential';
const PRO = '/models/bytedance/seedream-5.0-pro/image-to-image';

const edit = (images: string[]) => ({
  images,
  text: 'Generate 2 images: make it blue',
  sequential_image_generation_options: 2,
});

async function download(url = ''): Promise<{ type: unknown; bytes: Buffer }> {
  const answer = await request(url);
  return { type: answer.headers['content-type'], bytes: Buffer.from(await answer.body.arrayBuffer()) };
}

/** The colour of a spot of a picture. */
async function colourAt(picture: Buffer, left: number, top: number): Promise<number[]> {
  const spot = await sharp(picture).extract({ left, top, width: 8, height: 8 }).png().toBuffer();
  const { channels } = await sharp(spot).stats();
  return channels.slice(0, 3).map(({ mean }) => Math.round(mean));
}

/** Ends a job as soon as it can end. */
async function end(standIn: RunComfyStandIn, id: string): Promise<void> {
  standIn.finish(id);
  await expect.poll(() => standIn.job(id).finishedAt).toBeDefined();
}

/** Both servers, and a red reference. */
async function stage(options: Parameters<typeof begin>[0] = {}): Promise<[RunComfyStandIn, PictureServer]> {
  const [standIn, host] = await Promise.all([begin({ held: true, ...options }), createPictureServer()]);
  host.files['/red.png'] = { body: await solid('png') };
  host.files['/green.jpg'] = { body: await solid('jpeg', { background: '#00ff00' }) };
  return [standIn, host];
}

describe('references', () => {
  it.each(['plain', 'drawn'] as const)(
    'are fetched without a secret and lie on every picture (%s)',
    async (pictures) => {
      const [standIn, host] = await stage({ pictures });
      const seen: StandInEvent[] = [];
      standIn.on((event) => seen.push(event));
      const id = await submitted(standIn, edit([host.at('/red.png'), host.at('/green.jpg?ex=1')]), EDIT_4_0);
      expect(host.seen).toEqual([]);
      host.files['/green.jpg?ex=1'] = host.files['/green.jpg'] ?? {};
      await end(standIn, id);
      expect(host.seen).toHaveLength(2);
      for (const headers of host.seen) {
        expect(headers).not.toHaveProperty('authorization');
        expect(headers).not.toHaveProperty('cookie');
      }
      expect(seen).toContainEqual(
        expect.objectContaining({ type: 'references', requestId: id, count: 2, problem: undefined }),
      );
      // In the middle 1397 pixels of 2560, a margin of 56 above, photos of 446 with a gap of 56.
      for (const url of standIn.job(id).images) {
        const { bytes } = await download(url);
        const [[red = 0, notGreen = 0], [notRed = 0, green = 0]] = [
          await colourAt(bytes, 806 + 223, 56 + 223),
          await colourAt(bytes, 806 + 502 + 223, 56 + 223),
        ];
        expect([red > 240, notGreen < 15, notRed < 15, green > 240]).toEqual([true, true, true, true]);
      }
      expect([standIn.billedImages, standIn.violations]).toEqual([2, []]);
    },
  );

  it('ten of them are all on a picture, in their order', async () => {
    const [standIn, host] = await stage();
    const reds = Array.from({ length: 10 }, (_, index) => 70 + index * 20);
    for (const [index, red] of reds.entries()) {
      const hex = `#${red.toString(16).padStart(2, '0')}0000`;
      host.files[`/${index}.png`] = { body: await solid('png', { background: hex }) };
    }
    const id = await submitted(standIn, edit(reds.map((_, index) => host.at(`/${index}.png`))), EDIT_4_0);
    await end(standIn, id);
    expect(standIn.job(id).references.map(({ address }) => address)).toEqual(
      reds.map((_, index) => host.at(`/${index}.png`)),
    );
    const { bytes } = await download(standIn.job(id).images[0]);
    // Two rows of photos of 212 pixels with a gap of 56.
    for (const [index, red] of reds.entries()) {
      const [left, top] = [638 + (index % 5) * 268 + 106, 56 + Math.floor(index / 5) * 268 + 106];
      expect(Math.abs(((await colourAt(bytes, left, top))[0] ?? 0) - red)).toBeLessThan(6);
    }
  });

  it('are the measure of a picture whose ratio is left to them, which comes as PNG', async () => {
    const [standIn, host] = await stage();
    const body = { prompt: 'bluer', aspect_ratio: 'auto', resolution: '1K', image: [host.at('/red.png')] };
    const id = await submitted(standIn, body, PRO);
    await end(standIn, id);
    const [url = ''] = standIn.job(id).images;
    expect(new URL(url).pathname).toMatch(/\.png$/);
    const { type, bytes } = await download(url);
    expect(type).toBe('image/png');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 1456, height: 720 });
  });

  it('keep their job from ending before they were read', async () => {
    const [standIn, host] = await stage({ held: false, speed: 1e9 });
    const id = await submitted(standIn, edit([host.at('/red.png')]), EDIT_4_0);
    expect(standIn.job(id).state).toBe('in_progress');
    await expect.poll(() => standIn.job(id).state).toBe('succeeded');
    expect(standIn.job(id).references).toHaveLength(1);
  });

  it('that expire while the job waits fail it, and it costs nothing', async () => {
    const [standIn, host] = await stage();
    const id = await submitted(standIn, edit([host.at('/red.png')]), EDIT_4_0);
    expect(standIn.billedImages).toBe(2);
    host.files['/red.png'] = { status: 403 };
    standIn.start(id);
    await expect.poll(() => standIn.job(id).state).toBe('failed');
    expect((await about(standIn, id, 'status')).body).toMatchObject({ status: 'completed' });
    expect((await about(standIn, id, 'result')).body).toMatchObject({
      status: 'failed',
      error: 'Image 1: Failed to fetch the image: HTTP 403.',
    });
    expect(standIn.billedImages).toBe(0);
  });

  const MEGABYTE = 1024 * 1024;
  const unusable: [string, string, () => Promise<Buffer>, string][] = [
    ['no picture', EDIT_4_0, () => Promise.resolve(Buffer.from('<html>')), 'The image format is not supported.'],
    ['a kind that upstream does not take', EDIT_4_0, () => solid('avif'), 'The image format is not supported.'],
    ['WebP where the page says jpeg or png', EDIT_4_5, () => solid('webp'), 'The image format is not supported.'],
    ['half a picture', EDIT_4_0, async () => (await solid('jpeg')).subarray(0, -40), 'The image is damaged.'],
    [
      'more than 10 MB',
      EDIT_4_0,
      () => Promise.resolve(Buffer.alloc(10 * MEGABYTE + 1)),
      'File size must be less than 10 MB.',
    ],
    [
      '14 pixels',
      EDIT_4_0,
      () => solid('png', { width: 14 }),
      'The uploaded image width and height must exceed 14 pixels.',
    ],
    [
      'a ratio of 17:1',
      EDIT_4_0,
      () => solid('png', { width: 340, height: 20 }),
      'The aspect ratio range should be 1:16 to 16:1.',
    ],
    [
      'more than 36 megapixels',
      EDIT_4_0,
      async () => claimSize(await solid('png'), 6001, 6000),
      'The image has too many pixels.',
    ],
  ];
  it.each(unusable)('%s is refused by %s', async (_, model, file, sentence) => {
    const [standIn, host] = await stage();
    host.files['/bad'] = { body: await file() };
    const body = model === EDIT_4_0 ? edit([host.at('/red.png'), host.at('/bad')]) : undefined;
    const sent = body ?? {
      images: [host.at('/red.png'), host.at('/bad')],
      prompt: 'a cat',
      sequential_image_generation_options: 1,
    };
    const id = await submitted(standIn, sent, model);
    await end(standIn, id);
    expect(standIn.job(id)).toMatchObject({ state: 'failed', error: `Image 2: ${sentence}`, billed: false });

    await standIn.setBehaviour({ referencesReadAt: 'submit' });
    const refused = await submit(standIn, sent, model);
    expect(refused).toMatchObject({ status: 422, body: { error_code: 422001, error_message: `Image 2: ${sentence}` } });
    expect([standIn.submits, standIn.violations]).toEqual([1, []]);
  });

  it('of 16:1 and of 10 MB are taken, and WebP where upstream takes it', async () => {
    const [standIn, host] = await stage({ referencesReadAt: 'submit' });
    host.files['/long.webp'] = { body: await solid('webp', { width: 320, height: 20 }) };
    const png = await solid('png');
    host.files['/heavy.png'] = { body: Buffer.concat([png, Buffer.alloc(10 * MEGABYTE - 1 - png.length)]) };
    const { status } = await submit(standIn, edit([host.at('/long.webp'), host.at('/heavy.png')]), EDIT_4_0);
    expect(status).toBe(200);
    expect(standIn.jobs[0]?.references).toMatchObject([{ width: 320, height: 20 }, { bytes: 10 * MEGABYTE - 1 }]);
  });

  it('at an address where nobody answers fail the job', async () => {
    const [standIn] = await stage();
    const id = await submitted(standIn, edit(['http://127.0.0.1:9/a.png']), EDIT_4_0);
    await end(standIn, id);
    expect(standIn.job(id).error).toBe('Image 1: Failed to fetch the image: it cannot be reached.');
  });
});

describe('a model that makes one picture', () => {
  const LITE = '/models/bytedance/seedream-5/lite/text-to-image';

  it('makes a grid of five where the text asks for five, and bills one', async () => {
    const standIn = await begin({ held: true });
    const id = await submitted(standIn, { prompt: 'Generate 5 images of cats' }, LITE);
    await end(standIn, id);
    expect(standIn.job(id).input).toMatchObject({ images: 1, views: 5 });
    const { bytes } = await download(standIn.job(id).images[0]);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 2048, height: 2048 });
    // Three in a row of 2048 pixels, and no sixth: the ground shows between them and in its place.
    const dark = async (left: number, top: number) => Math.max(...(await colourAt(bytes, left, top))) < 40;
    expect([await dark(671, 300), await dark(1700, 1500), await dark(300, 300)]).toEqual([true, true, false]);
    expect(standIn.billedImages).toBe(1);
  });

  it.each(['Generate 1 image of five cats', 'cats', 'una foto'])('makes one view of "%s"', async (prompt) => {
    const standIn = await begin({ held: true });
    const id = await submitted(standIn, { prompt }, LITE);
    expect(standIn.job(id).input.views).toBe(1);
  });
});

describe('PNG', () => {
  it('is damaged, cut, and larger than it is where that is ordered, and padded', async () => {
    const standIn = await begin({ held: true, pictureBytes: 300_000 });
    const id = await submitted(standIn, { prompt: 'a cat' }, '/models/bytedance/seedream-5.0-pro/text-to-image');
    standIn.finish(id);
    const [url = ''] = standIn.job(id).images;
    const whole = (await download(url)).bytes;
    expect(whole.length).toBe(300_000);
    expect((await sharp(whole, { failOn: 'warning' }).stats()).isOpaque).toBe(true);
    standIn.failNext({ call: 'asset', kind: 'damaged' });
    await expect(sharp((await download(url)).bytes, { failOn: 'warning' }).stats()).rejects.toThrow();
    standIn.failNext({ call: 'asset', kind: 'bomb' });
    const bomb = (await download(url)).bytes;
    expect(await sharp(bomb, { limitInputPixels: false }).metadata()).toMatchObject({ width: 65_500, height: 65_500 });
    standIn.failNext({ call: 'asset', kind: 'truncated' });
    await expect(download(url)).rejects.toThrow();
  });
});
