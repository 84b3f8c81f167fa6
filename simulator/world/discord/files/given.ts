/** Files that people have: what Discord says of each follows from its name alone. */

/** A file as Discord tells of it. */
interface Told {
  filename: string;
  content_type: string;
  /** Bytes. */
  size: number;
  /** Pixels. */
  width: number;
  height: number;
}

/** What the file's name begins with, and what it is then; every other is an ordinary picture. */
const KINDS: Readonly<Record<string, Partial<Told>>> = {
  /** Larger than 10 MB. */
  heavy: { size: 12_000_000 },
  /** More than 36 megapixels. */
  vast: { width: 9000, height: 6000 },
  /** One side more than 16 times the other. */
  strip: { width: 3400, height: 100 },
};

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
};

/** What keeps a file from being started from, by the key of the sentence that says so; `undefined` where nothing does. */
export function faultOf(file: string): 'format' | 'too_heavy' | 'too_many_pixels' | 'ratio' | undefined {
  const { size, width, height, content_type: type } = toldOf(file);
  if (type === 'image/gif') return 'format';
  if (size > 10_000_000) return 'too_heavy';
  if (width * height > 36_000_000) return 'too_many_pixels';
  return Math.max(width, height) > 16 * Math.min(width, height) ? 'ratio' : undefined;
}

/** What Discord says of a file of this name. */
export function toldOf(filename: string): Told {
  const kind = KINDS[/^[a-z]+(?=-)/.exec(filename)?.[0] ?? ''] ?? {};
  const type = TYPES[/\w+$/.exec(filename)?.[0] ?? ''] ?? 'application/octet-stream';
  return { filename, content_type: type, size: 400_000, width: 1200, height: 800, ...kind };
}
