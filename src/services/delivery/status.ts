/** What a job's reply shows while there is no gallery, from what is known of the job now. */
import { countedImages, modelOf, type Job } from '../job/job.ts';
import { replyMessage, shownModel, type KnownModels, type ReplyMessage } from '../messages/messages.ts';
import type { Models } from '../models/models.ts';
import type { Polling } from '../polling/polling.ts';

/** The message that says where a job stands, or that it is lost with the bot's records. */
export type Status = (job: Job, as?: StatusNotes) => ReplyMessage;

/** What is known beside the record. */
interface StatusNotes {
  lost?: boolean;
  /** Whose press cancelled the job. */
  cancelledBy?: string | undefined;
}

export function createStatus({
  polling,
  models,
}: {
  polling: Pick<Polling, 'expectation' | 'isSilent'>;
  models: KnownModels & Pick<Models, 'priceOf'>;
}): Status {
  return (job, { lost = false, cancelledBy } = {}) =>
    replyMessage(job, {
      lost,
      cancelledBy,
      position: job.state.name === 'in_queue' ? job.state.position : undefined,
      waiting: job.state.name === 'reserved',
      silent: polling.isSilent(job),
      ...polling.expectation(job),
      costUsd: countedImages(job) * models.priceOf(modelOf(job)),
      model: shownModel(job, models),
    });
}
