/** What a job's reply shows while there is no gallery, from what is known of the job now. */
import { isAtRunComfy, type Job } from '../job/job.ts';
import { replyMessage, type ReplyMessage } from '../messages/messages.ts';
import type { Polling } from '../polling/polling.ts';

/** The message that says where a job stands, or that it is lost with the bot's records. */
export type Status = (job: Job, as?: { lost: boolean }) => ReplyMessage;

/** @param pricePerImageUsd - what the host says a picture costs, in US dollars. */
export function createStatus({
  polling,
  pricePerImageUsd,
}: {
  polling: Pick<Polling, 'expectation' | 'isSilent'>;
  pricePerImageUsd: number;
}): Status {
  return (job, { lost } = { lost: false }) =>
    replyMessage(job, {
      lost,
      position: job.state.name === 'in_queue' ? job.state.position : undefined,
      waiting: job.state.name === 'reserved',
      silent: isAtRunComfy(job) && polling.isSilent(job.id),
      ...polling.expectation(job),
      costUsd: job.count * pricePerImageUsd,
    });
}
