export interface ImageFacts {
  readonly width: number;
  readonly height: number;
}

/** The size in pixels of a PNG, JPEG, GIF, WebP or AVIF from its first bytes, or null for anything else. */
export function imageFacts(bytes: Buffer): ImageFacts | null {
  if (bytes.length < 30) return null;
  if (bytes.readUInt32BE(0) === 0x89504e47) {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (bytes.toString('latin1', 0, 4) === 'GIF8') {
    return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  }
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') return webp(bytes);
  if (bytes.toString('latin1', 4, 8) === 'ftyp' && bytes.toString('latin1', 8, 12).startsWith('avi'))
    return avif(bytes);
  return bytes.readUInt16BE(0) === 0xffd8 ? jpeg(bytes) : null;
}

/** The size stands in the box `ispe`, behind a word of flags. */
function avif(bytes: Buffer): ImageFacts | null {
  const box = bytes.indexOf('ispe', 0, 'latin1');
  if (box < 0 || box + 16 > bytes.length) return null;
  return { width: bytes.readUInt32BE(box + 8), height: bytes.readUInt32BE(box + 12) };
}

function webp(bytes: Buffer): ImageFacts | null {
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    default:
      return null;
  }
}

function jpeg(bytes: Buffer): ImageFacts | null {
  let position = 2;
  while (position + 9 < bytes.length && bytes[position] === 0xff) {
    const marker = bytes[position + 1] ?? 0;
    // The start-of-frame markers C0 to CF, without C4, C8 and CC, which are tables.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const height = bytes.readUInt16BE(position + 5);
      return { width: bytes.readUInt16BE(position + 7), height };
    }
    position += 2 + bytes.readUInt16BE(position + 2);
  }
  return null;
}
