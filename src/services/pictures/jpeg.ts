/** The structure of a JPEG. */
import { admitSize, notAPicture, type PictureStructure, type Size, type Walk } from './structure-walk.ts';

// A progressive JPEG has about ten scans. Each is a pass over the whole picture that may cost its sender a few bytes.
const JPEG_SCANS_MAX = 50;

/** ITU-T T.81, annex B. */
export function* walkJpeg(): Walk<PictureStructure> {
  let frame: Size | undefined;
  let restarts = false;
  let scans = 0;
  let at = 2;
  for (;;) {
    const bytes = yield { from: at, to: at + 4 };
    if (bytes[0] !== 0xff) throw notAPicture();
    const marker = bytes.readUInt8(1);
    if (marker === 0xff) {
      at += 1; // a fill byte
      continue;
    }
    // Segments run from SOF0 (C0) to COM (FE); RSTn and SOI (D0-D8) have no place between them.
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd9)) throw notAPicture();
    const length = bytes.readUInt16BE(2);
    if (length < 2) throw notAPicture();
    const segment = yield { from: at, to: at + 2 + Math.min(length, 8) };
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      if (frame !== undefined || length < 8) throw notAPicture();
      frame = admitSize({ height: segment.readUInt16BE(5), width: segment.readUInt16BE(7) });
    } else if (marker === 0xdd) {
      if (length !== 4) throw notAPicture();
      restarts = segment.readUInt16BE(4) > 0;
    }
    at += 2 + length;
    if (marker !== 0xda) continue;
    scans += 1;
    if (frame === undefined || scans > JPEG_SCANS_MAX) throw notAPicture();
    const end = yield* walkScan(at, restarts);
    if (end === at) throw notAPicture();
    at = end;
    const following = yield { from: at, to: at + 2 };
    if (following[1] === 0xd9) return { format: 'jpeg', ...frame, end: at + 2 };
  }
}

/** To the marker that ends a scan; in it stand stuffed bytes (FF00) and, if declared, restarts in their order. */
function* walkScan(start: number, restarts: boolean): Walk<number> {
  let expected = 0xd0;
  let at = start;
  for (;;) {
    const bytes = yield { from: at, to: at + 2 };
    let index = 0;
    for (;;) {
      const found = bytes.indexOf(0xff, index);
      index = found < 0 ? bytes.length : found;
      if (index + 2 > bytes.length) break;
      const following = bytes[index + 1];
      if (following === 0x00) index += 2;
      else if (following === 0xff) index += 1;
      else if (restarts && following === expected) {
        expected = expected === 0xd7 ? 0xd0 : expected + 1;
        index += 2;
      } else return at + index;
    }
    at += index;
  }
}
