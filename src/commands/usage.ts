/** `/usage`: what a member and the guild have used and when it frees; for those who run the guild, the last 30 days. */
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type APIEmbed,
  type APIEmbedField,
} from 'discord.js';
import { showCostRange, showPriceRange } from '../languages/formats.ts';
import { translate, type Translate } from '../languages/languages.ts';
import type { Clock } from '../services/clock.ts';
import type { GuildRules } from '../services/guild/rules.ts';
import type { Ledger } from '../services/ledger/ledger.ts';
import { nextUtcDay, nextUtcMonth, type Limits, type Usage } from '../services/ledger/limits.ts';
import type { Log } from '../services/log.ts';
import { showMoment } from '../services/messages/display.ts';
import { COLOURS, type ReplyMessage } from '../services/messages/messages.ts';
import type { CostOf } from './usage/cost-of.ts';
import type { Command } from './interactions/command.ts';
import { described } from './interactions/localisation.ts';
import type { Packets } from './interactions/packets.ts';
import { showPrivatePage } from './interactions/private-page.ts';
import type { Responses } from './interactions/responses.ts';
import type { RecentUsage } from './usage/recent.ts';

const BAR_CELLS = 10;

const definition = {
  type: ApplicationCommandType.ChatInput,
  name: 'usage',
  ...described('command.usage.text'),
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
} satisfies Command['definition'];

/** Full cells for what is used; one as soon as anything is, all only when nothing is left. */
export function usageBar(used: number, allowed: number): string {
  const fraction = used >= allowed ? 1 : used / allowed;
  const full = fraction === 1 ? BAR_CELLS : Math.min(BAR_CELLS - 1, Math.ceil(fraction * BAR_CELLS));
  return '▰'.repeat(full) + '▱'.repeat(BAR_CELLS - full);
}

/** A window of images: its bar, its numbers, and when it frees if there is anything to free. */
function imagesLine(
  window: 'today' | 'month',
  { used, allowed, freesAt }: { used: number; allowed: number; freesAt: number },
  t: Translate,
): string {
  const line = `${usageBar(used, allowed)} ${t(`usage.${window}`, { used, allowed })}`;
  return used === 0 ? line : `${line} · ${t('usage.frees', { at: showMoment(freesAt) })}`;
}

/** What everyone sees. */
function usageFields(
  usage: Usage,
  { limits, imagesPerJob, at, t }: { limits: Limits; imagesPerJob: number; at: number; t: Translate },
): APIEmbedField[] {
  const [day, month] = [nextUtcDay(at), nextUtcMonth(at)];
  const you = [
    imagesLine('today', { used: usage.userDailyImages, allowed: limits.userDailyImages, freesAt: day }, t),
    t('usage.running', { used: usage.userActiveJobs, allowed: limits.userActiveJobs }),
  ];
  const server = [
    imagesLine('today', { used: usage.guildDailyImages, allowed: limits.guildDailyImages, freesAt: day }, t),
    imagesLine('month', { used: usage.guildMonthlyImages, allowed: limits.guildMonthlyImages, freesAt: month }, t),
    t('usage.running', { used: usage.guildActiveJobs, allowed: limits.guildActiveJobs }),
  ];
  const fields = [
    { name: t('usage.you'), value: you.join('\n') },
    { name: t('usage.server'), value: server.join('\n') },
  ];
  const total = limits.totalMonthlyImages;
  // What other servers use is told only where it leaves this one less than its own limits do.
  if (total !== undefined && total - usage.totalMonthlyImages < limits.guildMonthlyImages - usage.guildMonthlyImages) {
    const line = imagesLine('month', { used: usage.totalMonthlyImages, allowed: total, freesAt: month }, t);
    fields.push({ name: t('usage.total'), value: line });
  }
  fields.push({ name: t('field.pictures'), value: t('usage.perJob', { count: imagesPerJob }) });
  return fields;
}

export function createUsageCommand({
  ledger,
  rules,
  packets,
  recentUsage,
  costOf,
  responses,
  clock,
  log,
}: {
  ledger: Pick<Ledger, 'usage'>;
  rules: Pick<GuildRules, 'rulesFor'>;
  packets: Pick<Packets, 'roleIdsOf'>;
  recentUsage: RecentUsage;
  costOf: CostOf;
  responses: Responses;
  clock: Pick<Clock, 'now'>;
  log: Log;
}): Command {
  function costField(usage: Usage, recent: { images: number; days: number }, t: Translate): APIEmbedField {
    const spent = (count: number) => ({
      pictures: t('usage.pictures', { count }),
      cost: showCostRange(costOf(count), t),
    });
    const lines = [
      t('usage.costToday', spent(usage.guildDailyImages)),
      t('usage.costMonth', spent(usage.guildMonthlyImages)),
      t('usage.costRecent', { days: recent.days, ...spent(recent.images) }),
    ];
    return { name: t('usage.cost', { price: showPriceRange(costOf(1), t) }), value: lines.join('\n') };
  }

  async function page({ guildId, userId, roleIds, locale, admin }: Use, t: Translate): Promise<ReplyMessage> {
    const at = clock.now();
    const [{ limits, imagesPerJob }, usage, recent] = await Promise.all([
      rules.rulesFor({ guildId, roleIds }),
      ledger.usage(guildId, userId, at),
      admin ? recentUsage.show(guildId, { at, locale }) : undefined,
    ]);
    const fields = usageFields(usage, { limits, imagesPerJob, at, t });
    const embed: APIEmbed = { color: COLOURS.blurple, title: t('usage.title'), fields };
    if (recent === undefined) return { embeds: [embed] };
    fields.push(costField(usage, recent, t), recent.field);
    const { chart } = recent;
    if (chart === undefined) return { embeds: [embed] };
    return { embeds: [{ ...embed, image: { url: `attachment://${chart.name}` } }], files: [chart] };
  }

  return {
    definition,
    async run(interaction) {
      const { guildId, user, locale } = interaction;
      if (guildId === null) {
        await responses.replyPrivately(interaction, translate(locale)('refusal.guildOnly'));
        return;
      }
      const admin = interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
      const use = { guildId, userId: user.id, roleIds: packets.roleIdsOf(interaction), locale, admin };
      await showPrivatePage(interaction, { responses, log, read: (t) => page(use, t) });
    },
  };
}

/** One use of the command. */
interface Use {
  guildId: string;
  userId: string;
  roleIds: readonly string[];
  locale: string;
  /** Whether the member runs the guild. */
  admin: boolean;
}
