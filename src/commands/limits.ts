/** `/limits`: what a server may use, shown and set. */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type { Translate } from '../languages/languages.ts';
import {
  allowsReferences,
  ceilingOf,
  LIMIT_MAX,
  resetLimits,
  SETTABLE,
  setLimit,
  setRole,
  type ChangeOutcome,
  type GuildSettingsRecords,
  type HostLimits,
  type SettableLimit,
} from '../services/guild/settings.ts';
import type { Ledger } from '../services/ledger/ledger.ts';
import type { Log } from '../services/log.ts';
import { readChoice } from './interactions/choices.ts';
import type { Command } from './interactions/command.ts';
import { MANAGE_SERVER, type GuildUse, type ReplyToGuildCommand } from './guild-command.ts';
import { showLimits, showRole } from './limits-page.ts';
import { createPicturesSwitch, picturesSubcommand, switchLine } from './limits-pictures.ts';
import { described, named } from './interactions/localisation.ts';
import type { PrivateReply } from './interactions/responses.ts';

const limitOption = {
  type: ApplicationCommandOptionType.String as const,
  name: 'limit',
  ...described('command.limits.limit'),
  choices: SETTABLE.map((name) => ({ ...named(`command.limits.${name}`), value: name })),
};

const definition = {
  type: ApplicationCommandType.ChatInput,
  name: 'limits',
  ...described('command.limits.text'),
  default_member_permissions: MANAGE_SERVER,
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
  options: [
    { type: ApplicationCommandOptionType.Subcommand, name: 'show', ...described('command.limits.show') },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'set',
      ...described('command.limits.set'),
      options: [
        { ...limitOption, required: true },
        {
          type: ApplicationCommandOptionType.Integer,
          name: 'value',
          ...described('command.limits.value'),
          required: true,
          min_value: 0,
          max_value: LIMIT_MAX,
        },
      ],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'reset',
      ...described('command.limits.reset'),
      options: [limitOption],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'role',
      ...described('command.limits.role'),
      options: [
        {
          type: ApplicationCommandOptionType.Role,
          name: 'role',
          ...described('command.limits.which'),
          required: true,
        },
        {
          type: ApplicationCommandOptionType.Integer,
          name: 'images',
          ...described('command.limits.images'),
          min_value: 0,
          max_value: LIMIT_MAX,
        },
      ],
    },
  ],
} satisfies Command['definition'];

const isSettable = (name: string | undefined): name is SettableLimit => SETTABLE.some((settable) => settable === name);

/** The limit that the option names. */
function limitOf({ options, locale }: GuildUse['interaction']): string | undefined {
  return readChoice(limitOption.choices, options.getString('limit'), locale);
}

/** The sentence for a change that was not made. */
function notChanged(outcome: Exclude<ChangeOutcome, { outcome: 'changed' }>, name: string, t: Translate): string {
  switch (outcome.outcome) {
    case 'above':
      return t('limits.above', { name, ceiling: outcome.ceiling });
    case 'range':
      return t('limits.range', { name, min: outcome.min, max: outcome.max });
    case 'full':
      return t('limits.rolesFull', { max: outcome.max });
  }
}

export function createLimitsCommand({
  settings: records,
  hostLimits,
  references,
  ledger,
  replyToGuildCommand,
  log,
}: {
  settings: GuildSettingsRecords;
  hostLimits: HostLimits;
  /** Whether the bot takes pictures to start from. */
  references: boolean;
  ledger: Pick<Ledger, 'usage'>;
  replyToGuildCommand: ReplyToGuildCommand;
  log: Log;
}): Command {
  async function show({ guildId, author, t }: GuildUse): Promise<PrivateReply> {
    const [settings, usage] = await Promise.all([records.read(guildId), ledger.usage(guildId, author.by, author.at)]);
    return { embeds: showLimits({ guildId, settings, usage, hostLimits, references, isHost: author.isHost, t }) };
  }

  async function set({ interaction, guildId, author, t }: GuildUse): Promise<PrivateReply> {
    const limit = limitOf(interaction);
    const value = interaction.options.getInteger('value');
    if (!isSettable(limit) || value === null) return { content: t('refusal.choice') };
    const name = t(`command.limits.${limit}`);
    const change = await records.change(guildId, (settings) =>
      setLimit({ name: limit, value }, { settings, host: hostLimits, author }),
    );
    if (change.outcome !== 'changed') return { content: notChanged(change, name, t) };
    const { before, after } = change;
    log.info({ guild: guildId, by: author.by, limit, before, after }, 'a limit was set');
    const ceiling = ceilingOf(limit, change.settings, hostLimits);
    return { content: t('limits.changed', { name, before, after, ceiling }) };
  }

  async function reset({ interaction, guildId, author, t }: GuildUse): Promise<PrivateReply> {
    const limit = limitOf(interaction);
    if (limit !== undefined && !isSettable(limit)) return { content: t('refusal.choice') };
    const { changed, switched, dropped } = await records.change(guildId, (settings) => {
      const outcome = resetLimits(limit === undefined ? SETTABLE : [limit], { settings, host: hostLimits, author });
      const left = outcome.settings.unreadable?.length ?? 0;
      const switched = allowsReferences(settings) !== allowsReferences(outcome.settings);
      return { ...outcome, switched, dropped: left < (settings.unreadable?.length ?? 0) };
    });
    log.info({ guild: guildId, by: author.by, changed }, 'limits were reset');
    const lines = changed.map(({ name, before, after }) =>
      t('limits.resetLine', { name: t(`command.limits.${name}`), before, after }),
    );
    if (switched) lines.push(switchLine({ before: false, after: true }, t));
    if (dropped) lines.push(t('limits.dropped'));
    return { content: lines.length === 0 ? t('limits.resetNothing') : lines.join('\n') };
  }

  async function role({ interaction, guildId, author, t }: GuildUse): Promise<PrivateReply> {
    const roleId = interaction.options.getRole('role')?.id;
    if (roleId === undefined) return { content: t('refusal.choice') };
    const images = interaction.options.getInteger('images') ?? undefined;
    const change = await records.change(guildId, (settings) =>
      setRole({ roleId, images }, { settings, host: hostLimits, author }),
    );
    const shown = showRole(roleId, guildId);
    if (change.outcome !== 'changed') return { content: notChanged(change, t('command.limits.userDailyImages'), t) };
    const { before, after } = change;
    log.info({ guild: guildId, by: author.by, role: roleId, before, after }, "a role's limit was set");
    const number = (value: number | undefined) => value ?? t('limits.none');
    return { content: t('limits.role', { role: shown, before: number(before), after: number(after) }) };
  }

  const pictures = createPicturesSwitch({ settings: records, references, log });
  const subcommands: Record<string, (use: GuildUse) => Promise<PrivateReply>> = { show, set, reset, role, pictures };

  const { options } = definition;
  return {
    definition: references ? { ...definition, options: [...options, picturesSubcommand] } : definition,
    name: definition.name,
    async run(interaction) {
      const subcommand = subcommands[interaction.options.getSubcommand(false) ?? ''];
      await replyToGuildCommand(interaction, async (use) =>
        subcommand === undefined ? { content: use.t('refusal.choice') } : await subcommand(use),
      );
    },
  };
}
