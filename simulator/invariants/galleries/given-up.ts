/** No gallery is given up that could have been brought, before its time or while all is well; and what can be brought is soon. */
import type { JobRecord, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { Tolerance } from '../clocks.ts';
import type { Jobs, KnownJob } from '../jobs.ts';
import type { Judge } from '../judge.ts';

/** A gallery can be brought where all is well from shortly before it is made until some minutes after (milliseconds). */
const MINUTE = 60_000;

/** What failed is tried again within this (milliseconds): a minute, and two that a call may hang before. */
const TRIED_AGAIN_WITHIN = 3.5 * MINUTE;

/** How long a gallery is tried to be brought at least from the end of its requests (milliseconds), where its deadline allows as long. */
const LATE_DELIVERY = 15 * MINUTE;

/** Moments of one step differ by so much (milliseconds). */
const ROUNDED = 1000;

/** Until when its delivery is tried, by the bot's clock (milliseconds since the epoch). */
function deadlineOf(record: JobRecord): number {
  const [deadline, createdAt, finishedAt] = ['deadline', 'createdAt', 'finishedAt'].map((key) => Number(record[key]));
  if (deadline === undefined || createdAt === undefined || finishedAt === undefined) return 0;
  return Math.max(deadline, finishedAt + Math.min(LATE_DELIVERY, deadline - createdAt));
}

export function judgeGivenUp({
  truth,
  jobs,
  isCalm,
  areAssetsWell,
  isClosed,
  isDeaf,
  isBrief,
  tolerance,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  isCalm: IsCalm;
  /** Whether nothing was wrong with the host of the pictures. */
  areAssetsWell: IsCalm;
  isClosed: (messageId: string) => boolean;
  isDeaf: (member: string) => boolean;
  isBrief: (job: KnownJob) => boolean;
  tolerance: Pick<Tolerance, 'clocks'>;
  judge: Judge;
}): void {
  for (const record of truth.jobs().finished) {
    const job = jobs.byId.get(record.id);
    const state = record['state'] as { name: string; givenUp?: boolean; refused?: boolean };
    if (job === undefined || state.refused || record['reopenedAt'] !== undefined || isBrief(job)) continue;
    const isGivenUp = state.givenUp === true;
    if (!isGivenUp && state.name !== 'delivered') continue;
    const lost = (why: string) => {
      const became = isGivenUp ? 'given up' : 'brought late';
      judge.broken('no picture is lost', job.id, `The gallery of job ${job.id} was ${became}, ${why}.`);
    };
    const reply = truth.interactions.get(job.id)?.replyId ?? '';
    const endedAt = Number(record['endedAt']);
    const off = tolerance.clocks(endedAt);
    const ends = job.requests.map(({ endedAt: at = Infinity, heardAt = 0 }) => Math.max(at, heardAt));
    // A request whose id the bot was never told, or that it gave up at its deadline, may end later: no gallery is kept for that.
    const last = Math.max(...ends.filter((at) => at <= endedAt + off));
    if (isGivenUp && endedAt < deadlineOf(record) - ROUNDED - off && areAssetsWell(last, endedAt + off))
      lost(`${Math.round((deadlineOf(record) - endedAt) / 1000)} s before its time was up`);
    if (isClosed(reply) || isDeaf(job.member)) continue;
    if (isGivenUp && isCalm(last - MINUTE, last + 5 * MINUTE))
      lost('though all was well and its member takes direct messages');
    if (off === 0 && endedAt - Math.max(...ends) > TRIED_AGAIN_WITHIN && isCalm(endedAt - TRIED_AGAIN_WITHIN, endedAt))
      lost('though all had been well for minutes and its member takes direct messages');
  }
}
