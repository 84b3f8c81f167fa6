/** Pictures whose structure has been checked, and making them fit. */
import type { Sharp, SharpOptions } from 'sharp';
import { PictureError } from './error.ts';
import { createSemaphore } from '../semaphore.ts';
import { PIXELS_MAX, type PictureFormat } from './structure.ts';

/**
 * Longest side of a picture that is decoded (pixels): of a row of millions a decoder needs whole copies, however few rows
 * there are.
 */
const SIDE_MAX = 16_384;

/**
 * A picture whose structure is whole from its signature to its end mark. It may be damaged between them: its owner would
 * rather see it than lose it.
 */
export interface Picture {
  /** The file, in the pieces that it came in: nothing stands behind the picture's end. */
  chunks: readonly Buffer[];
  /** Bytes. */
  size: number;
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

// The pixels being decoded at any time are bounded, not the number of decodes: the largest picture goes alone.
const decoding = createSemaphore(PIXELS_MAX);

let loading: Promise<(bytes: Buffer, options: SharpOptions) => Sharp> | undefined;

/** sharp takes 90 ms and 30 MB to load: not before a picture must be made lighter. */
function loadSharp() {
  loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false);
    sharp.concurrency(1);
    return (bytes, options) => sharp(bytes, { limitInputPixels: PIXELS_MAX, ...options });
  });
  return loading;
}

const QUALITIES = [90, 80, 70] as const;

/**
 * Makes a picture fit: what is too heavy becomes a JPEG of falling quality, then of falling size.
 *
 * @param maxBytes the most the file may have; a few hundred bytes are the least a JPEG can have.
 * @throws PictureError `too_large`, when not even one pixel fits or a side is too long to decode; `not_a_picture`, when it
 * can't be decoded at all.
 */
export async function fitPicture(
  picture: Picture,
  maxBytes: number,
): Promise<{ picture: Picture; reencoded: boolean }> {
  if (picture.size <= maxBytes) return { picture, reencoded: false };
  if (Math.max(picture.width, picture.height) > SIDE_MAX) {
    throw new PictureError('too_large', `A picture of ${picture.width} x ${picture.height} pixels is not decoded`);
  }
  const leave = await decoding.take(picture.width * picture.height);
  try {
    let scale = 1;
    for (let attempt = 0; ; attempt += 1) {
      const smaller = await encodeJpeg(picture, scale, QUALITIES[attempt] ?? 70);
      if (smaller.size <= maxBytes) return { picture: smaller, reencoded: true };
      if (smaller.width === 1 && smaller.height === 1)
        throw new PictureError('too_large', `No picture fits ${maxBytes} bytes`);
      // A file shrinks about as its area does.
      if (attempt + 1 >= QUALITIES.length) scale *= Math.min(0.9, 0.95 * Math.sqrt(maxBytes / smaller.size));
    }
  } finally {
    leave();
  }
}

async function encodeJpeg(
  { chunks, format, width, height }: Picture,
  scale: number,
  quality: number,
): Promise<Picture> {
  const open = await loadSharp();
  // What can be read of a damaged picture is kept.
  const lighter = open(Buffer.concat(chunks), { failOn: 'none' })
    .autoOrient()
    .resize({ width: scaled(width, scale), height: scaled(height, scale), fit: 'inside' })
    .flatten({ background: '#ffffff' })
    // Optimised coding would keep all coefficients in memory and take twice the time, for a tenth of the size.
    .jpeg({ quality, optimiseCoding: false });
  try {
    const { data, info } = await lighter.toBuffer({ resolveWithObject: true });
    return { chunks: [data], size: data.length, format: 'jpeg', width: info.width, height: info.height };
  } catch (error) {
    throw new PictureError('not_a_picture', `A ${format} that does not decode`, { cause: error });
  }
}

function scaled(length: number, scale: number): number {
  return Math.max(1, Math.round(length * scale));
}
