/** JPEG files taken apart by their segments. */

const START = 0xffd8;
const COMMENT = 0xfffe;
/** Most bytes a segment's text can have: its 16-bit length counts itself. */
const SEGMENT_MAX = 0xffff - 2;

const FILLER = Buffer.alloc(SEGMENT_MAX, ' ');

/** What stands before a comment of so many bytes. */
function commentHead(length: number): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(COMMENT, 0);
  head.writeUInt16BE(length + 2, 2);
  return head;
}

/** Puts segments right after a JPEG's start. Throws when the bytes are no JPEG. */
function insert(jpeg: Buffer, segments: readonly Buffer[]): Buffer {
  if (jpeg.readUInt16BE(0) !== START) throw new Error('Not a JPEG');
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

/** Adds a comment to a JPEG. Throws when the bytes are none. */
export function addComment(jpeg: Buffer, text: string): Buffer {
  const comment = Buffer.from(text).subarray(0, SEGMENT_MAX);
  return insert(jpeg, [commentHead(comment.length), comment]);
}

/** Pads a JPEG with comments to exactly `bytes`; it stays as it is when it is that large, or less than 4 bytes short. */
export function padTo(jpeg: Buffer, bytes: number): Buffer {
  const segments: Buffer[] = [];
  let missing = bytes - jpeg.length;
  while (missing >= 4) {
    // The last segment must not leave a rest that is too small for a segment of its own.
    const size = missing <= SEGMENT_MAX + 4 ? missing : Math.min(SEGMENT_MAX + 4, missing - 4);
    segments.push(commentHead(size - 4), FILLER.subarray(0, size - 4));
    missing -= size;
  }
  return insert(jpeg, segments);
}

/** Makes noise of the middle of what a JPEG draws; its segments and its end stay. Throws when it draws nothing. */
export function damage(jpeg: Buffer): Buffer {
  const scan = jpeg.lastIndexOf(Buffer.from([0xff, 0xda]));
  if (scan < 0) throw new Error('A JPEG without a scan');
  const drawn = jpeg.length - scan;
  const damaged = Buffer.from(jpeg);
  // No byte is 0xff: that would be a marker.
  for (let at = scan + (drawn >> 2); at < scan + 3 * (drawn >> 2); at += 1)
    damaged[at] = ((at * 2654435761) >>> 24) % 255;
  return damaged;
}

/** Rewrites the size that a JPEG's frame header claims. Throws when it has none. */
export function claimSize(jpeg: Buffer, width: number, height: number): Buffer {
  let at = 2;
  while (at + 9 < jpeg.length) {
    const marker = jpeg.readUInt16BE(at);
    if (marker >= 0xffc0 && marker <= 0xffc2) {
      const claimed = Buffer.from(jpeg);
      claimed.writeUInt16BE(height, at + 5);
      claimed.writeUInt16BE(width, at + 7);
      return claimed;
    }
    at += 2 + jpeg.readUInt16BE(at + 2);
  }
  throw new Error('A JPEG without a frame header');
}
