/** PNG files taken apart by their chunks. */
import { crc32 } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Length, type and checksum of a chunk. */
const CHUNK_HEAD = 12;
/** Where the header's chunk has its type, and its checksum. */
const HEADER_AT = 12;
const HEADER_END = 29;

/** Whether a file begins like a PNG. */
export function isPng(file: Buffer): boolean {
  return file.subarray(0, SIGNATURE.length).equals(SIGNATURE);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(4 + body.length + 4);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), 4 + body.length);
  return whole;
}

/** Puts a chunk before the last one, which ends the file. */
function insert(png: Buffer, added: Buffer): Buffer {
  const end = png.length - CHUNK_HEAD;
  return Buffer.concat([png.subarray(0, end), added, png.subarray(end)]);
}

/** Adds a comment. */
export function addComment(png: Buffer, text: string): Buffer {
  return insert(png, chunk('iTXt', Buffer.concat([Buffer.from('Comment\0\0\0\0\0', 'latin1'), Buffer.from(text)])));
}

/** Pads to exactly `bytes`; a file that is that large, or less than a chunk short, stays as it is. */
export function padTo(png: Buffer, bytes: number): Buffer {
  const missing = bytes - png.length;
  // A chunk of nobody's, which every reader leaves out: small letters say so.
  return missing < CHUNK_HEAD ? png : insert(png, chunk('paDd', Buffer.alloc(missing - CHUNK_HEAD, ' ')));
}

/** Makes noise of the middle of what a PNG draws; its chunks and its end stay. Throws when it draws nothing. */
export function damage(png: Buffer): Buffer {
  const type = png.indexOf('IDAT', 0, 'latin1');
  if (type < 0) throw new Error('A PNG without data');
  const length = png.readUInt32BE(type - 4);
  const damaged = Buffer.from(png);
  for (let at = type + 4 + (length >> 2); at < type + 4 + 3 * (length >> 2); at += 1) {
    damaged[at] = (at * 2654435761) >>> 24;
  }
  return damaged;
}

/** Rewrites the size that a PNG's header claims. */
export function claimSize(png: Buffer, width: number, height: number): Buffer {
  const claimed = Buffer.from(png);
  claimed.writeUInt32BE(width, HEADER_AT + 4);
  claimed.writeUInt32BE(height, HEADER_AT + 8);
  claimed.writeUInt32BE(crc32(claimed.subarray(HEADER_AT, HEADER_END)), HEADER_END);
  return claimed;
}
