/** Pictures whose bytes have been checked, and making them fit. */
import type { Sharp, SharpOptions } from 'sharp';
import { PictureError } from './error.ts';
import { createSemaphore } from '../semaphore.ts';
import { readStructure, type PictureFormat } from './structure.ts';

/** A picture whose structure is whole from its signature to its end mark. */
export interface Picture {
  /** The file: nothing stands behind the picture's end. */
  bytes: Buffer;
  format: PictureFormat;
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
}

/** File name extension and MIME type by format. */
export const FILE_TYPES = {
  jpeg: { extension: 'jpg', mime: 'image/jpeg' },
  png: { extension: 'png', mime: 'image/png' },
  webp: { extension: 'webp', mime: 'image/webp' },
} as const satisfies Record<PictureFormat, { extension: string; mime: string }>;

/**
 * Most pixels a picture may have: twice the model's largest (2048 x 2048). The dearest forms to decode (interlaced
 * 16-bit PNG, progressive JPEG) take 8 bytes a pixel, so that a decode stays below 70 MB.
 */
export const PIXELS_MAX = 2 * 2048 * 2048;

// The pixels being decoded at any time are bounded, not the number of decodes: the largest picture goes alone.
const decoding = createSemaphore(PIXELS_MAX);

// libvips' warnings come by way of whichever instance ends next, so that one of them makes every decode beside it doubtful.
let warnings = 0;

let loading: Promise<(bytes: Buffer, options: SharpOptions) => Sharp> | undefined;

/** sharp takes 90 ms and 30 MB to load: not before there is a picture. */
function loadSharp() {
  loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false);
    sharp.concurrency(1);
    return (bytes, options) =>
      sharp(bytes, { limitInputPixels: PIXELS_MAX, ...options }).on('warning', () => (warnings += 1));
  });
  return loading;
}

/**
 * Reads a picture's structure to its end, and refuses too many pixels. Nothing is decoded: damage inside a JPEG that
 * leaves its markers in order goes unseen.
 *
 * @returns the picture, without what may stand behind its end.
 * @throws PictureError `not_a_picture`, or `too_large` above {@link PIXELS_MAX}.
 */
export function readPicture(bytes: Buffer): Picture {
  const { format, width, height, end } = readStructure(bytes);
  if (width * height > PIXELS_MAX) throw new PictureError('too_large', `A picture of ${width} x ${height} pixels`);
  return { bytes: bytes.subarray(0, end), format, width, height };
}

/**
 * Proves that a picture is whole, by decoding it to its last row.
 *
 * @throws PictureError `not_a_picture`.
 */
export async function provePicture(picture: Picture): Promise<void> {
  const { format, width, height } = picture;
  const before = warnings;
  let sound = await inTurn(width * height, () => decodes(picture));
  if (sound && format === 'jpeg' && warnings !== before) {
    sound = await inTurn(PIXELS_MAX, async () => {
      const alone = warnings;
      return (await decodes(picture)) && warnings === alone;
    });
  }
  if (!sound) throw new PictureError('not_a_picture', `A ${format} that does not decode`);
}

/**
 * Decoded at an eighth, so that little is kept: of a JPEG, libjpeg then reads all of the entropy-coded data but computes
 * one pixel of 64. Its warnings are all about damaged data and count as failure; libpng also warns of harmless things.
 */
async function decodes({ bytes, format, width }: Picture): Promise<boolean> {
  const open = await loadSharp();
  const image = open(bytes, { failOn: format === 'jpeg' ? 'warning' : 'error' });
  // Where the decoder does not scale by itself, `nearest` would leave the last rows unread.
  image.resize({ width: Math.ceil(width / 8), kernel: format === 'png' ? 'linear' : 'nearest' });
  try {
    await image.raw().toBuffer();
    return true;
  } catch {
    return false;
  }
}

const QUALITIES = [90, 80, 70] as const;

/**
 * Makes a picture fit: what is too heavy becomes a JPEG of falling quality, then of falling size.
 *
 * @param maxBytes the most the file may have; a few hundred bytes are the least a JPEG can have.
 * @throws PictureError `too_large`, when not even one pixel fits.
 */
export async function fitPicture(
  picture: Picture,
  maxBytes: number,
): Promise<{ picture: Picture; reencoded: boolean }> {
  if (picture.bytes.length <= maxBytes) return { picture, reencoded: false };
  return inTurn(picture.width * picture.height, async () => {
    let scale = 1;
    for (let attempt = 0; ; attempt += 1) {
      const smaller = await encodeJpeg(picture, scale, QUALITIES[attempt] ?? 70);
      if (smaller.bytes.length <= maxBytes) return { picture: smaller, reencoded: true };
      if (smaller.width === 1 && smaller.height === 1)
        throw new PictureError('too_large', `No picture fits ${maxBytes} bytes`);
      // A file shrinks about as its area does.
      if (attempt + 1 >= QUALITIES.length) scale *= Math.min(0.9, 0.95 * Math.sqrt(maxBytes / smaller.bytes.length));
    }
  });
}

async function encodeJpeg({ bytes, width, height }: Picture, scale: number, quality: number): Promise<Picture> {
  const open = await loadSharp();
  const { data, info } = await open(bytes, { failOn: 'none' })
    .autoOrient()
    .resize({ width: scaled(width, scale), height: scaled(height, scale), fit: 'inside' })
    .flatten({ background: '#ffffff' })
    // Optimised coding would keep all coefficients in memory and take twice the time, for a tenth of the size.
    .jpeg({ quality, optimiseCoding: false })
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, format: 'jpeg', width: info.width, height: info.height };
}

function scaled(length: number, scale: number): number {
  return Math.max(1, Math.round(length * scale));
}

/** Keeps what is decoded at once within {@link PIXELS_MAX}. */
async function inTurn<T>(pixels: number, work: () => Promise<T>): Promise<T> {
  const leave = await decoding.take(pixels);
  try {
    return await work();
  } finally {
    leave();
  }
}
