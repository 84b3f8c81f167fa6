/** The structure of a WebP. */
import { admitSize, notAPicture, type PictureStructure, type Size, type Walk } from './structure-walk.ts';

/** RFC 9649. */
export function* walkWebp(end: number): Walk<PictureStructure> {
  let canvas: Size | undefined;
  let image: Size | undefined;
  let at = 12;
  while (at + 8 <= end) {
    const head = yield { from: at, to: at + 8 };
    const type = head.toString('latin1', 0, 4);
    const length = head.readUInt32LE(4);
    const body = at + 8;
    if (body + length > end || type === 'ANIM' || type === 'ANMF') throw notAPicture();
    const bytes = yield { from: body, to: body + Math.min(length, 10) };
    if (type === 'VP8X' && length === 10 && at === 12) {
      canvas = admitSize({ width: bytes.readUIntLE(4, 3) + 1, height: bytes.readUIntLE(7, 3) + 1 });
    } else if (type === 'VP8 ' && length >= 10 && bytes.readUIntBE(3, 3) === 0x9d012a) {
      image ??= { width: bytes.readUInt16LE(6) & 0x3fff, height: bytes.readUInt16LE(8) & 0x3fff };
    } else if (type === 'VP8L' && length >= 5 && bytes[0] === 0x2f) {
      const bits = bytes.readUInt32LE(1);
      image ??= { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    if (image !== undefined) admitSize(image);
    at = body + length + (length % 2);
  }
  yield { from: end, to: end };
  if (image === undefined) throw notAPicture();
  // A canvas is the size of its one picture: else its size would say nothing of what a decode takes.
  if (canvas !== undefined && (canvas.width !== image.width || canvas.height !== image.height)) throw notAPicture();
  return { format: 'webp', ...image, end };
}
