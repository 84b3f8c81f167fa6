/** A press of Cancel reaches all of a job: what RunComfy has is asked for, and what waits is not sent any more. */
import type { CallTruth, RequestTruth, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { Tolerance } from '../clocks.ts';
import type { Jobs, KnownJob } from '../jobs.ts';
import type { Judge } from '../judge.ts';
import { GIVEN_UP_AFTER } from './begun.ts';

/** What a press asks for is asked within this of its first call, where nothing is wrong (milliseconds). */
const ASKED_WITHIN = 5000;

/** What was heard so shortly before is written down only now (milliseconds). */
const JUST_HEARD = 2000;

/** Within which the next call is made after one was given up (milliseconds): half a minute, and what hangs besides. */
const ASKED_AGAIN_WITHIN = 75_000;

/** A press so long before a job's end has come to all that it can come to by then (milliseconds). */
const DONE_WITHIN = 60_000;

/** At its deadline each request is cancelled by itself (milliseconds before it). */
const JUST_BEFORE = 1000;

export function judgeCancels({
  truth,
  jobs,
  isCalm,
  isCalmBut,
  tolerance,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  isCalm: IsCalm;
  /** Whether nothing was wrong but with RunComfy, which did not say that too much was asked of it. */
  isCalmBut: IsCalm;
  tolerance: Pick<Tolerance, 'clocks'>;
  judge: Judge;
}) {
  const broken = ({ id }: KnownJob, sentence: string) => {
    judge.broken('a cancel reaches all of a job', id, sentence);
  };

  function judgeJob(job: KnownJob, cancels: ReadonlyMap<string, CallTruth[]>): void {
    const first = Math.min(...job.requests.flatMap(({ id }) => cancels.get(id)?.map(({ at }) => at) ?? []));
    const until = first + ASKED_WITHIN;
    if (first + tolerance.clocks(first) >= job.deadline - JUST_BEFORE || !isCalm(first - ASKED_WITHIN, until)) return;
    const isThere = ({ answeredAt = Infinity, endedAt = Infinity, forgottenAt, denied }: RequestTruth) =>
      answeredAt < first - JUST_HEARD && endedAt > until && forgottenAt === undefined && denied.length === 0;
    const left = job.requests.find((request) => isThere(request) && !request.cancelAsked);
    if (left !== undefined)
      broken(job, `Job ${job.id} was cancelled, and nobody asked RunComfy to cancel request ${left.id}.`);
    const late = job.requests.find(({ at }) => at > until);
    if (late !== undefined) broken(job, `Job ${job.id} was cancelled, and then its request ${late.id} was submitted.`);
  }

  /** What RunComfy did not answer is asked again, as long as there is something to cancel. */
  function judgeUnanswered(job: KnownJob, cancels: ReadonlyMap<string, CallTruth[]>): void {
    for (const { id, endedAt = Infinity } of job.requests) {
      const own = cancels.get(id) ?? [];
      for (const [index, { at, answeredAt }] of own.entries()) {
        const until = at + GIVEN_UP_AFTER.look + ASKED_AGAIN_WITHIN;
        if (answeredAt !== undefined || endedAt <= until || (own[index + 1]?.at ?? Infinity) <= until) continue;
        if (until + tolerance.clocks(until) >= job.deadline || !isCalmBut(at - GIVEN_UP_AFTER.look, until)) continue;
        broken(job, `RunComfy did not answer the cancel of request ${id}, and nobody asked again.`);
      }
    }
  }

  /** What was wished is of no use once its job is over: it bears a name. */
  function judgeWishes(): void {
    const { finished, wished } = truth.jobs();
    const left = new Set(wished());
    for (const { id, endedAt } of finished) {
      if (!left.has(id)) continue;
      const end = Number(endedAt);
      const presses = [...truth.interactions.values()].filter(({ name }) => name === `cancel:${id}`);
      const first = Math.min(...presses.map(({ at }) => at));
      if (tolerance.clocks(end) > 0 || !isCalm(first - DONE_WITHIN, end + DONE_WITHIN)) continue;
      judge.broken(
        'nothing grows',
        `${id} wish`,
        `Job ${id} is over, and the wish to cancel it is still in the store.`,
      );
    }
  }

  return {
    atEnd() {
      judgeWishes();
      const cancels = Map.groupBy(
        truth.calls.filter(({ name }) => name === 'cancel'),
        ({ subject }) => subject,
      );
      for (const job of jobs.byId.values()) {
        if (!job.requests.some(({ id }) => cancels.has(id))) continue;
        judgeJob(job, cancels);
        judgeUnanswered(job, cancels);
      }
    },
  };
}
