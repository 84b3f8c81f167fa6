/** What is said of a start of which nobody knows whether the store has it: nothing that may turn out untrue. */
import { translate } from '../../languages/languages.ts';
import type { NewJob } from '../../services/job/job.ts';
import type { StartFate } from '../../services/lifecycle/lifecycle.ts';
import type { Log } from '../../services/log.ts';
import type { Repliable, Responses } from '../interactions/responses.ts';

/**
 * Says in the reply, which stays for the job if it goes on, that the request may have been taken; resolves when that is
 * said. Once it is known that it was taken back, the reply is withdrawn as any other refusal's.
 */
export type TellUnsureStart = (interaction: Repliable, job: NewJob, fate: Promise<StartFate>) => Promise<void>;

export function createTellUnsureStart({
  responses,
  log,
}: {
  responses: Pick<Responses, 'noteInReply' | 'withdrawReply'>;
  log: Pick<Log, 'warn'>;
}): TellUnsureStart {
  async function withdraw(interaction: Repliable, job: NewJob, fate: Promise<StartFate>): Promise<void> {
    // A job that goes on edits the reply itself.
    if ((await fate) === 'goes_on') return;
    const refusal = translate(job.locale)('refusal.store');
    await responses.withdrawReply(interaction, refusal, { ephemeral: job.private });
  }

  return async (interaction, job, fate) => {
    const t = translate(job.private ? job.locale : job.guildLocale);
    await responses.noteInReply(interaction, t('refusal.storeUnsure')).catch((error: unknown) => {
      log.warn({ job: job.id, guild: job.guildId, err: error }, 'that a start is unsure could not be told');
    });
    withdraw(interaction, job, fate).catch((error: unknown) => {
      log.warn({ job: job.id, guild: job.guildId, err: error }, 'that a start was taken back could not be told');
    });
  };
}
