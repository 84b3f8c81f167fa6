/** Sizes by their aspect ratio, however a model spells them. Pure. */
import { BoundedMap } from '../bounded.ts';
import type { SizeChoice, SizeField } from './profile.ts';

/** The ratios that models name. A size in pixels has the one that it is nearest to. */
const RATIOS = [
  '1:1',
  '5:4',
  '4:5',
  '4:3',
  '3:4',
  '3:2',
  '2:3',
  '16:9',
  '9:16',
  '2:1',
  '1:2',
  '21:9',
  '9:21',
  '3:1',
  '1:3',
  '4:1',
  '1:4',
] as const;

const VALUES = RATIOS.map((ratio) => ({ ratio, value: valueOf(ratio) }));

/** How far a size in pixels may be off its ratio: models round to whole blocks of pixels. */
const TOLERANCE = 0.03;

/** Numbers above are pixels. */
const LARGEST_RATIO_TERM = 64;

/** A size as a model spells it, with its aspect ratio where it has one. */
export function sizeChoice(value: string): SizeChoice {
  return { value, ratio: ratioIn(value) };
}

/**
 * The aspect ratio that a size names: `16:9`, `2560:1440 (16:9)`, `2048x2048`, `landscape_16_9`, `square_hd`; `undefined` for
 * one that names none, such as `auto` and `2K`.
 */
export function ratioIn(value: string): string | undefined {
  const known = ratios.get(value);
  if (known !== undefined) return known.ratio;
  const ratio = readRatio(value);
  ratios.set(value, { ratio });
  return ratio;
}

/** The ratios of sizes that were asked for last: a command's definition names few, and each often in every language. */
const ratios = new BoundedMap<string, { ratio: string | undefined }>(200);

function readRatio(value: string): string | undefined {
  // A ratio in words stands last: "2048:2048 (1:1)".
  const [, width, height] = /(\d+)\s*[:x×*_-]\s*(\d+)\D*$/i.exec(value) ?? [];
  if (width !== undefined && height !== undefined) return ratioOf(Number(width), Number(height));
  return /square/i.test(value) ? '1:1' : undefined;
}

function ratioOf(width: number, height: number): string | undefined {
  if (width === 0 || height === 0) return undefined;
  const off = ({ value }: { value: number }) => Math.abs(width / height / value - 1);
  const nearest = VALUES.reduce((one, other) => (off(other) < off(one) ? other : one));
  if (off(nearest) <= (width > LARGEST_RATIO_TERM ? TOLERANCE : 0.001)) return nearest.ratio;
  const divisor = greatestCommonDivisor(width, height);
  return `${width / divisor}:${height / divisor}`;
}

function valueOf(ratio: string): number {
  const [width = 1, height = 1] = ratio.split(':').map(Number);
  return width / height;
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}

/** The choice that is meant by a size: the same one, else the first of its aspect ratio; `undefined` where there is none. */
export function findSize({ choices }: Pick<SizeField, 'choices'>, asked: string): SizeChoice | undefined {
  const same = choices.find(({ value }) => value === asked);
  if (same !== undefined) return same;
  const ratio = ratioIn(asked);
  return ratio === undefined ? undefined : choices.find((choice) => choice.ratio === ratio);
}
