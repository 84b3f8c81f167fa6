/** Reads the structure of a JPEG, PNG or WebP file as its bytes come, without decoding it: enough to refuse nearly all that is none. */
import { crc32 } from 'node:zlib';
import { PictureError } from './error.ts';

export type PictureFormat = 'jpeg' | 'png' | 'webp';

/** Pixels. */
interface Size {
  width: number;
  height: number;
}

interface PictureStructure extends Size {
  format: PictureFormat;
  /** Where the picture ends, in bytes; what follows is no part of it. */
  end: number;
}

/** Most pixels a picture may have: more than twice the largest that a Seedream model makes (5504 x 3040). */
export const PIXELS_MAX = 40_000_000;

/** Walks one picture from its signature to its end mark, byte by byte as they come. */
export interface StructureReader {
  /**
   * Walks on as far as the bytes go.
   *
   * @param bytes - the file from its start on, with at least what an earlier call was given.
   * @throws PictureError `not_a_picture` as soon as they cannot become one; `too_large` above {@link PIXELS_MAX}.
   */
  read(bytes: Buffer): void;
  /** Whether the picture's end mark has come. */
  hasEnded(): boolean;
  /** To be asked at the file's end. @throws PictureError `not_a_picture` where the picture has not ended. */
  end(): PictureStructure;
}

/** Yields how many bytes of the file it needs to go on, and goes on with at least so many; gives where the picture ends. */
type Walk<Result> = Generator<number, Result, Buffer>;

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

// A progressive JPEG has about ten scans. Each is a pass over the whole picture that may cost its sender a few bytes.
const JPEG_SCANS_MAX = 50;

/**
 * - JPEG: every segment, and the entropy-coded data, in which only stuffed bytes and expected markers may stand.
 * - PNG: every chunk with its checksum.
 * - WebP: the RIFF length and its chunks.
 *
 * Animations are refused: a gallery shows still pictures.
 */
export function createStructureReader(): StructureReader {
  const walk = walkPicture();
  let step = walk.next();
  return {
    read(bytes) {
      while (step.done !== true && step.value <= bytes.length) step = walk.next(bytes);
    },
    hasEnded: () => step.done === true,
    end() {
      if (step.done === true) return step.value;
      throw notAPicture();
    },
  };
}

function notAPicture(isForeign = false): PictureError {
  return new PictureError('not_a_picture', 'Not a whole JPEG, PNG or WebP', { isForeign });
}

/** Whether bytes begin as a picture of a kind that is not taken: GIF, BMP, TIFF, AVIF and its like. */
function isOtherPicture(bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, 12);
  return /^(?:GIF8|BM|II\*\0|MM\0\*|....ftyp)/s.test(start);
}

/** A size that a picture may have. */
function admitSize(size: Size): Size {
  const { width, height } = size;
  if (width === 0 || height === 0) throw notAPicture();
  if (width * height > PIXELS_MAX) throw new PictureError('too_large', `A picture of ${width} x ${height} pixels`);
  return size;
}

function* walkPicture(): Walk<PictureStructure> {
  const bytes = yield 12;
  if (bytes.readUIntBE(0, 3) === 0xffd8ff) return yield* walkJpeg();
  if (bytes.subarray(0, 8).equals(PNG_SIGNATURE)) return yield* walkPng();
  const riff = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
  if (riff) return yield* walkWebp(bytes.readUInt32LE(4) + 8);
  throw notAPicture(!isOtherPicture(bytes));
}

/** ITU-T T.81, annex B. */
function* walkJpeg(): Walk<PictureStructure> {
  let frame: Size | undefined;
  let restarts = false;
  let scans = 0;
  let at = 2;
  for (;;) {
    let bytes = yield at + 4;
    if (bytes[at] !== 0xff) throw notAPicture();
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1; // a fill byte
      continue;
    }
    // Segments run from SOF0 (C0) to COM (FE); RSTn and SOI (D0-D8) have no place between them.
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd9)) throw notAPicture();
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2) throw notAPicture();
    bytes = yield at + 2 + length;
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      if (frame !== undefined || length < 8) throw notAPicture();
      frame = admitSize({ height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) });
    } else if (marker === 0xdd) {
      if (length !== 4) throw notAPicture();
      restarts = bytes.readUInt16BE(at + 4) > 0;
    }
    at += 2 + length;
    if (marker !== 0xda) continue;
    scans += 1;
    if (frame === undefined || scans > JPEG_SCANS_MAX) throw notAPicture();
    const end = yield* walkScan(at, restarts);
    if (end === at) throw notAPicture();
    at = end;
    bytes = yield at + 2;
    if (bytes[at + 1] === 0xd9) return { format: 'jpeg', ...frame, end: at + 2 };
  }
}

