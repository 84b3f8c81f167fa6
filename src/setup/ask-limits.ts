/** Offers the limits, with what they mean in dollars. */
import { log } from '@clack/prompts';
import { askChoice, askNumber } from './ask.ts';
import { describeSpending, type SpendingLimits } from './spending.ts';

/** The settings that are asked for, in order. */
const SETTINGS = [
  ['guildMonthlyImages', 'LIMIT_GUILD_MONTHLY_IMAGES', 'Pictures per server and month'],
  ['guildDailyImages', 'LIMIT_GUILD_DAILY_IMAGES', 'Pictures per server and day'],
  ['userDailyImages', 'LIMIT_USER_DAILY_IMAGES', 'Pictures per member of a server and day'],
  ['totalMonthlyImages', 'LIMIT_TOTAL_MONTHLY_IMAGES', 'Pictures per month over all servers (empty: no ceiling)'],
] as const;

/**
 * @param present - what is set, or the default.
 * @param price - US dollars a picture.
 * @returns the settings that are to be changed, by name.
 */
export async function askLimits(present: SpendingLimits, price: number): Promise<Map<string, string>> {
  let limits = present;
  for (;;) {
    log.message(['Limits, which you can change later in .env:', ...describeSpending(limits, price)]);
    if ((await askChoice('Are they right?', { keep: 'Yes', change: 'Change them' })) === 'keep') break;
    limits = await askEach(limits);
  }
  const changed = SETTINGS.filter(([limit]) => limits[limit] !== present[limit]);
  return new Map(changed.map(([limit, name]) => [name, String(limits[limit] ?? '')]));
}

async function askEach(limits: SpendingLimits): Promise<SpendingLimits> {
  const asked = { ...limits };
  for (const [limit, , message] of SETTINGS) {
    if (limit === 'totalMonthlyImages') asked[limit] = await askNumber(message, asked[limit], true);
    else asked[limit] = (await askNumber(message, asked[limit])) ?? asked[limit];
  }
  return asked;
}
