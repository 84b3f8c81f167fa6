/** What a member alone is told beside a job that starts: another model, or what was read of their prompt. */
import { showPrice } from '../../languages/formats.ts';
import { translate, type Translate } from '../../languages/languages.ts';
import type { NewJob } from '../../services/job/job.ts';
import type { Log } from '../../services/log.ts';
import { showText } from '../../services/messages/display.ts';
import type { Models, Offer } from '../../services/models/models.ts';
import type { Repliable, Responses } from '../interactions/responses.ts';

/**
 * Prepares the reply of a job that is about to start, and gives what tells its member alone once it has started. Nobody waits for
 * that. As long as a reply is deferred, a follow-up would take its place.
 */
export type PrepareToTell = (interaction: Repliable, job: NewJob, sentences: readonly string[]) => Promise<() => void>;

export function createPrepareToTell({
  responses,
  log,
}: {
  responses: Pick<Responses, 'noteInReply' | 'followUpPrivately'>;
  log: Pick<Log, 'warn'>;
}): PrepareToTell {
  const failed = (job: NewJob) => (error: unknown) => {
    log.warn({ job: job.id, guild: job.guildId, err: error }, 'a member could not be told how their job was read');
  };

  return async (interaction, job, sentences) => {
    if (sentences.length === 0) return () => undefined;
    const t = translate(job.private ? job.locale : job.guildLocale);
    try {
      await responses.noteInReply(interaction, `⏳ ${t('state.submitting')}`);
    } catch (error) {
      failed(job)(error);
      return () => undefined;
    }
    return () => void responses.followUpPrivately(interaction, sentences.join('\n')).catch(failed(job));
  };
}

/** That the model that was asked for is gone, and another one is taken. */
export function nextModelSentence(
  { gone, offer }: { gone: string; offer: Offer },
  models: Pick<Models, 'find'>,
  t: Translate,
): string {
  return t('model.next', {
    gone: showText(models.find(gone)?.name ?? gone, 100),
    model: showText(offer.profile.name, 100),
    price: showPrice(offer.priceUsd, t),
  });
}
