/**
 * `/usage`: what a member and the guild have used and when it resets; for those who run the guild, the last 30 days; for those
 * who host the bot, wherever they are, all servers.
 */
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type APIEmbed,
  type APIEmbedField,
} from 'discord.js';
import { showCostRange, showPriceRange } from '../languages/formats.ts';
import { type Translate } from '../languages/languages.ts';
import type { Clock } from '../services/clock.ts';
import type { GuildRules } from '../services/guild/rules.ts';
import type { Ledger } from '../services/ledger/ledger.ts';
import { nextUtcDay, nextUtcMonth, type Limits, type Usage } from '../services/ledger/limits.ts';
import type { Host } from '../services/host/host.ts';
import type { Log } from '../services/log.ts';
import { showMoment } from '../services/messages/display.ts';
import { COLOURS, type ReplyMessage } from '../services/messages/messages.ts';
import type { AllServers } from './usage/all-servers.ts';
import { imagesLine } from './usage/bar.ts';
import type { CostOf } from './usage/cost-of.ts';
import type { Command } from './interactions/command.ts';
import { described } from './interactions/localisation.ts';
import type { Packets } from './interactions/packets.ts';
import { showPrivatePage } from './interactions/private-page.ts';
import type { Responses } from './interactions/responses.ts';
import type { RecentUsage } from './usage/recent.ts';

const definition = {
  type: ApplicationCommandType.ChatInput,
  name: 'usage',
  ...described('command.usage.text'),
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
} satisfies Command['definition'];

/** What everyone sees. */
function usageFields(
  usage: Usage,
  { limits, imagesPerJob, at, t }: { limits: Limits; imagesPerJob: number; at: number; t: Translate },
): APIEmbedField[] {
  const you = [
    imagesLine('today', { used: usage.userDailyImages, allowed: limits.userDailyImages }, t),
    t('usage.running', { used: usage.userActiveJobs, allowed: limits.userActiveJobs }),
  ];
  const server = [
    imagesLine('today', { used: usage.guildDailyImages, allowed: limits.guildDailyImages }, t),
    imagesLine('month', { used: usage.guildMonthlyImages, allowed: limits.guildMonthlyImages }, t),
    t('usage.running', { used: usage.guildActiveJobs, allowed: limits.guildActiveJobs }),
  ];
  const fields = [
    { name: t('usage.you'), value: you.join('\n') },
    { name: t('usage.server'), value: server.join('\n') },
  ];
  const total = limits.totalMonthlyImages;
  // What other servers use is told only where it leaves this one less than its own limits do.
  if (total !== undefined && total - usage.totalMonthlyImages < limits.guildMonthlyImages - usage.guildMonthlyImages) {
    const line = imagesLine('month', { used: usage.totalMonthlyImages, allowed: total }, t);
    fields.push({ name: t('usage.total'), value: line });
  }
  fields.push(...resetsField(usage, at, t));
  fields.push({ name: t('field.pictures'), value: t('usage.perJob', { count: imagesPerJob }) });
  return fields;
}

/** When what is used resets, if anything is. */
function resetsField({ guildDailyImages, guildMonthlyImages }: Usage, at: number, t: Translate): APIEmbedField[] {
  const lines = [
    ...(guildDailyImages === 0 ? [] : [t('usage.resetsDay', { at: showMoment(nextUtcDay(at)) })]),
    ...(guildMonthlyImages === 0 ? [] : [t('usage.resetsMonth', { at: showMoment(nextUtcMonth(at)) })]),
  ];
  return lines.length === 0 ? [] : [{ name: t('usage.resets'), value: lines.join('\n') }];
}

export function createUsageCommand({
  ledger,
  rules,
  packets,
  recentUsage,
  allServers,
  costOf,
  host,
  responses,
  clock,
  log,
}: {
  ledger: Pick<Ledger, 'usage'>;
  rules: Pick<GuildRules, 'rulesFor'>;
  packets: Pick<Packets, 'roleIdsOf'>;
  recentUsage: RecentUsage;
  allServers: AllServers;
  costOf: CostOf;
  host: Pick<Host, 'has'>;
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

  async function guildPage({ guildId, userId, roleIds, locale, admin }: Use, t: Translate): Promise<ReplyMessage> {
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

  /** What a guild's members see of it, and what those who host the bot see beneath, or alone in direct messages. */
  async function page(userId: string, use: Use | undefined, t: Translate): Promise<ReplyMessage> {
    const [own, isHost] = await Promise.all([use === undefined ? undefined : guildPage(use, t), host.has(userId)]);
    if (!isHost) return own ?? { content: t('refusal.guildOnly'), embeds: [] };
    const all = await allServers(clock.now(), t);
    return { ...own, embeds: [...(own?.embeds ?? []), all] };
  }

  return {
    definition,
    name: definition.name,
    async run(interaction) {
      const { guildId, user, locale } = interaction;
      const admin = interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
      const use =
        guildId === null
          ? undefined
          : { guildId, userId: user.id, roleIds: packets.roleIdsOf(interaction), locale, admin };
      const read = (t: Translate) => page(user.id, use, t);
      await showPrivatePage(interaction, { responses, log, read });
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
