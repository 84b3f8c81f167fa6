/** The Deliver button of a job that was paid and made, and could not be brought to Discord. */
import { translate, type Translate } from '../../languages/languages.ts';
import type { Clock } from '../../services/clock.ts';
import type { Jobs, RedeliverOutcome } from '../../services/lifecycle/jobs.ts';
import type { Log } from '../../services/log.ts';
import { StoreError } from '../../services/storage/store-error.ts';
import { defer, editOriginal } from '../interactions/responses.ts';
import { replyTo } from '../start-job.ts';
import type { Button } from '../interactions/command.ts';

/** What is said in place of the pictures. */
function sentence(outcome: Exclude<RedeliverOutcome, 'started'>, t: Translate): string {
  switch (outcome) {
    case 'running':
      return t('deliver.running');
    case 'over':
      return t('deliver.over');
    case 'gone':
      return t('refusal.gone');
  }
}

export function createDeliverButton({
  jobs,
  clock,
  log,
}: {
  jobs: Pick<Jobs, 'find' | 'redeliver'>;
  clock: Clock;
  log: Log;
}): Button {
  return {
    action: 'deliver',
    async press(interaction, jobId) {
      const t = translate(interaction.locale);
      const pressedAt = clock.now();
      const messageId = await defer(interaction, { ephemeral: true });
      let said: string | undefined;
      try {
        const job = await jobs.find(jobId);
        const own = job !== undefined && job.guildId === interaction.guildId && job.userId === interaction.user.id;
        const reply = replyTo(interaction, { at: pressedAt, messageId });
        const outcome = own ? await jobs.redeliver(jobId, reply) : 'gone';
        if (outcome !== 'started') said = sentence(outcome, t);
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        log.error({ job: jobId, err: error }, 'a delivery that was asked for could not be written');
        said = t('refusal.storeRead');
      }
      if (said !== undefined) await editOriginal(interaction, { content: said, embeds: [] });
    },
  };
}
