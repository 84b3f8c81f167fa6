/** What all servers used this month and what RunComfy billed for it, as whoever hosts the bot is shown it. */
import type { APIEmbed, APIEmbedField } from 'discord.js';
import { showCost } from '../../languages/formats.ts';
import type { Translate } from '../../languages/languages.ts';
import { utcMonth } from '../../services/ledger/limits.ts';
import type { Ledger } from '../../services/ledger/ledger.ts';
import { showMoment, showText } from '../../services/messages/display.ts';
import { COLOURS } from '../../services/messages/messages.ts';
import { sumOf, sumsBy, type Accounts, type Amounts, type Share } from '../../services/usage/accounts/accounts.ts';
import { imagesLine } from './bar.ts';
import type { GuildNames } from './guild-names.ts';

/** Servers that are named, and characters of a name. */
const NAMED = 10;
const NAME_MAX = 32;

const dollars = (amount: number, t: Translate) => showCost(amount / 1e6, t);

/** Gives the page at a moment (milliseconds since the epoch). @throws StoreError */
export type AllServers = (at: number, t: Translate) => Promise<APIEmbed>;

/** @param ceiling - images over all guilds per UTC month; `undefined` is none. */
export function createAllServers({
  ledger,
  accounts: { book, balance },
  ceiling,
  guildNames,
}: {
  ledger: Pick<Ledger, 'usage'>;
  accounts: Pick<Accounts, 'book' | 'balance'>;
  ceiling: number | undefined;
  guildNames: GuildNames;
}): AllServers {
  async function monthField(amounts: Amounts, at: number, t: Translate): Promise<APIEmbedField> {
    const { totalMonthlyImages: used } = await ledger.usage('', '', at);
    const lines = [
      ceiling === undefined ? t('usage.pictures', { count: used }) : imagesLine('month', { used, allowed: ceiling }, t),
      t('usage.all.billed', { cost: dollars(amounts.billed, t) }),
      t('usage.all.estimated', { cost: dollars(amounts.estimated, t) }),
    ];
    if (amounts.unknown > 0) lines.push(t('usage.all.unknown', { cost: dollars(amounts.unknown, t) }));
    return { name: t('usage.all.month'), value: lines.join('\n') };
  }

  /** A balance that has just been read, or the last one that was. */
  async function balanceField(t: Translate): Promise<APIEmbedField> {
    const reading = (await balance.read()) ?? (await balance.last());
    const value =
      reading === undefined ? t('usage.all.noBalance') : `${dollars(reading.balance, t)} · ${showMoment(reading.at)}`;
    return { name: t('usage.all.balance'), value };
  }

  async function serversField(shares: readonly Share[], t: Translate): Promise<APIEmbedField> {
    const top = sumsBy(shares, ({ guildId }) => guildId).slice(0, NAMED);
    const names = await guildNames(top.map(({ key }) => key));
    const lines = top.map(({ key, pictures, billed, estimated }, index) => {
      const name = showText(names[index] ?? key, NAME_MAX);
      const cost = `${dollars(billed, t)} (${dollars(estimated, t)})`;
      return `${index + 1}. ${name} · ${t('usage.pictures', { count: pictures })} · ${cost}`;
    });
    return { name: t('usage.all.servers'), value: lines.length === 0 ? t('usage.all.none') : lines.join('\n') };
  }

  return async (at, t) => {
    const { shares } = await book.month(utcMonth(at));
    const fields = await Promise.all([monthField(sumOf(shares), at, t), balanceField(t), serversField(shares, t)]);
    return { color: COLOURS.blurple, title: t('usage.total'), description: t('usage.all.only'), fields };
  };
}
