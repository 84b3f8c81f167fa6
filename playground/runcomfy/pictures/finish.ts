/** The last touch on a picture: views, what it started from laid on it like photos on a table, and its format. */
import sharp from 'sharp';
import { safeArea } from './caption/safe-area.ts';

/** How a job wants its pictures. */
export interface Finish {
  format: 'jpeg' | 'png';
  /** More than 1: a grid of so many. */
  views: number;
  /** JPEGs of what it started from. */
  references: readonly Buffer[];
}

/** The space around photos, in parts of the shorter side of where they lie. */
const MARGIN = 0.04;

/** How many photos lie beside each other: the more there are, the smaller. */
function columnsOf(count: number): number {
  if (count <= 4) return Math.max(2, count);
  return Math.ceil(count / 2);
}

/** The largest side of a photo in parts of the same, and how much of its height all rows take: the words are below. */
const LARGEST = 0.32;
const SHARE = 0.42;

/** A photo with a white frame. */
function photo(reference: Buffer, side: number): Promise<Buffer> {
  const frame = Math.max(1, Math.round(side * 0.04));
  const inner = side - 2 * frame;
  return sharp(reference)
    .resize(inner, inner, { fit: 'cover' })
    .extend({ top: frame, bottom: frame, left: frame, right: frame, background: '#ffffff' })
    .jpeg({ quality: 90 })
    .toBuffer();
}

interface Size {
  width: number;
  height: number;
}

/** A grid of so many small copies, with a gap between them. */
async function grid(jpeg: Buffer, { width, height }: Size, views: number): Promise<Buffer> {
  const columns = Math.ceil(Math.sqrt(views));
  const rows = Math.ceil(views / columns);
  const [wide, high] = [Math.floor(width / columns), Math.floor(height / rows)];
  const gap = Math.max(1, Math.round(Math.min(wide, high) * 0.02));
  const input = await sharp(jpeg)
    .resize(wide - gap, high - gap, { fit: 'cover' })
    .jpeg({ quality: 84 })
    .toBuffer();
  const places = Array.from({ length: views }, (_, index) => ({
    input,
    left: (index % columns) * wide,
    top: Math.floor(index / columns) * high,
  }));
  const ground = sharp({ create: { width, height, channels: 3, background: '#101010' } });
  return ground.composite(places).jpeg({ quality: 84 }).toBuffer();
}

/** Where the references lie: in rows above the words, where no gallery crops them. */
async function photos(size: Size, references: readonly Buffer[]) {
  const safe = safeArea(size);
  const short = Math.min(safe.width, safe.height);
  const margin = Math.round(short * MARGIN);
  const columns = columnsOf(references.length);
  const rows = Math.ceil(references.length / columns);
  const step = Math.floor(
    Math.min(short * LARGEST + margin, (safe.width - margin) / columns, (safe.height * SHARE) / rows),
  );
  const side = Math.max(4, step - margin);
  const framed = await Promise.all(references.map((reference) => photo(reference, side)));
  return framed.map((input, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, references.length - row * columns);
    const left = size.width / 2 - (inRow * step - margin) / 2 + (index % columns) * step;
    return { input, left: Math.round(left), top: Math.round(safe.top) + margin + row * step };
  });
}

/** Makes of a drawn JPEG what was wanted. */
export async function finish(jpeg: Buffer, size: Size, { format, views, references }: Finish): Promise<Buffer> {
  if (format === 'jpeg' && views === 1 && references.length === 0) return jpeg;
  const picture = sharp(views === 1 ? jpeg : await grid(jpeg, size, views)).composite(await photos(size, references));
  return format === 'png' ? picture.png({ compressionLevel: 3 }).toBuffer() : picture.jpeg({ quality: 84 }).toBuffer();
}
