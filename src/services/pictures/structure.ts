/** Reads the structure of a JPEG, PNG or WebP file without decoding it: cheap, and enough to refuse nearly all that is none. */
import { crc32 } from 'node:zlib';
import { PictureError } from './error.ts';

export type PictureFormat = 'jpeg' | 'png' | 'webp';

export interface PictureStructure {
  format: PictureFormat;
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  /** Where the picture ends, in bytes; what follows is no part of it. */
  end: number;
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

// A progressive JPEG has about ten scans. Each is a pass over the whole picture that may cost its sender a few bytes.
const JPEG_SCANS_MAX = 50;

/**
 * Walks a picture from its signature to its end mark.
 *
 * - JPEG: every segment, and the entropy-coded data, in which only stuffed bytes and expected markers may stand.
 * - PNG: every chunk with its checksum.
 * - WebP: the RIFF length and its chunks.
 *
 * Animations are refused: checking one frame says nothing of the others.
 *
 * @throws PictureError `not_a_picture`.
 */
export function readStructure(bytes: Buffer): PictureStructure {
  let structure: PictureStructure | undefined;
  if (bytes.length > 3 && bytes.readUIntBE(0, 3) === 0xffd8ff) structure = walkJpeg(bytes);
  else if (bytes.subarray(0, 8).equals(PNG_SIGNATURE)) structure = walkPng(bytes);
  else if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP')
    structure = walkWebp(bytes);
  if (structure === undefined || structure.width === 0 || structure.height === 0) {
    throw new PictureError('not_a_picture', 'Not a whole JPEG, PNG or WebP');
  }
  return structure;
}

/** ITU-T T.81, annex B. */
function walkJpeg(bytes: Buffer): PictureStructure | undefined {
  let frame: { width: number; height: number } | undefined;
  let restarts = false;
  let scans = 0;
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1; // a fill byte
      continue;
    }
    // Segments run from SOF0 (C0) to COM (FE); RSTn and SOI (D0-D8) have no place between them.
    if (marker < 0xc0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd9)) return undefined;
    const length = bytes.readUInt16BE(at + 2);
    const next = at + 2 + length;
    if (length < 2 || next > bytes.length) return undefined;
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      if (frame !== undefined || length < 8) return undefined;
      frame = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    } else if (marker === 0xdd) {
      if (length !== 4) return undefined;
      restarts = bytes.readUInt16BE(at + 4) > 0;
    }
    at = next;
    if (marker !== 0xda) continue;
    scans += 1;
    if (frame === undefined || scans > JPEG_SCANS_MAX) return undefined;
    at = endOfScan(bytes, at, restarts);
    if (bytes[at + 1] === 0xd9) return { format: 'jpeg', ...frame, end: at + 2 };
  }
  return undefined;
}

/** The place of the marker that ends a scan; in it stand stuffed bytes (FF00) and, if declared, restarts in their order. */
function endOfScan(bytes: Buffer, start: number, restarts: boolean): number {
  let expected = 0xd0;
  let at = bytes.indexOf(0xff, start);
  while (at >= 0) {
    const following = bytes[at + 1];
    if (following === 0xff) {
      at += 1;
      continue;
    }
    if (following === 0x00) at += 2;
    else if (restarts && following === expected) {
      expected = expected === 0xd7 ? 0xd0 : expected + 1;
      at += 2;
    } else return at;
    at = bytes.indexOf(0xff, at);
  }
  return bytes.length;
}

/** W3C PNG, third edition, 5.2 and 5.3. */
function walkPng(bytes: Buffer): PictureStructure | undefined {
  let header: { width: number; height: number } | undefined;
  let data = false;
  let at = PNG_SIGNATURE.length;
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length) return undefined;
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return undefined;
    const type = bytes.toString('latin1', at + 4, at + 8);
    if ((type === 'IHDR') !== (header === undefined) || type === 'acTL') return undefined;
    if (type === 'IHDR') {
      if (length !== 13) return undefined;
      header = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    } else if (type === 'IDAT') data = true;
    else if (type === 'IEND') return header !== undefined && data ? { format: 'png', ...header, end } : undefined;
    at = end;
  }
  return undefined;
}

/** RFC 9649. */
function walkWebp(bytes: Buffer): PictureStructure | undefined {
  const end = bytes.readUInt32LE(4) + 8;
  if (end > bytes.length || bytes.length < 30) return undefined;
  let size: { width: number; height: number } | undefined;
  let data = false;
  let at = 12;
  while (at + 8 <= end) {
    const type = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const body = at + 8;
    if (body + length > end) return undefined;
    if (type === 'ANIM' || type === 'ANMF') return undefined;
    if (type === 'VP8X' && length === 10 && size === undefined) {
      size = { width: bytes.readUIntLE(body + 4, 3) + 1, height: bytes.readUIntLE(body + 7, 3) + 1 };
    } else if (type === 'VP8 ' && length >= 10 && bytes.readUIntBE(body + 3, 3) === 0x9d012a) {
      data = true;
      size ??= { width: bytes.readUInt16LE(body + 6) & 0x3fff, height: bytes.readUInt16LE(body + 8) & 0x3fff };
    } else if (type === 'VP8L' && length >= 5 && bytes[body] === 0x2f) {
      data = true;
      const bits = bytes.readUInt32LE(body + 1);
      size ??= { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    at = body + length + (length % 2);
  }
  return size !== undefined && data ? { format: 'webp', ...size, end } : undefined;
}
