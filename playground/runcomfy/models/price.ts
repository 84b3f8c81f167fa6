/** What jobs cost. Pure. */
import type { Model } from './model.ts';

/** The price of a job in millionths of a US dollar: of so many images, by what its body says. */
export function priceOf(
  { priceUsd, prices, inputSchema }: Model,
  images: number,
  body: Readonly<Record<string, unknown>>,
): number {
  const { field = '', usd = {} } = prices ?? {};
  const value = body[field] ?? inputSchema.properties[field]?.default;
  const each = (typeof value === 'string' ? usd[value] : undefined) ?? priceUsd;
  return Math.round(each * 1e6) * images;
}
