/** What is said where the model that was asked for is gone, and another one is taken. */
import { showPrice } from '../../languages/formats.ts';
import { translate } from '../../languages/languages.ts';
import type { NewJob } from '../../services/job/job.ts';
import type { Log } from '../../services/log.ts';
import { showText } from '../../services/messages/display.ts';
import type { Models, Offer } from '../../services/models/models.ts';
import type { Repliable, Responses } from '../interactions/responses.ts';

/**
 * Prepares the reply of a job that is about to start, and gives what tells its member alone once it has started. Nobody waits for
 * that. As long as a reply is deferred, a follow-up would take its place.
 */
export type PrepareNextModel = (
  interaction: Repliable,
  job: NewJob,
  models: { gone: string; offer: Offer },
) => Promise<() => void>;

export function createPrepareNextModel({
  models,
  responses,
  log,
}: {
  models: Pick<Models, 'find'>;
  responses: Pick<Responses, 'editReply' | 'followUpPrivately'>;
  log: Pick<Log, 'warn'>;
}): PrepareNextModel {
  const failed = (job: NewJob) => (error: unknown) => {
    log.warn({ job: job.id, guild: job.guildId, err: error }, 'a member could not be told of another model');
  };

  function sentence({ locale }: NewJob, { gone, offer }: { gone: string; offer: Offer }): string {
    const t = translate(locale);
    return t('model.next', {
      gone: showText(models.find(gone)?.name ?? gone, 100),
      model: showText(offer.profile.name, 100),
      price: showPrice(offer.priceUsd, t),
    });
  }

  return async (interaction, job, named) => {
    const t = translate(job.private ? job.locale : job.guildLocale);
    try {
      await responses.editReply(interaction, { content: `⏳ ${t('state.submitting')}`, embeds: [] });
    } catch (error) {
      failed(job)(error);
      return () => undefined;
    }
    return () => void responses.followUpPrivately(interaction, sentence(job, named)).catch(failed(job));
  };
}
