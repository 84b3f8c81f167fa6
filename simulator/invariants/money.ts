/** What is paid: no request twice, nothing billed that is not counted, and at rest nothing counted that is not billed or unknown. */
import type { JobRecord, RequestTruth, ReservationTruth, Told, Truth } from '../world/truth.ts';
import type { Jobs, KnownJob } from './jobs.ts';
import type { Judge } from './judge.ts';

/** Whether RunComfy bills a request, or will unless it ends without pictures. */
export function isBilled({ state }: RequestTruth): boolean {
  return state !== 'failed' && state !== 'cancelled';
}

const billedOf = ({ requests }: KnownJob) => requests.filter(isBilled).reduce((sum, { asked }) => sum + asked, 0);

/** Whether a final record says that it may have been paid without pictures to show. */
function mayBePaid(record: JobRecord): boolean {
  const states = JSON.stringify([record['state'], record['requests']]);
  return /"name":"unknown"|"failure":"(deadline|no_pictures|unreadable)"/.test(states);
}

/** Judged whenever a request was taken or something was told. */
export function judgeMoney({ truth, jobs, judge }: { truth: Truth; jobs: Jobs; judge: Judge }) {
  return {
    now() {
      for (const request of jobs.refresh()) {
        judge.broken(
          'submitting is written first',
          request.id,
          `RunComfy took request ${request.id} (${String(request.body['text'] ?? request.body['prompt'])}), but no job stood in the store as being submitted with it.`,
        );
      }
      const reservations = new Map(truth.reservations().map((each) => [each.jobId, each]));
      for (const job of jobs.byId.values()) {
        if (job.requests.length > 1)
          judge.broken(
            'no request is taken twice',
            job.id,
            `Job ${job.id} was submitted ${job.requests.length} times: ${job.requests.map(({ id }) => id).join(', ')}.`,
          );
        judgeCounted(job, reservations.get(job.id), judge);
      }
    },

    atEnd() {
      judgeSayings(truth, judge);
      const { finished } = truth.jobs();
      const records = new Map(finished.map((record) => [record.id, record]));
      for (const { jobId, images, state } of truth.reservations()) {
        if (state !== 'settled') continue;
        const billed = billedOf(jobs.byId.get(jobId) ?? NOTHING);
        const record = records.get(jobId);
        // A member may have erased the record: then it can no longer be asked why.
        if (billed >= images || record === undefined || mayBePaid(record)) continue;
        judge.broken(
          'what is counted was billed',
          jobId,
          `Job ${jobId} counts ${images} pictures for good, RunComfy billed ${billed}, and nothing says that more may have been paid.`,
        );
      }
    },
  };
}

/** What is said last of a job's pictures being counted or not is so. */
function judgeSayings(truth: Truth, judge: Judge): void {
  const states = new Map(truth.reservations().map(({ jobId, state }) => [jobId, state]));
  const last = new Map<string, Told>();
  for (const told of truth.told) if (told.interaction !== undefined) last.set(told.interaction, told);
  for (const [id, { messageId, text }] of last) {
    const isCounted = (states.get(id) ?? 'released') !== 'released';
    const saysCounted = STAYS_COUNTED.test(text);
    if (isCounted ? COUNTS_NOT.test(text) : saysCounted && states.has(id))
      judge.broken(
        'no sentence lies',
        `${id} counted`,
        `Message ${messageId} says "${text.replaceAll('\n', ' / ')}", and the pictures are ${isCounted ? '' : 'not '}counted.`,
      );
  }
}

const STAYS_COUNTED = /so (it|the job) stays counted|They stay counted/;
const COUNTS_NOT = /count against no limit/;

const NOTHING: KnownJob = { id: '', guild: '', member: '', private: false, createdAt: 0, deadline: 0, requests: [] };

function judgeCounted(job: KnownJob, reservation: ReservationTruth | undefined, judge: Judge): void {
  const billed = billedOf(job);
  const counted = reservation === undefined || reservation.state === 'released' ? 0 : reservation.images;
  if (billed <= counted) return;
  judge.broken(
    'what is billed is counted',
    job.id,
    `RunComfy bills ${billed} pictures for job ${job.id}, and the limits count ${counted} (its reservation is ${reservation?.state ?? 'not there'}).`,
  );
}
