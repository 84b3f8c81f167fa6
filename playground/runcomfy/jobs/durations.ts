/** How long the model works on a job. */
import { drawNormal, type Random } from '../random.ts';

/** A lognormal time: its median is `baseMs + images * perImageMs`, in milliseconds of the real service. */
export interface Durations {
  baseMs: number;
  perImageMs: number;
  /** What `optimize_prompt_options: standard` multiplies the median by. */
  standardFactor: number;
  /** Deviation of the time's logarithm; 0 makes every job take its median. */
  spread: number;
}

/**
 * The vendor claims 1.5 to 2 s a picture, people measured 40 s each in groups (6 in 249 s, 9 in 6 min). The median
 * lies between: with a spread of 0.4 a job of 9 takes 49 s to 4 min in 19 cases of 20.
 */
export const DURATIONS: Durations = { baseMs: 2_000, perImageMs: 12_000, standardFactor: 1.5, spread: 0.4 };

/** What half of such jobs take no longer than, in milliseconds before `speed` shortens it. */
export function medianDuration(durations: Durations, images: number, standard: boolean): number {
  return (durations.baseMs + images * durations.perImageMs) * (standard ? durations.standardFactor : 1);
}

/** Draws how long a job takes, in milliseconds before `speed` shortens it. */
export function drawDuration(durations: Durations, images: number, standard: boolean, random: Random): number {
  return medianDuration(durations, images, standard) * Math.exp(durations.spread * drawNormal(random));
}
