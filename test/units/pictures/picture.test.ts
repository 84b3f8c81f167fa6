import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { FILE_TYPES, fitPicture, type Picture } from '../../../src/services/pictures/picture.ts';
import { createFileChunks } from '../../../src/services/pictures/file-chunks.ts';
import { createStructureReader, PIXELS_MAX } from '../../../src/services/pictures/structure.ts';

const EOI = Buffer.from([0xff, 0xd9]);

/** Noise, so that the files are about as heavy as a generated picture's. */
function painting(width: number, height: number) {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#888', noise } });
}

const jpeg = await painting(640, 360).jpeg().toBuffer();
const progressive = await painting(640, 360).jpeg({ progressive: true }).toBuffer();
const png = await painting(640, 360).png().toBuffer();
const webp = await painting(640, 360).webp().toBuffer();
const lossless = await painting(640, 360).webp({ lossless: true }).toBuffer();
const animated = await sharp([webp, lossless], { join: { animated: true } })
  .webp()
  .toBuffer();
const realGif = await painting(64, 64).gif().toBuffer();
const tiff = await painting(64, 64).tiff().toBuffer();
const withAlpha = await painting(640, 360).ensureAlpha(0.5).webp().toBuffer();

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(8 + body.length);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), 4 + body.length);
  return framed;
}

/** A PNG whose checksums are right, whatever it says. */
function pngOf(width: number, height: number, data: Buffer): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A copy with the bytes from `start` to `end` (parts of the whole) given by `fill`. */
function damaged(bytes: Buffer, start: number, end: number, fill: (index: number) => number): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = Math.floor(bytes.length * start); at < Math.floor(bytes.length * end); at += 1) copy[at] = fill(at);
  return copy;
}

/** All that a picture must pass before it is posted, with bytes that come a few at a time. */
function checkPicture(bytes: Buffer, atATime = 64 * 1024): Picture {
  const reader = createStructureReader();
  const file = createFileChunks();
  for (let there = 0; there < bytes.length; there += atATime) {
    const chunk = bytes.subarray(there, there + atATime);
    file.add(chunk);
    reader.read(chunk);
  }
  const { end, ...picture } = reader.end();
  return { ...picture, chunks: file.upTo(end), size: end };
}

const bytesOf = ({ chunks }: Picture) => Buffer.concat(chunks);

/** How many of a file's bytes are read before it is refused; all of them where that is at its end. */
function readUntilRefused(bytes: Buffer, atATime: number): number {
  const reader = createStructureReader();
  for (let there = atATime; there < bytes.length; there += atATime) {
    try {
      reader.read(bytes.subarray(there - atATime, there));
    } catch {
      return there;
    }
  }
  return bytes.length;
}

const cut = (bytes: Buffer, part: number) => bytes.subarray(0, Math.floor(bytes.length * part));
const garbage = (at: number) => (at * 2654435761) >>> 24;

describe('a whole picture passes', () => {
  test.each([
    ['a JPEG', jpeg, 'jpeg'],
    ['a progressive JPEG', progressive, 'jpeg'],
    ['a PNG', png, 'png'],
    ['a WebP', webp, 'webp'],
    ['a lossless WebP', lossless, 'webp'],
    ['a WebP with transparency', withAlpha, 'webp'],
  ])('%s, with its size', (_name, bytes, format) => {
    const picture = checkPicture(bytes);
    expect(picture).toMatchObject({ format, width: 640, height: 360 });
    expect(bytesOf(picture).equals(bytes)).toBe(true);
  });

  test.each([
    [1, 1],
    [7, 9],
    [2048, 2048],
    [3024, 1296],
  ])('%i x %i pixels', async (width, height) => {
    expect(checkPicture(await painting(width, height).jpeg().toBuffer())).toMatchObject({ width, height });
  });

  test('without what stands behind its end', () => {
    for (const bytes of [jpeg, png, webp]) {
      const picture = checkPicture(Buffer.concat([bytes, Buffer.from('<script>alert(1)</script>')]));
      expect(bytesOf(picture).equals(bytes)).toBe(true);
    }
  });
});

