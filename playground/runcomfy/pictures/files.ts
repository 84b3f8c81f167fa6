/** What is done to a picture's file, be it a JPEG or a PNG. */
import * as jpeg from './jpeg.ts';
import * as png from './png.ts';

const kindOf = (file: Buffer): typeof jpeg | typeof png => (png.isPng(file) ? png : jpeg);

/** Adds a comment. */
export function addComment(file: Buffer, text: string): Buffer {
  return kindOf(file).addComment(file, text);
}

/** Pads a file to exactly `bytes`; it stays as it is when it is that large, or too few are missing. */
export function padTo(file: Buffer, bytes: number): Buffer {
  return kindOf(file).padTo(file, bytes);
}

/** Makes noise of some of what a file draws. */
export function damage(file: Buffer): Buffer {
  return kindOf(file).damage(file);
}

/** Rewrites the size that a file claims. */
export function claimSize(file: Buffer, width: number, height: number): Buffer {
  return kindOf(file).claimSize(file, width, height);
}
