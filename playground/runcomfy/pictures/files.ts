/** What is done to a picture's file, be it a JPEG or a PNG. */
import * as jpeg from './jpeg.ts';
import * as png from './png.ts';

/** Adds a comment. */
export function addComment(file: Buffer, text: string): Buffer {
  return png.isPng(file) ? png.addComment(file, text) : jpeg.addComment(file, text);
}

/** Pads a file to exactly `bytes`; it stays as it is when it is that large, or too few are missing. */
export function padTo(file: Buffer, bytes: number): Buffer {
  return png.isPng(file) ? png.padTo(file, bytes) : jpeg.padTo(file, bytes);
}

/** Makes noise of some of what a file draws. */
export function damage(file: Buffer): Buffer {
  return png.isPng(file) ? png.damage(file) : jpeg.damage(file);
}

/** Rewrites the size that a file claims. */
export function claimSize(file: Buffer, width: number, height: number): Buffer {
  return png.isPng(file) ? png.claimSize(file, width, height) : jpeg.claimSize(file, width, height);
}
