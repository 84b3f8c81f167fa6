/** The Deliver button of a job that was paid and made, and could not be brought to Discord. */
import { translate, type Translate } from '../../languages/languages.ts';
import type { Clock } from '../../services/clock.ts';
import type { Jobs, RedeliverOutcome } from '../../services/lifecycle/lifecycle.ts';
import type { Log } from '../../services/log.ts';
import type { Button } from '../interactions/command.ts';
import { jobReplyOf } from '../interactions/job-reply.ts';
import { actorOf } from '../interactions/packets.ts';
import type { Responses } from '../interactions/responses.ts';
import { unlessStoreFails } from '../interactions/store-failure.ts';

/** What is said in place of the pictures; nothing where they come. */
function sentence(outcome: RedeliverOutcome, t: Translate): string | undefined {
  switch (outcome) {
    case 'started':
      return undefined;
    case 'running':
      return t('deliver.running');
    case 'just_now':
      return t('deliver.justNow');
    case 'over':
      return t('deliver.over');
    case 'gone':
      return t('refusal.gone');
  }
}

export function createDeliverButton({
  jobs,
  responses,
  jobClock,
  log,
}: {
  jobs: Pick<Jobs, 'redeliver'>;
  responses: Responses;
  /** By which it is told how long the reply can be edited. */
  jobClock: Pick<Clock, 'now'>;
  log: Log;
}): Button {
  return {
    action: 'deliver',
    async press(interaction, jobId) {
      const t = translate(interaction.locale);
      const at = jobClock.now();
      const messageId = await responses.deferReply(interaction, { ephemeral: true });
      const reply = jobReplyOf(interaction, { at, messageId });
      const text = await unlessStoreFails(
        t,
        async () => sentence(await jobs.redeliver(jobId, actorOf(interaction), reply), t),
        (error) => {
          log.error({ job: jobId, err: error }, 'a delivery that was asked for could not be written');
          return t('refusal.storeRead');
        },
      );
      if (text !== undefined) await responses.editReply(interaction, { content: text, embeds: [] });
    },
  };
}
