/** The Cancel button of a job that waits or is queued. */
import { PermissionFlagsBits, type ButtonInteraction } from 'discord.js';
import { translate, type Translate } from '../../languages/languages.ts';
import type { CancelOutcome, Jobs } from '../../services/lifecycle/jobs.ts';
import type { Log } from '../../services/log.ts';
import { StoreError } from '../../services/storage/store-error.ts';
import { deferUpdate, followUpPrivately } from '../interactions/responses.ts';
import type { Button } from '../interactions/command.ts';

/** What is said to the presser; where the message itself shows it, nothing. */
function sentence(outcome: CancelOutcome, t: Translate): string | undefined {
  switch (outcome) {
    case 'cancelled':
    case 'asked':
      return undefined;
    case 'late':
      return t('cancel.late');
    case 'over':
      return t('cancel.over');
    case 'trouble':
      return t('cancel.trouble');
    case 'gone':
      return t('refusal.gone');
  }
}

export function createCancelButton({ jobs, log }: { jobs: Pick<Jobs, 'find' | 'cancel'>; log: Log }): Button {
  async function cancel(interaction: ButtonInteraction, jobId: string, t: Translate): Promise<string | undefined> {
    const job = await jobs.find(jobId);
    // A job of another guild is none of this presser's business, not even whether it exists.
    if (job === undefined || job.guildId !== interaction.guildId) return t('refusal.gone');
    const moderator = interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false;
    if (job.userId !== interaction.user.id && !moderator) return t('cancel.stranger');
    return sentence(await jobs.cancel(jobId, interaction.user.id), t);
  }

  return {
    action: 'cancel',
    async press(interaction, jobId) {
      const t = translate(interaction.locale);
      await deferUpdate(interaction);
      let said: string | undefined;
      try {
        said = await cancel(interaction, jobId, t);
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        log.error({ job: jobId, err: error }, 'a cancel could not be written');
        said = t('refusal.storeCancel');
      }
      if (said !== undefined) await followUpPrivately(interaction, said);
    },
  };
}
