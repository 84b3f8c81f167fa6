/** The pictures that the asset host serves, made when first asked for. */
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { drawPicture } from './draw-picture.ts';
import { addComment, padTo } from './files.ts';
import { finish, type Finish } from './finish.ts';
import type { Picture } from './picture.ts';

/** Makes a picture's file. */
export type PictureSource = (picture: Picture, wanted: Finish) => Promise<Buffer>;

/** Solid colours that are easy to tell apart. */
const COLOURS = ['#e6194b', '#3cb44b', '#ffe119', '#4363d8', '#f58231', '#911eb4', '#46f0f0', '#f032e6'] as const;

async function solid(width: number, height: number, colour: string): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: colour } })
    .jpeg({ quality: 70 })
    .toBuffer();
}

/** Side of the tile on which grain is tried (pixels), and how often. */
const TILE = 320;
const TRIES = 8;

/** A grain of this strength, which weighs about the same in every part of it. */
function grain(width: number, height: number, sigma: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma } as const;
  return sharp({ create: { width, height, channels: 3, background: '#000000', noise } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** A picture whose drawn data weighs nearly `bytes`, or as near as grain comes to it: one takes as long to decode as a photo. */
async function grainy(width: number, height: number, bytes: number): Promise<Buffer> {
  const wanted = (0.95 * bytes * TILE * TILE) / (width * height);
  let [weak, strong] = [0, 128];
  for (let tries = 0; tries < TRIES; tries += 1) {
    const sigma = (weak + strong) / 2;
    if ((await grain(TILE, TILE, sigma)).length > wanted) strong = sigma;
    else weak = sigma;
  }
  const jpeg = await grain(width, height, weak);
  return jpeg.length > bytes ? solid(width, height, COLOURS[0]) : jpeg;
}

/** Keeps the last results of `make` by key, up to `maxBytes` of them; the same key is never made twice at once. */
function remember<Item>(make: (item: Item) => Promise<Buffer>, keyOf: (item: Item) => string, maxBytes: number) {
  const kept = new Map<string, { made: Promise<Buffer>; bytes: number }>();
  let bytes = 0;
  return async (item: Item): Promise<Buffer> => {
    const key = keyOf(item);
    const known = kept.get(key);
    if (known) {
      kept.delete(key);
      kept.set(key, known);
      return known.made;
    }
    const entry = { made: make(item), bytes: 0 };
    kept.set(key, entry);
    try {
      const buffer = await entry.made;
      entry.bytes = buffer.length;
      bytes += buffer.length;
      for (const [oldest, { bytes: size }] of kept) {
        if (bytes <= maxBytes || oldest === key) break;
        kept.delete(oldest);
        bytes -= size;
      }
      return buffer;
    } catch (error) {
      kept.delete(key);
      throw error;
    }
  };
}

/** Runs one after the other what is given to it, so that drawing leaves a processor to the servers. */
function oneAtATime<Item>(make: (item: Item) => Promise<Buffer>): (item: Item) => Promise<Buffer> {
  let last: Promise<unknown> = Promise.resolve();
  return (item) => {
    const made = last.then(() => make(item));
    last = made.catch(() => undefined);
    return made;
  };
}

/**
 * Builds a source of pictures.
 *
 * @param style - `drawn`: a landscape with prompt and number, about half a second each; `plain`: one colour, quick;
 * `grainy`: nothing but noise, which weighs what `bytes` says by what is drawn
 * @param bytes - pads each file to this size with comments; `undefined` leaves it as small as it is
 * @param cacheBytes - how many bytes of finished pictures are kept
 */
export function createPictures({
  style,
  bytes,
  cacheBytes,
}: {
  style: 'drawn' | 'plain' | 'grainy';
  bytes: number | undefined;
  cacheBytes: number;
}): PictureSource {
  const padded = (file: Buffer) => (bytes === undefined ? file : padTo(file, bytes));
  if (style === 'drawn') {
    const draw = oneAtATime(async ({ picture, wanted }: { picture: Picture; wanted: Finish }) =>
      padded(await finish(await drawPicture(picture), picture, wanted)),
    );
    const keyOf = ({ picture, wanted: { references, ...wanted } }: { picture: Picture; wanted: Finish }) =>
      JSON.stringify([picture, wanted, references.map((file) => createHash('sha1').update(file).digest('hex'))]);
    const drawn = remember(draw, keyOf, cacheBytes);
    return (picture, wanted) => drawn({ picture, wanted });
  }
  const plain = remember(
    ({ number, width, height }: Picture) =>
      style === 'grainy' && bytes !== undefined
        ? grainy(width, height, bytes)
        : solid(width, height, COLOURS[(number - 1) % COLOURS.length] ?? COLOURS[0]),
    ({ number, width, height }) => `${width}x${height} ${(number - 1) % COLOURS.length}`,
    cacheBytes,
  );
  return async (picture, wanted) => {
    const file = await finish(await plain(picture), picture, wanted);
    return padded(addComment(file, JSON.stringify(picture)));
  };
}
