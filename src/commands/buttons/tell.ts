/** The button of a long job by which its member wishes to be told when it is done. */
import type { Translate } from '../../languages/languages.ts';
import { isFinal } from '../../services/job/job.ts';
import type { JobRecords } from '../../services/job/records.ts';
import type { DoneNotices } from '../../services/lifecycle/lifecycle.ts';
import type { Log } from '../../services/log.ts';
import type { Button } from '../interactions/command.ts';
import { showPrivateReply } from '../interactions/private-page.ts';
import type { Responses } from '../interactions/responses.ts';

export function createTellButton({
  records,
  doneNotices,
  responses,
  log,
}: {
  records: Pick<JobRecords, 'findReadable'>;
  doneNotices: Pick<DoneNotices, 'wish'>;
  responses: Responses;
  log: Log;
}): Button {
  async function note(
    jobId: string,
    { guildId, userId }: { guildId: string | null; userId: string },
    t: Translate,
  ): Promise<string> {
    const job = await records.findReadable(jobId);
    if (job === undefined || job.guildId !== guildId) return t('refusal.gone');
    if (job.userId !== userId) return t('tell.stranger');
    if (isFinal(job)) return t('tell.over');
    await doneNotices.wish(jobId);
    return t('tell.noted');
  }

  return {
    action: 'tell',
    press: (interaction, jobId) =>
      showPrivateReply(interaction, {
        responses,
        log,
        read: (t) => note(jobId, { guildId: interaction.guildId, userId: interaction.user.id }, t),
      }),
  };
}
