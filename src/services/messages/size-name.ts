/** Sizes as people call them: by their shape and ratio, with the pixels beside. Pure. */
import type { Translate } from '../../languages/languages.ts';
import { ratioIn } from '../models/models.ts';

/** From this width to its height on, a picture is called ultrawide. */
const ULTRAWIDE_FROM = 2;

/** `Landscape 16:9`, `Portrait 9:16`, `Square`, `Ultrawide 21:9`; a size without a ratio as the model spells it. */
export function sizeName(size: string, t: Translate): string {
  const ratio = ratioIn(size);
  return ratio === undefined ? size : t(sizeKey(ratio), { ratio });
}

/** The name of a size among others: with its pixels where another one is called the same. */
export function sizeLabel(size: string, others: readonly string[], t: Translate): string {
  const name = sizeName(size, t);
  // Sizes of one ratio have one name, in every language.
  const ratio = ratioIn(size);
  const isShared = ratio !== undefined && others.some((other) => other !== size && ratioIn(other) === ratio);
  return isShared ? `${name} · ${sizePixels(size) ?? size}` : name;
}

/** The key of the name of a ratio, such as `16:9`. */
function sizeKey(ratio: string): 'size.square' | 'size.landscape' | 'size.portrait' | 'size.ultrawide' {
  const [width = 1, height = 1] = ratio.split(':').map(Number);
  if (width === height) return 'size.square';
  if (width < height) return 'size.portrait';
  return width / height >= ULTRAWIDE_FROM ? 'size.ultrawide' : 'size.landscape';
}

/** `2560×1440`; `undefined` where a size does not say it. */
export function sizePixels(size: string): string | undefined {
  const [, width, height] = /(\d{3,})[:x×*_-](\d{3,})/.exec(size) ?? [];
  return width === undefined || height === undefined ? undefined : `${width}×${height}`;
}
