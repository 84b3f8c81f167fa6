/** What limits mean in US dollars a month. Pure. */
import type { Limits } from '../services/ledger/limits.ts';

export type SpendingLimits = Pick<
  Limits,
  'guildMonthlyImages' | 'guildDailyImages' | 'userDailyImages' | 'totalMonthlyImages'
>;

/** Days of the longest month. */
const DAYS = 31;

/**
 * What may be spent at most, a sentence each: in a server, by a member of it, in all.
 *
 * @param price - US dollars a picture.
 */
export function describeSpending(limits: SpendingLimits, price: number): string[] {
  const { guildMonthlyImages, guildDailyImages, userDailyImages, totalMonthlyImages: total } = limits;
  const guild = Math.min(guildMonthlyImages, DAYS * guildDailyImages, total ?? Infinity);
  const user = Math.min(guild, DAYS * userDailyImages);
  const dollars = (images: number) => `$${(images * price).toFixed(2)}`;
  return [
    `A server can spend at most ${dollars(guild)} a month: ${guild} pictures at $${price}, ${Math.min(guildDailyImages, guild)} a day.`,
    `A member of it: at most ${dollars(user)} of that, ${Math.min(userDailyImages, user)} pictures a day.`,
    total === undefined
      ? `All servers together: no ceiling. Ten servers can spend ${dollars(10 * guild)} a month.`
      : `All servers together: at most ${dollars(total)} a month, ${total} pictures.`,
  ];
}
