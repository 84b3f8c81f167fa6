/**
 * The input of RunComfy's model `bytedance/seedream-4-0/sequential`, as its page describes it:
 * https://www.runcomfy.com/models/bytedance/seedream-4-0/sequential. Every number, default and choice here is that page's own,
 * unless another source is named.
 */
/** The model's path below `/models/`. */
export const MODEL = 'bytedance/seedream-4-0/sequential';

/** Longest `text` the API takes, in characters. */
export const TEXT_MAX_LENGTH = 600;

/** Most pictures one job can ask for. */
export const COUNT_MAX = 15;

/** Pictures of a job when neither the option nor the prompt names a number. */
export const COUNT_DEFAULT = 3;

/** `image_size`: width, height and aspect ratio, spelled as the API wants them. */
export const SIZES = [
  '2048:2048 (1:1)',
  '2304:1728 (4:3)',
  '1728:2304 (3:4)',
  '2560:1440 (16:9)',
  '1440:2560 (9:16)',
  '2496:1664 (3:2)',
  '1664:2496 (2:3)',
  '3024:1296 (21:9)',
] as const;
export type Size = (typeof SIZES)[number];
export const SIZE_DEFAULT: Size = '2560:1440 (16:9)';

/** `optimize_prompt_options`: `standard` is better and slower, `fast` is quicker and plainer. */
export const QUALITIES = ['fast', 'standard'] as const;
export type Quality = (typeof QUALITIES)[number];
export const QUALITY_DEFAULT: Quality = 'fast';

/** Largest seed offered. The page names no range; upstream Seedream 4.0 takes signed 32-bit integers. */
export const SEED_MAX = 2_147_483_647;

/** The body of a submit. */
export interface SeedreamInput {
  /** 1 to {@link TEXT_MAX_LENGTH} characters. */
  text: string;
  /** How many pictures: 1 to {@link COUNT_MAX}. */
  sequential_image_generation_options: number;
  image_size: Size;
  /** A whole number. */
  seed?: number | undefined;
  optimize_prompt_options: Quality;
  sequential_image_generation: 'auto';
}
