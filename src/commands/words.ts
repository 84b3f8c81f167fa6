/** `/words`: the words that a server does not want in prompts. */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import { showText } from '../services/messages/display.ts';
import {
  addWord,
  removeWord,
  WORD_MAX_LENGTH,
  WORDS_MAX,
  type GuildSettingsRecords,
} from '../services/guild/settings.ts';
import type { Log } from '../services/log.ts';
import { plainText } from '../services/plain-text.ts';
import type { Command } from './interactions/command.ts';
import { MANAGE_SERVER, type GuildUse, type ReplyToGuildCommand } from './guild-command.ts';
import { described } from './interactions/localisation.ts';
import type { PrivateReply } from './interactions/responses.ts';
import { COLOURS } from '../services/messages/messages.ts';

/** Characters of a list that an embed shows; a longer one comes as a file. */
const SHOWN_MAX_LENGTH = 4000;

const wordOption = {
  type: ApplicationCommandOptionType.String as const,
  name: 'word',
  ...described('command.words.word'),
  required: true,
  min_length: 1,
  max_length: WORD_MAX_LENGTH,
};

const definition = {
  type: ApplicationCommandType.ChatInput,
  name: 'words',
  ...described('command.words.text'),
  default_member_permissions: MANAGE_SERVER,
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
  options: [
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'add',
      ...described('command.words.add'),
      options: [wordOption],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'remove',
      ...described('command.words.remove'),
      options: [wordOption],
    },
    { type: ApplicationCommandOptionType.Subcommand, name: 'list', ...described('command.words.list') },
  ],
} satisfies Command['definition'];

export function createWordsCommand({
  settings: records,
  replyToGuildCommand,
  log,
}: {
  settings: GuildSettingsRecords;
  replyToGuildCommand: ReplyToGuildCommand;
  log: Log;
}): Command {
  async function change(use: GuildUse, act: 'add' | 'remove'): Promise<PrivateReply> {
    const { interaction, guildId, author, t } = use;
    const word = plainText(interaction.options.getString('word') ?? '');
    const { outcome, settings } = await records.change(guildId, (now) =>
      act === 'add' ? addWord(now, { word, ...author }) : removeWord(now, word),
    );
    const shown = showText(word, 2 * WORD_MAX_LENGTH);
    const values = { word: shown, max: outcome === 'too_long' ? WORD_MAX_LENGTH : WORDS_MAX };
    if (outcome !== 'changed') return { content: t(`words.${outcome}`, values) };
    log.info({ guild: guildId, by: author.by, act }, 'the list of words was changed');
    return { content: t(act === 'add' ? 'words.added' : 'words.removed', { ...values, count: settings.words.length }) };
  }

  async function list({ guildId, t }: GuildUse): Promise<PrivateReply> {
    const { words } = await records.read(guildId);
    if (words.length === 0) return { content: t('words.empty') };
    const sorted = words.map(({ word }) => word).sort((one, other) => one.localeCompare(other));
    const title = t('words.title', { count: words.length, max: WORDS_MAX });
    const description = sorted.map((word) => showText(word, 2 * WORD_MAX_LENGTH)).join(' · ');
    return description.length <= SHOWN_MAX_LENGTH
      ? { embeds: [{ title, description, color: COLOURS.blurple }] }
      : { content: `**${title}**`, files: [{ name: 'words.txt', data: `${sorted.join('\n')}\n` }] };
  }

  return {
    definition,
    name: definition.name,
    async run(interaction) {
      const subcommand = interaction.options.getSubcommand(false);
      await replyToGuildCommand(interaction, async (use) => {
        if (subcommand === 'add' || subcommand === 'remove') return await change(use, subcommand);
        return subcommand === 'list' ? await list(use) : { content: use.t('refusal.choice') };
      });
    },
  };
}
