/** The default model's choices and limits, by names of their own. */
import type { Quality } from './profile.ts';
import { SEEDREAM_4_0 } from './profiles/seedream-4.0.ts';

export type { Quality };

/** The model's path below `/models/`. */
export const MODEL = SEEDREAM_4_0.id;

/** What it says of its text. */
export const TEXT = SEEDREAM_4_0.text;

/** Longest `text` the API takes, in characters. */
export const TEXT_MAX_LENGTH = SEEDREAM_4_0.text.maxCharacters;

/** Most pictures one job can ask for. */
export const COUNT_MAX = SEEDREAM_4_0.imagesPerJob;

/** Pictures of a job when neither the option nor the prompt names a number. */
export const COUNT_DEFAULT = 3;

/** Width, height and aspect ratio, spelled as the API wants them. */
export const SIZES = SEEDREAM_4_0.size.choices.map(({ value }) => value);
export type Size = (typeof SIZES)[number];
export const SIZE_DEFAULT: Size = SEEDREAM_4_0.size.default;

export const QUALITIES = SEEDREAM_4_0.quality.choices;
export const QUALITY_DEFAULT: Quality = SEEDREAM_4_0.quality.default;

/** Largest seed offered. */
export const SEED_MAX = SEEDREAM_4_0.seed.max;
