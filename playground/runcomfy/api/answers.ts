/** The bodies the Model API answers with, in the documented shapes. */
import type { Behaviour } from '../behaviour.ts';
import type { StandInJob } from '../jobs/jobs.ts';
import { CODES, refuse, type Answer } from './answer.ts';

function urls(job: StandInJob, base: string) {
  const request = `${base}/requests/${job.requestId}`;
  return { status_url: `${request}/status`, result_url: `${request}/result`, cancel_url: `${request}/cancel` };
}

/** The answer to a submit. */
export function answerSubmit(job: StandInJob, base: string): Answer {
  return { status: 200, body: { request_id: job.requestId, ...urls(job, base) } };
}

/** The word for a job's state in status and cancel, where success and failure are both `completed`. */
function statusWord(job: StandInJob): string {
  return job.state === 'succeeded' || job.state === 'failed' ? 'completed' : job.state;
}

/** The answer to a status; `position` counts the jobs before it. */
export function answerStatus(job: StandInJob, position: number, base: string): Answer {
  const { status_url, result_url } = urls(job, base);
  const queue = job.state === 'in_queue' ? { queue_position: position } : {};
  return {
    status: 200,
    body: { request_id: job.requestId, status: statusWord(job), ...queue, status_url, result_url },
  };
}

/** The answer to a result, for a finished job or not. */
export function answerResult(job: StandInJob, behaviour: Behaviour, includeCost: boolean): Answer {
  if (job.finishedAt === undefined && behaviour.unfinishedAs === '400005') {
    return refuse(400, CODES.notReady, 'The result is not ready');
  }
  const [only] = job.images;
  const asOne = behaviour.onePictureAs === 'image' && job.images.length === 1;
  const output = {
    ...(asOne ? { image: only } : { images: job.images }),
    ...(job.videos.length > 0 && { videos: job.videos }),
  };
  return {
    status: 200,
    body: {
      request_id: job.requestId,
      status: job.state,
      ...(job.state === 'succeeded' && { output }),
      ...(job.state === 'failed' && job.error !== undefined && { error: job.error }),
      created_at: new Date(job.createdAt).toISOString(),
      ...(job.finishedAt !== undefined && { finished_at: new Date(job.finishedAt).toISOString() }),
      ...(behaviour.echoInput && { input: job.body }),
      ...(includeCost && { cost: job.billed ? job.priceMicroUsd / 1e6 : 0 }),
    },
  };
}

/** The answer to a cancel that did, or did not, cancel the job. */
export function answerCancel(job: StandInJob, cancelled: boolean): Answer {
  const outcome = cancelled ? 'cancelled' : 'not_cancellable';
  return { status: 202, body: { request_id: job.requestId, status: statusWord(job), outcome } };
}
