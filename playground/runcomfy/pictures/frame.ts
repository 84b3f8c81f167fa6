import type { Palette } from './palettes.ts';
import type { Random } from '../random.ts';

/** What every part of a landscape is drawn into. Lengths are pixels. */
export interface Frame {
  width: number;
  height: number;
  horizon: number;
  palette: Palette;
  random: Random;
  /** Where sun or moon stands. */
  light: { x: number; y: number };
}

/** A length or place in SVG, to a tenth of a pixel. */
export function px(value: number): string {
  return value.toFixed(1);
}
