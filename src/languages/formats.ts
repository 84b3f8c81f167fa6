/** Prices, durations and lists as a language writes them. Pure. */
import type { Translate } from './languages.ts';

/** The most decimals of a picture's price: a host may set fractions of a cent. */
const PRICE_DIGITS = 6;

/** Formatters, made once for each language and kept: making one takes a hundred times as long as using it. */
function createFormats<Format>(make: (language: string) => Format): (language: string) => Format {
  const formats = new Map<string, Format>();
  return (language) => {
    const format = formats.get(language) ?? make(language);
    formats.set(language, format);
    return format;
  };
}

const numberFormat = (options: Intl.NumberFormatOptions) =>
  createFormats((language) => new Intl.NumberFormat(language, options));

const costFormat = numberFormat({ style: 'currency', currency: 'USD' });
const priceFormat = numberFormat({ style: 'currency', currency: 'USD', maximumFractionDigits: PRICE_DIGITS });
const minuteFormat = numberFormat({ style: 'unit', unit: 'minute', unitDisplay: 'short' });
const secondFormat = numberFormat({ style: 'unit', unit: 'second', unitDisplay: 'short' });
const minutesFormat = numberFormat({ style: 'unit', unit: 'minute', unitDisplay: 'long' });
const secondsFormat = numberFormat({ style: 'unit', unit: 'second', unitDisplay: 'long' });
const listFormat = createFormats((language) => new Intl.ListFormat(language, { type: 'conjunction', style: 'narrow' }));

/** An amount of US dollars: `$0.09`, `0,09 US$`. */
export function showCost(usd: number, { language }: Translate): string {
  return costFormat(language).format(usd);
}

/** The same with every digit that counts: `$0.0325`. */
export function showPrice(usd: number, { language }: Translate): string {
  return priceFormat(language).format(usd);
}

/** US dollars from the least to the most that something may have cost. */
export interface CostRange {
  least: number;
  most: number;
}

/** The same for an amount that nobody knows exactly: `$0.09 – $0.12`; `$0.09` where both ends are one. */
export function showCostRange({ least, most }: CostRange, { language }: Translate): string {
  return showRange(costFormat(language), { least, most });
}

/** Likewise with every digit that counts. */
export function showPriceRange({ least, most }: CostRange, { language }: Translate): string {
  return showRange(priceFormat(language), { least, most });
}

function showRange(format: Intl.NumberFormat, { least, most }: CostRange): string {
  const [from, to] = [format.format(least), format.format(most)];
  return from === to ? from : format.formatRange(least, most);
}

/** Milliseconds as people read them: `48 s`, `6 min 5 s`. */
export function showDuration(milliseconds: number, { language }: Translate): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  // The second's own sign, which every language has, in place of the English "sec".
  const rest = secondFormat(language)
    .format(minutes === 0 ? seconds : seconds % 60)
    .replace(/sec$/, 's');
  return minutes === 0 ? rest : `${minuteFormat(language).format(minutes)} ${rest}`;
}

/** A span that was set, in words: `60 minutes`, `90 seconds`. */
export function showSpan(milliseconds: number, { language }: Translate): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  return seconds % 60 === 0 ? minutesFormat(language).format(seconds / 60) : secondsFormat(language).format(seconds);
}

/** Things by their names: `A, B, C`, `A、B、C`. */
export function showList(names: readonly string[], { language }: Translate): string {
  // One alone is the same in every language. For its first list Intl takes 11 ms and 6 MiB, which most bots would pay at their start.
  if (names.length === 1 && names[0] !== undefined) return names[0];
  return listFormat(language).format(names);
}

/** So many of so many pictures: `3 of 4`; `5, for 2 asked` where there are more than were asked for. */
export function showDelivered({ delivered, asked }: { delivered: number; asked: number }, t: Translate): string {
  return t(delivered > asked ? 'gallery.surplus' : 'gallery.delivered', { delivered, asked });
}
