/** The Remove button: takes a gallery away. What was paid for stays counted. */
import { PermissionFlagsBits, type ButtonInteraction } from 'discord.js';
import { translate, type Translate } from '../../languages/languages.ts';
import type { Jobs, RemoveOutcome } from '../../services/lifecycle/jobs.ts';
import type { Log } from '../../services/log.ts';
import { ReplyTrouble } from '../../services/discord/faults.ts';
import { StoreError } from '../../services/storage/store-error.ts';
import { deferUpdate, deleteOriginal, followUpPrivately } from '../interactions/responses.ts';
import type { Button } from '../interactions/command.ts';

function sentence(outcome: RemoveOutcome, t: Translate): string {
  switch (outcome) {
    case 'removed':
    case 'gone':
      return t('remove.done');
    case 'running':
      return t('remove.running');
  }
}

export function createRemoveButton({ jobs, log }: { jobs: Pick<Jobs, 'find' | 'remove'>; log: Log }): Button {
  async function remove(interaction: ButtonInteraction, jobId: string, t: Translate): Promise<string> {
    const job = await jobs.find(jobId);
    const moderator = interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false;
    // Long after its record is gone a gallery still says in its first field whose it is.
    const requester = job?.userId ?? /^<@(\d+)>$/.exec(interaction.message.embeds[0]?.fields[0]?.value ?? '')?.[1];
    if (job !== undefined && job.guildId !== interaction.guildId) return t('refusal.gone');
    if (requester !== interaction.user.id && !moderator) return t('remove.stranger');
    const outcome = await jobs.remove(jobId);
    if (outcome === 'running') return sentence(outcome, t);
    // The pressed message goes by the press itself, which reaches private ones and those without a record too.
    await deleteOriginal(interaction);
    return sentence(outcome, t);
  }

  return {
    action: 'remove',
    async press(interaction, jobId) {
      const t = translate(interaction.locale);
      await deferUpdate(interaction);
      let said: string;
      try {
        said = await remove(interaction, jobId, t);
      } catch (error) {
        if (!(error instanceof StoreError) && !(error instanceof ReplyTrouble)) throw error;
        log.warn({ job: jobId, err: error }, 'a gallery could not be removed');
        said = t('remove.trouble');
      }
      await followUpPrivately(interaction, said);
    },
  };
}
