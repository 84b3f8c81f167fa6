/** Prices, durations and lists as a language writes them. Pure. */
import type { Translate } from './languages.ts';

/** The most decimals of a picture's price: a host may set fractions of a cent. */
const PRICE_DIGITS = 6;

const numberFormats = new Map<string, Intl.NumberFormat>();

/** A formatter, made once and kept: making one takes a hundred times as long as using it. */
function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const format = numberFormats.get(key) ?? new Intl.NumberFormat(language, options);
  numberFormats.set(key, format);
  return format;
}

/** An amount of US dollars: `$0.09`, `0,09 US$`. */
export function showCost(usd: number, { language }: Translate): string {
  return numberFormat(language, { style: 'currency', currency: 'USD' }).format(usd);
}

/** The same with every digit that counts: `$0.0325`. */
export function showPrice(usd: number, { language }: Translate): string {
  const digits = { maximumFractionDigits: PRICE_DIGITS };
  return numberFormat(language, { style: 'currency', currency: 'USD', ...digits }).format(usd);
}

/** Milliseconds as people read them: `48 sec`, `6 min 5 sec`. */
export function showDuration(milliseconds: number, { language }: Translate): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const part = (unit: 'minute' | 'second', value: number) =>
    numberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  return minutes === 0 ? part('second', seconds) : `${part('minute', minutes)} ${part('second', seconds % 60)}`;
}

/** Things by their names: `A, B, C`, `A、B、C`. */
export function showList(names: readonly string[], { language }: Translate): string {
  return new Intl.ListFormat(language, { type: 'conjunction', style: 'narrow' }).format(names);
}

/** So many of so many pictures: `3 of 4`; `5, for 2 asked` where there are more than were asked for. */
export function showDelivered({ delivered, asked }: { delivered: number; asked: number }, t: Translate): string {
  return t(delivered > asked ? 'gallery.surplus' : 'gallery.delivered', { delivered, asked });
}
