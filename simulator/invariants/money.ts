/** What is paid: no request twice, nothing billed that is not counted, and at rest nothing counted that is not billed or unknown. */
import type { JobRecord, RequestTruth, ReservationTruth, Told, Truth } from '../world/truth.ts';
import { FORGOTTEN } from '../../src/services/ledger/ledger.ts';
import type { IsCalm } from './calm.ts';
import { requestsIn, type Jobs, type KnownJob, type RecordedRequest } from './jobs.ts';
import type { Judge } from './judge.ts';

/** Whether RunComfy bills a request, or will unless it ends without pictures. */
export function isBilled({ state }: RequestTruth): boolean {
  return state !== 'failed' && state !== 'cancelled';
}

const billedOf = ({ requests }: KnownJob) => requests.filter(isBilled).reduce((sum, { asked }) => sum + asked, 0);

/** RunComfy's word that a request has ended is read, and what it had reserved is free, by then (milliseconds): results may lag behind. */
const FREED_WITHIN = 2 * 60_000;

/** Why a request that ended without pictures may have been paid. */
const PERHAPS = new Set(['deadline', 'no_pictures', 'unreadable']);

/** Whether a record says of a request that it may have been paid, whatever became of it. */
function isPerhapsPaid({ state }: RecordedRequest): boolean {
  return state.name === 'unknown' || PERHAPS.has(state.failure ?? '');
}

/** The most pictures that a final job may count: those that are billed, and those of requests of which its record says that they may have been paid. */
function mayCount(record: JobRecord, job: KnownJob, jobs: Jobs): number {
  const billed = new Map(job.requests.map((each) => [jobs.numberOf(each), isBilled(each) ? each.asked : 0]));
  return requestsIn(record).reduce(
    (sum, request) => sum + (isPerhapsPaid(request) ? request.images : (billed.get(request.number) ?? 0)),
    0,
  );
}

/** Judged whenever a request was taken or something was told. */
export function judgeMoney({
  truth,
  jobs,
  isStoreWell,
  isCalm,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  /** Whether nothing was wrong with the store alone. */
  isStoreWell: IsCalm;
  isCalm: IsCalm;
  judge: Judge;
}) {
  /** Where nothing is wrong, what a request that ended without pictures had reserved is free long before the others have ended. */
  function judgeFreed({ id, count, requests }: KnownJob, reservation: ReservationTruth | undefined, at: number): void {
    if (requests.length < 2 || reservation?.state !== 'held') return;
    const isOver = ({ state, endedAt = Infinity, denied, forgottenAt }: RequestTruth) =>
      (state === 'failed' || state === 'cancelled') &&
      endedAt < at - FREED_WITHIN &&
      denied.length === 0 &&
      forgottenAt === undefined;
    const free = requests.filter(isOver).reduce((sum, { asked }) => sum + asked, 0);
    if (reservation.images <= count - free || !isCalm(at - FREED_WITHIN, at)) return;
    // Of one whose id it lost, or of which it heard nothing in time, the bot cannot know how it ended.
    const record = truth.jobs().live.find((each) => each.id === id);
    const unclear = new Set(
      record &&
        requestsIn(record)
          .filter(isPerhapsPaid)
          .map(({ number }) => number),
    );
    if (requests.some((each) => isOver(each) && unclear.has(jobs.numberOf(each) ?? 0))) return;
    judge.broken(
      'what is counted was billed',
      `${id} freed`,
      `Job ${id} still counts ${reservation.images} pictures, though ${free} of its ${count} have long been failed or cancelled.`,
    );
  }

  return {
    /** @param at - milliseconds since the epoch. */
    now(at: number) {
      for (const request of jobs.refresh()) {
        judge.broken(
          'submitting is written first',
          request.id,
          `RunComfy took request ${request.id} (${String(request.body['text'] ?? request.body['prompt'])}), but no job stood in the store as being submitted with it.`,
        );
      }
      const reservations = new Map(truth.reservations().map((each) => [each.jobId, each]));
      for (const job of jobs.byId.values()) {
        judgeTwice(job, jobs, judge);
        judgeCounted(job, reservations.get(job.id), judge);
        judgeFreed(job, reservations.get(job.id), at);
      }
    },

    atEnd() {
      judgeSayings({ truth, isStoreWell, judge });
      const erasures = [...truth.interactions.values()].filter(({ name }) => name.startsWith('erasenow:'));
      const hasErased = new Set([FORGOTTEN, ...erasures.map(({ member }) => member)]);
      const { finished } = truth.jobs();
      const records = new Map(finished.map((record) => [record.id, record]));
      for (const { jobId, member, images, state } of truth.reservations()) {
        if (state !== 'settled') continue;
        const job = jobs.byId.get(jobId) ?? NOTHING;
        const record = records.get(jobId);
        // A member may have erased the record: then it can no longer be asked why.
        if (record === undefined && hasErased.has(member)) continue;
        if (images <= (record === undefined ? billedOf(job) : mayCount(record, job, jobs))) continue;
        const billed = billedOf(job);
        judge.broken(
          'what is counted was billed',
          jobId,
          `Job ${jobId} counts ${images} pictures for good, RunComfy billed ${billed}, and nothing says that so many more may have been paid.`,
        );
      }
    },
  };
}

/** What is said last of a job's pictures being counted or not is so. */
function judgeSayings({ truth, isStoreWell, judge }: { truth: Truth; isStoreWell: IsCalm; judge: Judge }): void {
  const states = new Map(truth.reservations().map(({ jobId, state }) => [jobId, state]));
  const last = new Map<string, Told>();
  for (const told of truth.told) if (told.interaction !== undefined) last.set(told.interaction, told);
  for (const [id, { at, messageId, text }] of last) {
    const isCounted = (states.get(id) ?? 'released') !== 'released';
    // A verdict that a failing store did not take is lost with a kill, and its release is not: what is said then errs on the safe side.
    const since = truth.interactions.get(id)?.at ?? at;
    const saysCounted = STAYS_COUNTED.test(text) && isStoreWell(since, at);
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

const NOTHING: KnownJob = {
  ...{ id: '', guild: '', member: '', private: false, spoiler: false, askedAt: 0, deadline: 0 },
  ...{ count: 0, shares: [], requests: [] },
};

/** Each of a job's requests is taken once. */
function judgeTwice(job: KnownJob, jobs: Jobs, judge: Judge): void {
  const numbers = new Set(job.requests.map((request) => jobs.numberOf(request)));
  if (numbers.size === job.requests.length) return;
  for (const [number, same] of Map.groupBy(job.requests, (request) => jobs.numberOf(request)))
    if (same.length > 1)
      judge.broken(
        'no request is taken twice',
        job.id,
        `Request ${number ?? 0} of job ${job.id} was taken ${same.length} times: ${same.map(({ id }) => id).join(', ')}.`,
      );
}

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
