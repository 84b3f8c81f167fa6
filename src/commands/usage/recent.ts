/** What a guild's members used in the last 30 days, as those who run it are shown it: a list and a chart. */
import type { APIEmbedField } from 'discord.js';
import { showCostRange } from '../../languages/formats.ts';
import { translate, type Translate } from '../../languages/languages.ts';
import { altText } from '../../services/messages/display.ts';
import { createSemaphore } from '../../services/semaphore.ts';
import type { Ledger } from '../../services/ledger/ledger.ts';
import type { Log } from '../../services/log.ts';
import type { ReplyMessage } from '../../services/messages/messages.ts';
import { dayLabel, drawableName, MEMBERS_SHOWN, type Chart, type ChartSeries } from '../../services/usage/chart.ts';
import { lastDays, usageByDay, type UsageDays } from '../../services/usage/days.ts';
import type { CostOf } from './cost-of.ts';
import type { MemberNames } from './member-names.ts';

const DAYS = 30;

/** Charts drawn at once: one takes a processor for a tenth of a second. */
const CHARTS_AT_ONCE = 1;

interface RecentlyUsed {
  images: number;
  days: number;
  /** Who used how much. */
  field: APIEmbedField;
  /** None where nothing was used, or it could not be drawn. */
  chart: NonNullable<ReplyMessage['files']>[number] | undefined;
}

export interface RecentUsage {
  /** At a moment (milliseconds since the epoch), in the reader's language. @throws StoreError */
  show(guildId: string, reader: { at: number; locale: string }): Promise<RecentlyUsed>;
}

/** @param drawChart - gives the chart as a PNG. */
export function createRecentUsage({
  ledger,
  memberNames,
  drawChart,
  costOf,
  log,
}: {
  ledger: Pick<Ledger, 'daily'>;
  memberNames: MemberNames;
  drawChart: (chart: Chart) => Promise<Buffer>;
  costOf: CostOf;
  log: Log;
}): RecentUsage {
  const slots = createSemaphore(CHARTS_AT_ONCE);

  /** The list. It names members by mention, which Discord's client shows as their present name and which pings nobody. */
  function list(used: UsageDays, t: Translate): APIEmbedField {
    const line = (who: string, images: number) =>
      `${who} · ${t('usage.pictures', { count: images })} · ${showCostRange(costOf(images), t)}`;
    const lines = used.members.map(({ userId, images }, index) => line(`${index + 1}. <@${userId}>`, images));
    if (used.others.images > 0) lines.push(line(t('usage.others'), used.others.images));
    const value = lines.length === 0 ? t('usage.nothing', { days: DAYS }) : lines.join('\n');
    return { name: t('usage.byMember', { days: DAYS }), value };
  }

  /** A label for each member: the first of their names that can be drawn, else their number in the list. */
  async function labels(guildId: string, used: UsageDays): Promise<string[]> {
    const names = await memberNames.namesOf(
      guildId,
      used.members.map(({ userId }) => userId),
    );
    return used.members.map((_, index) => {
      const drawable = (names[index] ?? []).map(drawableName).find((name) => name !== undefined);
      return drawable ?? `#${index + 1}`;
    });
  }

  async function draw(guildId: string, used: UsageDays, locale: string, t: Translate): Promise<RecentlyUsed['chart']> {
    const own = await labels(guildId, used);
    const series: ChartSeries[] = used.members.map(({ perDay }, index) => ({
      label: own[index] ?? '',
      perDay,
      others: false,
    }));
    if (used.others.images > 0) {
      const label = drawableName(t('usage.others')) ?? '…';
      series.push({ label, perDay: used.others.perDay, others: true });
    }
    const leave = await slots.take(1);
    try {
      const data = await drawChart({ days: used.days, series, locale });
      const { day, images: most } = used.most;
      const said = t('usage.alt', { days: DAYS, total: used.images, day: dayLabel(day, t.language), most });
      const named = used.members.map(({ images }, index) => `${own[index] ?? ''} ${images}`).join(', ');
      return { name: 'usage.png', data: [data], description: altText(`${said} ${named}`) };
    } finally {
      leave();
    }
  }

  return {
    async show(guildId, { at, locale }) {
      const t = translate(locale);
      const span = lastDays(DAYS, at);
      const rows = await ledger.daily({ guildId, ...span });
      const used = usageByDay(rows, { ...span, shown: MEMBERS_SHOWN });
      let chart: RecentlyUsed['chart'];
      try {
        chart = used.images === 0 ? undefined : await draw(guildId, used, locale, t);
      } catch (error) {
        // The numbers say the same.
        log.error({ guild: guildId, err: error }, 'a chart could not be drawn');
      }
      return { images: used.images, days: DAYS, field: list(used, t), chart };
    },
  };
}