/** To the marker that ends a scan; in it stand stuffed bytes (FF00) and, if declared, restarts in their order. */
function* walkScan(start: number, restarts: boolean): Walk<number> {
  let expected = 0xd0;
  let at = start;
  for (;;) {
    const bytes = yield at + 2;
    for (;;) {
      const found = bytes.indexOf(0xff, at);
      at = found < 0 ? bytes.length : found;
      if (at + 2 > bytes.length) break;
      const following = bytes[at + 1];
      if (following === 0x00) at += 2;
      else if (following === 0xff) at += 1;
      else if (restarts && following === expected) {
        expected = expected === 0xd7 ? 0xd0 : expected + 1;
        at += 2;
      } else return at;
    }
  }
}

/** W3C PNG, third edition, 5.2 and 5.3. */
function* walkPng(): Walk<PictureStructure> {
  let header: Size | undefined;
  let data = false;
  let at = PNG_SIGNATURE.length;
  for (;;) {
    let bytes = yield at + 8;
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if ((type === 'IHDR') !== (header === undefined) || type === 'acTL') throw notAPicture();
    if (type === 'IHDR' && length !== 13) throw notAPicture();
    const end = at + 12 + length;
    bytes = yield* walkChecked(at + 4, end - 4);
    if (type === 'IHDR') header = admitSize({ width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) });
    else if (type === 'IDAT') data = true;
    else if (type === 'IEND') {
      if (header === undefined || !data) throw notAPicture();
      return { format: 'png', ...header, end };
    }
    at = end;
  }
}

/** Over the bytes from `start` to `end`, whose checksum follows them; gives the file so far. */
function* walkChecked(start: number, end: number): Walk<Buffer> {
  let checksum = 0;
  let at = start;
  for (;;) {
    const bytes = yield at < end ? at + 1 : end + 4;
    if (at < end) {
      const next = Math.min(end, bytes.length);
      checksum = crc32(bytes.subarray(at, next), checksum);
      at = next;
    } else if (checksum === bytes.readUInt32BE(end)) return bytes;
    else throw notAPicture();
  }
}

/** RFC 9649. */
function* walkWebp(end: number): Walk<PictureStructure> {
  let canvas: Size | undefined;
  let image: Size | undefined;
  let at = 12;
  while (at + 8 <= end) {
    let bytes = yield at + 8;
    const type = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const body = at + 8;
    if (body + length > end || type === 'ANIM' || type === 'ANMF') throw notAPicture();
    bytes = yield body + Math.min(length, 10);
    if (type === 'VP8X' && length === 10 && at === 12) {
      canvas = admitSize({ width: bytes.readUIntLE(body + 4, 3) + 1, height: bytes.readUIntLE(body + 7, 3) + 1 });
    } else if (type === 'VP8 ' && length >= 10 && bytes.readUIntBE(body + 3, 3) === 0x9d012a) {
      image ??= { width: bytes.readUInt16LE(body + 6) & 0x3fff, height: bytes.readUInt16LE(body + 8) & 0x3fff };
    } else if (type === 'VP8L' && length >= 5 && bytes[body] === 0x2f) {
      const bits = bytes.readUInt32LE(body + 1);
      image ??= { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    if (image !== undefined) admitSize(image);
    at = body + length + (length % 2);
  }
  yield end;
  if (image === undefined) throw notAPicture();
  // A canvas is the size of its one picture: else its size would say nothing of what a decode takes.
  if (canvas !== undefined && (canvas.width !== image.width || canvas.height !== image.height)) throw notAPicture();
  return { format: 'webp', ...image, end };
}
