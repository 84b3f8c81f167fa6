/** What is said of a start of which nobody knows whether the store has it: nothing that may turn out untrue. */
import { translate } from '../../languages/languages.ts';
import type { NewJob } from '../../services/job/job.ts';
import type { StartFate } from '../../services/lifecycle/lifecycle.ts';
import type { Log } from '../../services/log.ts';
import { showText } from '../../services/messages/display.ts';
import type { Repliable, Responses } from '../interactions/responses.ts';
import type { Refusal } from './options.ts';

/** The most characters of the prompt that the note has room for beside its sentence: Discord takes 2000. */
const QUOTED_MAX = 1300;

/**
 * Says in the reply, which stays for the job if it goes on, that the request may have been taken; resolves when that is
 * said. Once it is known that it was taken back, the reply is withdrawn as any other refusal's, with what `takenBack` says.
 */
export type TellUnsureStart = (
  interaction: Repliable,
  job: NewJob,
  unsure: { fate: Promise<StartFate>; takenBack: Refusal },
) => Promise<void>;

export function createTellUnsureStart({
  responses,
  log,
}: {
  responses: Pick<Responses, 'noteInReply' | 'withdrawReply'>;
  log: Pick<Log, 'warn'>;
}): TellUnsureStart {
  const withdraw: TellUnsureStart = async (interaction, job, { fate, takenBack }) => {
    // A job that goes on edits the reply itself.
    if ((await fate) === 'goes_on') return;
    await responses.withdrawReply(interaction, takenBack, { ephemeral: job.private });
  };

  return async (interaction, job, unsure) => {
    const t = translate(job.private ? job.locale : job.guildLocale);
    const note = `${t('refusal.storeUnsure')}\n> ${showText(job.prompt, QUOTED_MAX)}`;
    await responses.noteInReply(interaction, note).catch((error: unknown) => {
      log.warn({ job: job.id, guild: job.guildId, err: error }, 'that a start is unsure could not be told');
    });
    withdraw(interaction, job, unsure).catch((error: unknown) => {
      log.warn({ job: job.id, guild: job.guildId, err: error }, 'that a start was taken back could not be told');
    });
  };
}
