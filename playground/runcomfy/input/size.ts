/** The size of a picture in pixels, out of the many ways in which models are told it. */

/** Pixels of a side by class, where the picture is a square. */
const SIDES: Readonly<Record<string, number>> = { '1K': 1024, '2K': 2048, '3K': 3072, '4K': 4096 };

/** The side where only a ratio is named. */
const SIDE = 2048;

/** The smallest number that is taken for pixels: what is below is part of a ratio. */
const PIXELS_FROM = 256;

/** Width and height in pixels of this ratio, in whole sixteens, over as many pixels as a square of `side`. */
export function sizeOfRatio(ratio: number, side: number): { width: number; height: number } {
  const sixteens = (length: number) => Math.max(1, Math.round(length / 16)) * 16;
  return { width: sixteens(side * Math.sqrt(ratio)), height: sixteens(side / Math.sqrt(ratio)) };
}

/**
 * Reads `2560:1440 (16:9)`, `2560x1440`, or a ratio and a class: `16:9`, `2K`.
 *
 * @returns the size, with `side` as that of a square of as many pixels where the ratio is left to the references (`auto`)
 */
export function readSize(values: readonly unknown[]): { width: number; height: number; side?: number } {
  const words = values.filter((value) => typeof value === 'string');
  const pairs = words.flatMap((word) => {
    const [, width, height] = /^(\d+)\s*[:x*]\s*(\d+)/i.exec(word) ?? [];
    return width === undefined || height === undefined ? [] : [[Number(width), Number(height)] as const];
  });
  const pixels = pairs.find(([width, height]) => Math.min(width, height) >= PIXELS_FROM);
  if (pixels) return { width: pixels[0], height: pixels[1] };
  const side = words.map((word) => SIDES[word.toUpperCase()]).find((known) => known !== undefined) ?? SIDE;
  const ratio = pairs.find(([width, height]) => width > 0 && height > 0);
  if (ratio) return sizeOfRatio(ratio[0] / ratio[1], side);
  return { width: side, height: side, ...(words.includes('auto') && { side }) };
}
