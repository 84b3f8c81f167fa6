/** The last touch on a picture: views, what it started from laid on it like photos on a table, and its format. */
import sharp from 'sharp';

/** How a job wants its pictures. */
export interface Finish {
  format: 'jpeg' | 'png';
  /** More than 1: a grid of so many. */
  views: number;
  /** JPEGs of what it started from. */
  references: readonly Buffer[];
}

/** Parts of the shorter side: the outer margin, and the right-hand space of the number. */
const MARGIN = 0.05;
const NUMBER_SPACE = 0.2;

/** The side of each photo, in parts of the picture's shorter side: the more, the smaller. */
function sideOf(count: number): number {
  if (count <= 2) return 0.34;
  return count <= 5 ? 0.24 : 0.17;
}

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

/** Where the references lie, from the upper left corner on; those for which there is no room are left out. */
async function photos({ width, height }: Size, references: readonly Buffer[]) {
  const short = Math.min(width, height);
  const margin = Math.round(short * MARGIN);
  const side = Math.max(4, Math.round(short * sideOf(references.length)));
  const step = side + Math.round(margin / 3);
  const columns = Math.max(1, Math.floor((width - margin - short * NUMBER_SPACE) / step));
  const framed = await Promise.all(references.map((reference) => photo(reference, side)));
  return framed
    .map((input, index) => ({
      input,
      left: margin + (index % columns) * step,
      top: margin + Math.floor(index / columns) * step,
    }))
    .filter(({ left, top }) => left + side <= width && top + side <= height);
}

/** Makes of a drawn JPEG what was wanted. */
export async function finish(jpeg: Buffer, size: Size, { format, views, references }: Finish): Promise<Buffer> {
  if (format === 'jpeg' && views === 1 && references.length === 0) return jpeg;
  const picture = sharp(views === 1 ? jpeg : await grid(jpeg, size, views)).composite(await photos(size, references));
  return format === 'png' ? picture.png({ compressionLevel: 3 }).toBuffer() : picture.jpeg({ quality: 84 }).toBuffer();
}
