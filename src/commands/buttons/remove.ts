/** The Remove button: deletes a gallery. What was paid for stays counted. */
import type { ButtonInteraction } from 'discord.js';
import { translate, type Translate } from '../../languages/languages.ts';
import type { Jobs, RemoveOutcome } from '../../services/lifecycle/lifecycle.ts';
import type { Log } from '../../services/log.ts';
import { requesterIn } from '../../services/messages/messages.ts';
import type { Button } from '../interactions/command.ts';
import { actorOf } from '../interactions/packets.ts';
import type { Responses } from '../interactions/responses.ts';
import { unlessStoreFails } from '../interactions/store-failure.ts';

function sentence(removal: RemoveOutcome, t: Translate): string {
  switch (removal.outcome) {
    case 'removed':
      return t('remove.done');
    case 'removed_but_private':
      return t('remove.private');
    case 'removed_but_forgotten':
      return t('remove.forgotten');
    case 'standing':
      return t('remove.standing', { count: removal.count });
    case 'running':
      return t('remove.running');
    case 'trouble':
      return t('remove.trouble');
    case 'not_yours':
      return t('remove.stranger');
    case 'gone':
      return t('refusal.gone');
  }
}

/**
 * Whose gallery a message is, long after its job's record is gone: a direct message is its reader's; another's is known by its own
 * small line, else by Discord's word on who used the command; galleries of before say it in their first field.
 */
function requesterOf({
  guildId,
  user,
  message,
}: Pick<ButtonInteraction, 'guildId' | 'user' | 'message'>): string | undefined {
  if (guildId === null) return user.id;
  const {
    embeds: [embed],
    interactionMetadata,
  } = message;
  const field = /^<@(\d+)>$/.exec(embed?.fields[0]?.value ?? '')?.[1];
  return requesterIn(embed?.description) ?? field ?? interactionMetadata?.user.id;
}

export function createRemoveButton({
  jobs,
  responses,
  log,
}: {
  jobs: Pick<Jobs, 'remove'>;
  responses: Responses;
  log: Log;
}): Button {
  return {
    action: 'remove',
    async press(interaction, jobId) {
      const t = translate(interaction.locale);
      await responses.deferUpdate(interaction);
      const { message } = interaction;
      const pressed = { messageId: message.id, requester: requesterOf(interaction) };
      const removal = await unlessStoreFails(
        t,
        () => jobs.remove(jobId, actorOf(interaction), pressed),
        (error) => {
          log.warn({ job: jobId, err: error }, 'the store failed where a gallery was to be removed');
          return t('refusal.storeRead');
        },
      );
      const isFailure = typeof removal === 'string';
      // The pressed message goes by the press itself, which reaches private ones and those without a record too.
      const isRemoved = !isFailure && removal.outcome.startsWith('removed');
      if (isRemoved) await responses.deleteReply(interaction);
      await responses.followUpPrivately(interaction, isFailure ? removal : sentence(removal, t));
    },
  };
}
