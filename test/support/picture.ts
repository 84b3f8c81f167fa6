import type { Picture } from '../../src/services/pictures/picture.ts';

/** A picture that came in one piece. */
export function pictureOf(
  bytes: Buffer,
  { format, width, height }: Pick<Picture, 'format' | 'width' | 'height'>,
): Picture {
  return { chunks: [bytes], size: bytes.length, format, width, height };
}
