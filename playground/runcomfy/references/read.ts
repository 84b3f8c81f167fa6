/** Reads a reference from its address, as the service does: without the token, without cookies. */
import sharp from 'sharp';
import type { Model, ReferenceLimits, Validation } from '../models/model.ts';
import { UPSTREAM_REFERENCES } from '../models/references.ts';

/** A reference as it was read. */
export interface Reference {
  address: string;
  bytes: number;
  /** Pixels. */
  width: number;
  height: number;
  /** A small JPEG of it, which is drawn into the results. */
  thumbnail: Buffer;
}

/** Why a reference can't be used, in the sentence that a client is told. */
export class UnusableReference extends Error {}

/** Until an address must have answered in full (milliseconds). */
const READ_WITHIN = 10_000;

/** The longer side of a thumbnail (pixels). */
const THUMBNAIL_SIDE = 640;

/** The bytes at an address, at most `most`. */
async function load(address: string, most: number, signal: AbortSignal): Promise<Buffer> {
  const response = await fetch(address, { signal });
  if (!response.ok || !response.body)
    throw new UnusableReference(`Failed to fetch the image: HTTP ${response.status}.`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > most) throw new UnusableReference(`File size must be less than ${Math.round(most / 1024 / 1024)} MB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function measured({ validation_rule: rule }: Validation, width: number, height: number, bytes: number): number {
  switch (rule) {
    case 'file_size_mb<':
      return bytes / 1024 / 1024;
    case 'width/height>':
    case 'width/height<':
      return width / height;
    case 'width_pixels>':
      return width;
    case 'height_pixels>':
      return height;
  }
}

/** The sentence of the first published rule that a picture breaks. */
function broken(rules: readonly Validation[], width: number, height: number, bytes: number): string | undefined {
  return rules.find((rule) => {
    const value = measured(rule, width, height, bytes);
    const { validation_rule: name, validation_value: bound } = rule;
    // A ratio of exactly 1:16 or 16:1 is in the range that the sentence names.
    if (name.startsWith('width/height')) return name.endsWith('<') ? value > bound : value < bound;
    return name.endsWith('<') ? value >= bound : value <= bound;
  })?.validation_error;
}

/** What a file is. @throws UnusableReference when it is no picture */
async function measure(file: Buffer): Promise<{ format: string; width: number; height: number }> {
  try {
    return await sharp(file, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw new UnusableReference('The image format is not supported.', { cause: error });
  }
}

/** A small JPEG of a file. @throws UnusableReference when it can't be drawn */
async function shrink(file: Buffer): Promise<Buffer> {
  try {
    return await sharp(file, { limitInputPixels: false })
      .rotate()
      .resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 85 })
      .toBuffer();
  } catch (error) {
    throw new UnusableReference('The image is damaged.', { cause: error });
  }
}

async function readOne(
  address: string,
  { limits, rules, signal }: { limits: ReferenceLimits; rules: readonly Validation[]; signal: AbortSignal },
): Promise<Reference> {
  const file = await load(address, limits.bytes, AbortSignal.any([signal, AbortSignal.timeout(READ_WITHIN)]));
  const { format, width, height } = await measure(file);
  if (!limits.types.includes(format)) throw new UnusableReference('The image format is not supported.');
  if (width * height > limits.pixels) throw new UnusableReference('The image has too many pixels.');
  const problem = broken(rules, width, height, file.length);
  if (problem !== undefined) throw new UnusableReference(problem);
  return { address, bytes: file.length, width, height, thumbnail: await shrink(file) };
}

/**
 * Reads all references of a job, in their order.
 *
 * @throws UnusableReference that says which one can't be used, and why
 */
export async function readReferences(
  addresses: readonly string[],
  model: Model,
  signal: AbortSignal,
): Promise<Reference[]> {
  const { references: limits = UPSTREAM_REFERENCES, inputSchema } = model;
  const rules = Object.values(inputSchema.properties).flatMap(({ validations = [] }) => validations);
  return Promise.all(
    addresses.map(async (address, index) => {
      try {
        return await readOne(address, { limits, rules, signal });
      } catch (error) {
        const why =
          error instanceof UnusableReference ? error.message : 'Failed to fetch the image: it cannot be reached.';
        throw new UnusableReference(`Image ${index + 1}: ${why}`, { cause: error });
      }
    }),
  );
}