describe('what is no whole picture is refused', () => {
  const header = jpeg.indexOf(Buffer.from([0xff, 0xda])) + 14;
  const gif = Buffer.from('R0lGODlh//8AAIAAAP///wAAACwAAAAA//8AAAICRAEAOw==', 'base64');
  const damagedChecksum = damaged(png, 0.5, 0.5001, (at) => (png[at] ?? 0) ^ 1);
  const oddScan = Buffer.concat([
    jpeg.subarray(0, header + 100),
    Buffer.from([0xff, 0xd3]),
    jpeg.subarray(header + 102),
  ]);
  test.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['the first bytes of a JPEG alone', jpeg.subarray(0, 4)],
    ['a web page', Buffer.from('<!doctype html><title>403</title><p>Denied')],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['a GIF that claims 65535 x 65535', gif],
    ['a GIF', realGif],
    ['a TIFF', tiff],
    ['an animated WebP', animated],
    ['a JPEG signature with garbage', damaged(jpeg, 0.0005, 1, garbage)],
    ['a JPEG signature with garbage and an end', Buffer.concat([damaged(jpeg, 0.0005, 1, garbage), EOI])],
    ['a PNG signature with garbage', damaged(png, 0.001, 1, garbage)],
    ['a WebP signature with garbage', Buffer.concat([webp.subarray(0, 12), damaged(webp, 0, 1, garbage).subarray(12)])],
    ['a JPEG header alone', Buffer.concat([jpeg.subarray(0, header), EOI])],
    ['a JPEG half garbage', damaged(jpeg, 0.5, 0.99, garbage)],
    ['a JPEG with a restart out of place', oddScan],
    ['a PNG with one wrong bit', damagedChecksum],
  ])('%s', (_name, bytes) => {
    expect(() => checkPicture(bytes)).toThrow(expect.objectContaining({ name: 'PictureError', kind: 'not_a_picture' }));
  });

  test.each([
    ['JPEG', jpeg],
    ['progressive JPEG', progressive],
    ['PNG', png],
    ['WebP', webp],
    ['lossless WebP', lossless],
  ])('a %s cut anywhere', (_name, bytes) => {
    for (const part of [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.9999]) {
      expect(() => checkPicture(cut(bytes, part))).toThrow(expect.objectContaining({ kind: 'not_a_picture' }));
    }
    expect(() => checkPicture(bytes.subarray(0, -1))).toThrow(expect.objectContaining({ kind: 'not_a_picture' }));
  });

  test.each<[string, Buffer]>([
    ['a web page', Buffer.concat([Buffer.from('<!doctype html><title>Denied</title>'), Buffer.alloc(100_000, 32)])],
    ['a JPEG that is garbage from its middle on', damaged(jpeg, 0.5, 1, garbage)],
    ['a PNG with a wrong bit in its middle', damaged(png, 0.5, 0.5001, (at) => (png[at] ?? 0) ^ 1)],
    ['a WebP whose chunk claims more than the file has', damaged(webp, 16 / webp.length, 20 / webp.length, () => 255)],
    ['an animated WebP', animated],
    ['a PNG that claims 30000 x 30000', pngOf(30_000, 30_000, Buffer.alloc(100_000))],
  ])('before its end: %s', (_name, bytes) => {
    expect(readUntilRefused(bytes, 1000)).toBeLessThan(bytes.length - 1000);
  });
});

describe('a picture that is whole by its structure but damaged inside', () => {
  // None of them between two scans of a progressive JPEG: an end mark in a table there ends no picture.
  const parts = [0.2, 0.5, 0.9, 0.97, 0.99, 0.999];
  const ended = [jpeg, progressive].flatMap((bytes) => parts.map((part) => Buffer.concat([cut(bytes, part), EOI])));
  const halfZeros = damaged(jpeg, 0.5, 0.99, () => 0);
  const tooFewRows = pngOf(640, 360, deflateSync(Buffer.alloc(640 * 360)));
  const noData = pngOf(640, 360, Buffer.alloc(1000, 7));
  const newer = Buffer.from(lossless);
  newer[lossless.indexOf('VP8L') + 12] = 0xe0 | (lossless[lossless.indexOf('VP8L') + 12] ?? 0);

  test('is taken: its owner would rather see it than lose it', () => {
    for (const bytes of [...ended, halfZeros, tooFewRows, noData, newer]) {
      const picture = checkPicture(bytes);
      expect(picture).toMatchObject({ width: 640, height: 360 });
      expect(bytesOf(picture).equals(bytes)).toBe(true);
    }
  });

  test('is made lighter as far as it can be read', async () => {
    for (const bytes of [halfZeros, ...ended.slice(1, parts.length)]) {
      const { picture, reencoded } = await fitPicture(checkPicture(bytes), 10_000);
      expect(reencoded).toBe(true);
      expect(picture.size).toBeLessThanOrEqual(10_000);
      expect(checkPicture(bytesOf(picture))).toMatchObject({ format: 'jpeg' });
    }
  });

  test('is no picture where it is too heavy and cannot be read (a version of WebP to come)', async () => {
    const fitting = fitPicture(checkPicture(newer), 10_000);
    await expect(fitting).rejects.toMatchObject({ name: 'PictureError', kind: 'not_a_picture' });
  });
});

