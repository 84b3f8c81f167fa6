/** A window of pictures as a bar and its numbers. Pure. */
import type { Translate } from '../../languages/languages.ts';

const BAR_CELLS = 10;

/** Full cells for what is used; one as soon as anything is, all only when nothing is left. */
export function usageBar(used: number, allowed: number): string {
  const fraction = used >= allowed ? 1 : used / allowed;
  const full = fraction === 1 ? BAR_CELLS : Math.min(BAR_CELLS - 1, Math.ceil(fraction * BAR_CELLS));
  return '▰'.repeat(full) + '▱'.repeat(BAR_CELLS - full);
}

/** A window of images: its bar and its numbers, short enough to stand in one line on a phone. */
export function imagesLine(
  window: 'today' | 'month',
  { used, allowed }: { used: number; allowed: number },
  t: Translate,
): string {
  return `${usageBar(used, allowed)} ${t(`usage.${window}`, { used, allowed })}`;
}
