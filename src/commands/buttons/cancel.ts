/** The Cancel button of a job that waits or is queued. */
import { translate, type Translate } from '../../languages/languages.ts';
import type { CancelOutcome, Jobs } from '../../services/lifecycle/lifecycle.ts';
import type { Log } from '../../services/log.ts';
import type { Button } from '../interactions/command.ts';
import { actorOf } from '../interactions/packets.ts';
import type { Responses } from '../interactions/responses.ts';
import { unlessStoreFails } from '../interactions/store-failure.ts';

/** What the member is told; where the message itself shows it, nothing. */
function sentence(outcome: CancelOutcome, t: Translate): string | undefined {
  if (typeof outcome !== 'string') return t('cancel.part', outcome);
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
    case 'not_yours':
      return t('cancel.stranger');
    case 'gone':
      return t('refusal.gone');
  }
}

export function createCancelButton({
  jobs,
  responses,
  log,
}: {
  jobs: Pick<Jobs, 'cancel'>;
  responses: Responses;
  log: Log;
}): Button {
  return {
    action: 'cancel',
    async press(interaction, jobId) {
      const t = translate(interaction.locale);
      await responses.deferUpdate(interaction);
      const text = await unlessStoreFails(
        t,
        async () => sentence(await jobs.cancel(jobId, actorOf(interaction)), t),
        (error) => {
          log.error({ job: jobId, err: error }, 'a cancel could not be written');
          return t('refusal.storeCancel');
        },
      );
      if (text !== undefined) await responses.followUpPrivately(interaction, text);
    },
  };
}