test('how its bytes come makes no difference to what is read of a picture', () => {
  for (const bytes of [jpeg, progressive, png, webp, lossless, withAlpha]) {
    const small = Buffer.concat([bytes, Buffer.from('behind it')]);
    for (const atATime of [7, 4096, 16_384, 20_000, small.length]) {
      const picture = checkPicture(small, atATime);
      expect(picture).toMatchObject({ width: 640, height: 360 });
      expect(bytesOf(picture).equals(bytes)).toBe(true);
    }
  }
});

describe('a decompression bomb is refused before it is decoded', () => {
  test('a PNG that claims 30000 x 30000', () => {
    const bomb = pngOf(30_000, 30_000, deflateSync(Buffer.alloc(10_000_000)));
    expect(() => checkPicture(bomb)).toThrow(expect.objectContaining({ kind: 'too_large' }));
  });

  test('a JPEG header that claims 65535 x 65535', () => {
    const bomb = Buffer.from(jpeg);
    const frame = bomb.indexOf(Buffer.from([0xff, 0xc0]));
    bomb.writeUInt32BE(0xffffffff, frame + 5);
    expect(() => checkPicture(bomb)).toThrow(expect.objectContaining({ kind: 'too_large' }));
  });

  test.each([
    ['a GIF', Buffer.from('GIF89a and so on, to its end'), false],
    ['an AVIF', Buffer.from('\0\0\0\x20ftypavif and so on'), false],
    ['a broken PNG', Buffer.concat([png.subarray(0, 40), Buffer.alloc(60)]), false],
    ['a page', Buffer.from('<!doctype html><title>502</title>'), true],
  ])('%s is told from what is no picture at all', (_, bytes, isForeign) => {
    expect(() => checkPicture(bytes)).toThrow(expect.objectContaining({ kind: 'not_a_picture', isForeign }));
  });

  test('a WebP whose canvas is small and whose picture is not', () => {
    const bomb = Buffer.from(withAlpha);
    bomb.writeUIntLE(7, 24, 3);
    bomb.writeUIntLE(7, 27, 3);
    expect(() => checkPicture(bomb)).toThrow(expect.objectContaining({ kind: 'not_a_picture' }));
  });

  test('a JPEG of a thousand scans', () => {
    const scan = progressive.subarray(progressive.lastIndexOf(Buffer.from([0xff, 0xda])), -2);
    const bomb = Buffer.concat([progressive.subarray(0, -2), ...Array.from({ length: 1000 }, () => scan), EOI]);
    expect(() => checkPicture(bomb)).toThrow(expect.objectContaining({ kind: 'not_a_picture' }));
  });

  test('the largest picture passes and a row more does not', async () => {
    const flat = (height: number) => sharp({ create: { width: 8000, height, channels: 3, background: '#123' } });
    expect(8000 * 5000).toBe(PIXELS_MAX);
    expect(checkPicture(await flat(5000).jpeg().toBuffer())).toMatchObject({ height: 5000 });
    const larger = await flat(5001).jpeg().toBuffer();
    expect(() => checkPicture(larger)).toThrow(expect.objectContaining({ kind: 'too_large' }));
  });

  test('a light picture is taken whatever its sides, and one with a side too long is never decoded', async () => {
    const row = checkPicture(
      await sharp({ create: { width: 20_000, height: 1, channels: 3, background: '#123' } })
        .png()
        .toBuffer(),
    );
    expect((await fitPicture(row, row.size)).reencoded).toBe(false);
    await expect(fitPicture(row, row.size - 1)).rejects.toMatchObject({ kind: 'too_large' });
  });
});

describe('a picture too heavy to post', () => {
  test('is left alone when it fits', async () => {
    const picture = checkPicture(png);
    const fitted = await fitPicture(picture, png.length);
    expect(fitted.picture).toBe(picture);
    expect(fitted.reencoded).toBe(false);
  });

  test.each([400_000, 100_000, 20_000, 1_000])('is made to fit %i bytes', async (most) => {
    for (const bytes of [await painting(1200, 800).png().toBuffer(), withAlpha, jpeg]) {
      if (bytes.length <= most) continue;
      const { picture, reencoded } = await fitPicture(checkPicture(bytes), most);
      expect(reencoded).toBe(true);
      expect(picture.size).toBeLessThanOrEqual(most);
      const { format, width, height } = picture;
      expect(checkPicture(bytesOf(picture))).toMatchObject({ format, width, height });
      expect(FILE_TYPES[picture.format]).toEqual({ extension: 'jpg', mime: 'image/jpeg' });
    }
  });

  test('keeps its size where lower quality is enough', async () => {
    const heavy = checkPicture(await painting(1200, 800).png().toBuffer());
    const { picture } = await fitPicture(heavy, heavy.size / 2);
    expect(picture).toMatchObject({ format: 'jpeg', width: 1200, height: 800 });
  });

  test('is refused when not even one pixel would fit', async () => {
    await expect(fitPicture(checkPicture(jpeg), 100)).rejects.toMatchObject({ kind: 'too_large' });
  });
});
