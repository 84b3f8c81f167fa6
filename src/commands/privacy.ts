/** `/privacy`: what is kept of a member, and its deletion after a second thought. */
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  ButtonStyle,
  ComponentType,
  InteractionContextType,
  type APIButtonComponentWithCustomId,
  type ButtonInteraction,
} from 'discord.js';
import { translate, type Translate } from '../languages/languages.ts';
import type { Erased, Erase } from '../services/history/erase.ts';
import { KEPT_DAYS_MOST } from '../services/ledger/ledger.ts';
import type { Log } from '../services/log.ts';
import { COLOURS, type ReplyMessage } from '../services/messages/messages.ts';
import type { Button, Command } from './interactions/command.ts';
import { described } from './interactions/localisation.ts';
import type { Responses } from './interactions/responses.ts';
import { unlessStoreFails } from './interactions/store-failure.ts';

const DAY = 24 * 60 * 60 * 1000;

const definition = {
  type: ApplicationCommandType.ChatInput,
  name: 'privacy',
  ...described('command.privacy.text'),
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
} satisfies Command['definition'];

type Action = 'erase' | 'erasenow' | 'erasekeep';

/** A button that is its reader's alone: it carries the member's id. */
function button(
  action: Action,
  userId: string,
  { label, style }: { label: string; style: APIButtonComponentWithCustomId['style'] },
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, style, label, custom_id: `${action}:${userId}` };
}

function row(...components: APIButtonComponentWithCustomId[]): NonNullable<ReplyMessage['components']> {
  return [{ type: ComponentType.ActionRow, components }];
}

/** @param retention - how long finished jobs are kept, in milliseconds. */
export function createPrivacyCommand({ retention, responses }: { retention: number; responses: Responses }): Command {
  const days = Math.ceil(retention / DAY);
  return {
    definition,
    name: definition.name,
    async run(interaction) {
      const t = translate(interaction.locale);
      const kept = [
        t('privacy.requests', { count: days }),
        t('privacy.counts', { days: Math.max(KEPT_DAYS_MOST, days) }),
      ];
      const fields = [
        { name: t('privacy.kept'), value: kept.join('\n') },
        { name: t('privacy.where'), value: t('privacy.whereText') },
        { name: t('privacy.not'), value: t('privacy.notText') },
        { name: t('privacy.delete'), value: t('privacy.deleteText') },
      ];
      const erase = button('erase', interaction.user.id, { label: t('privacy.erase'), style: ButtonStyle.Secondary });
      await responses.replyPrivately(interaction, {
        embeds: [{ color: COLOURS.blurple, title: t('privacy.title'), fields }],
        components: row(erase),
      });
    },
  };
}

/** What was deleted and what was not, in sentences. */
function report({ jobs, running, today }: Erased, t: Translate): string {
  const lines = [jobs === 0 ? t('privacy.none') : t('privacy.erased', { count: jobs })];
  if (today) lines.push(t('privacy.today'));
  if (running > 0) lines.push(t('privacy.running', { count: running }));
  return lines.join('\n');
}

/** The buttons under it: the first thought, the second, and the change of mind. */
export function createPrivacyButtons({
  erase,
  responses,
  log,
}: {
  erase: Erase;
  responses: Responses;
  log: Log;
}): Button[] {
  const own = (
    action: Action,
    press: (interaction: ButtonInteraction, userId: string, t: Translate) => Promise<void>,
  ): Button => ({
    action,
    async press(interaction, userId) {
      const t = translate(interaction.locale);
      if (userId === interaction.user.id) await press(interaction, userId, t);
      else await responses.replyPrivately(interaction, t('refusal.gone'));
    },
  });

  return [
    own('erase', (interaction, userId, t) =>
      responses.update(interaction, {
        content: t('privacy.confirm'),
        embeds: [],
        components: row(
          button('erasenow', userId, { label: t('privacy.confirmErase'), style: ButtonStyle.Danger }),
          button('erasekeep', userId, { label: t('privacy.keep'), style: ButtonStyle.Secondary }),
        ),
      }),
    ),
    own('erasekeep', (interaction, _, t) => responses.update(interaction, { content: t('privacy.left'), embeds: [] })),
    own('erasenow', async (interaction, userId, t) => {
      await responses.deferUpdate(interaction);
      const content = await unlessStoreFails(
        t,
        async () => {
          const erased = await erase.erase(userId);
          log.info({ interaction: interaction.id }, "a member's data was deleted");
          return report(erased, t);
        },
        (error) => {
          log.error({ interaction: interaction.id, err: error }, "a member's data could not be deleted");
          return t('privacy.trouble');
        },
      );
      await responses.editReply(interaction, { content, embeds: [] });
    }),
  ];
}
