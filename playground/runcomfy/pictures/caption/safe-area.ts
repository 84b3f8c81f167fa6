/** The part of a picture that is seen wherever a gallery shows it. Pure. */

/** Width by height of the narrowest and of the widest place that a gallery of two, three, four or more has for a picture, with a little to spare. */
export const NARROWEST = 0.97;
export const WIDEST = 1.36;

/** Lengths in pixels. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What is left of a picture whatever a gallery crops: places are filled from the picture's middle. */
export function safeArea({ width, height }: { width: number; height: number }): Area {
  const wide = Math.min(width, height * NARROWEST);
  const high = Math.min(height, width / WIDEST);
  return { left: (width - wide) / 2, top: (height - high) / 2, width: wide, height: high };
}
