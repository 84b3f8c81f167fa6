/** What the walks through the three formats have in common. */
import { PictureError } from './error.ts';

export type PictureFormat = 'jpeg' | 'png' | 'webp';

/** Pixels. */
export interface Size {
  width: number;
  height: number;
}

export interface PictureStructure extends Size {
  format: PictureFormat;
  /** Where the picture ends, in bytes; what follows is no part of it. */
  end: number;
}

/** Most pixels a picture may have: more than twice the largest that a Seedream model makes (5504 x 3040). */
export const PIXELS_MAX = 40_000_000;

/** A part of the file, by where it begins and ends (bytes). */
interface Part {
  from: number;
  to: number;
}

/** Yields the part of the file that it needs next, and goes on with the bytes from its beginning to its end or later. */
export type Walk<Result> = Generator<Part, Result, Buffer>;

export function notAPicture(isForeign = false): PictureError {
  return new PictureError('not_a_picture', 'Not a whole JPEG, PNG or WebP', { isForeign });
}

/** A size that a picture may have. */
export function admitSize(size: Size): Size {
  const { width, height } = size;
  if (width === 0 || height === 0) throw notAPicture();
  if (width * height > PIXELS_MAX) throw new PictureError('too_large', `A picture of ${width} x ${height} pixels`);
  return size;
}
