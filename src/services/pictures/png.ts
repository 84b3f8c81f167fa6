/** The structure of a PNG. */
import { crc32 } from 'node:zlib';
import { admitSize, notAPicture, type PictureStructure, type Size, type Walk } from './structure-walk.ts';

export const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** W3C PNG, third edition, 5.2 and 5.3. */
export function* walkPng(): Walk<PictureStructure> {
  let header: Size | undefined;
  let data = false;
  let at = PNG_SIGNATURE.length;
  for (;;) {
    const bytes = yield { from: at, to: at + 8 };
    const length = bytes.readUInt32BE(0);
    const type = bytes.toString('latin1', 4, 8);
    if ((type === 'IHDR') !== (header === undefined) || type === 'acTL') throw notAPicture();
    if (type === 'IHDR' && length !== 13) throw notAPicture();
    const end = at + 12 + length;
    const size = type === 'IHDR' ? yield* readPngSize(at) : undefined;
    yield* walkChecked(at + 4, end - 4);
    if (size !== undefined) header = admitSize(size);
    else if (type === 'IDAT') data = true;
    else if (type === 'IEND') {
      if (header === undefined || !data) throw notAPicture();
      return { format: 'png', ...header, end };
    }
    at = end;
  }
}

/** The size in a PNG's header, a chunk that begins at `at`; its checksum has still to be read. */
function* readPngSize(at: number): Walk<Size> {
  const bytes = yield { from: at + 4, to: at + 16 };
  return { width: bytes.readUInt32BE(4), height: bytes.readUInt32BE(8) };
}

/** Over the bytes from `start` to `end`, whose checksum follows them. */
function* walkChecked(start: number, end: number): Walk<void> {
  let checksum = 0;
  for (let at = start; at < end;) {
    const bytes = yield { from: at, to: at + 1 };
    const part = bytes.subarray(0, end - at);
    checksum = crc32(part, checksum);
    at += part.length;
  }
  const bytes = yield { from: end, to: end + 4 };
  if (checksum !== bytes.readUInt32BE(0)) throw notAPicture();
}
