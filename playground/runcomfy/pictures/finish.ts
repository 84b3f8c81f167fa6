/** The last touch on a picture: what it started from is laid on it like photos on a table, and its format. */
import sharp from 'sharp';

/** How a job wants its pictures. */
export interface Finish {
  format: 'jpeg' | 'png';
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

/** Lays the references on a JPEG, from its upper left corner on, and gives it its format. */
export async function finish(
  jpeg: Buffer,
  { width, height }: { width: number; height: number },
  { format, references }: Finish,
): Promise<Buffer> {
  if (format === 'jpeg' && references.length === 0) return jpeg;
  const short = Math.min(width, height);
  const margin = Math.round(short * MARGIN);
  const side = Math.max(4, Math.round(short * sideOf(references.length)));
  const step = side + Math.round(margin / 3);
  const columns = Math.max(1, Math.floor((width - margin - short * NUMBER_SPACE) / step));
  const photos = await Promise.all(references.map((reference) => photo(reference, side)));
  const laid = photos
    .map((input, index) => ({
      input,
      left: margin + (index % columns) * step,
      top: margin + Math.floor(index / columns) * step,
    }))
    .filter(({ left, top }) => left + side <= width && top + side <= height);
  const picture = sharp(jpeg).composite(laid);
  return format === 'png' ? picture.png({ compressionLevel: 3 }).toBuffer() : picture.jpeg({ quality: 84 }).toBuffer();
}
