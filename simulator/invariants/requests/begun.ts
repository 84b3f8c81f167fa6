/** Whoever asks for pictures has them asked for at once, and while RunComfy fails it is tried again soon: a job is never left lying. */
import type { CallTruth, JobRecord, RequestTruth, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { Tolerance } from '../clocks.ts';
import { requestsIn, type Jobs } from '../jobs.ts';
import type { Judge } from '../judge.ts';

/** From its acknowledgement to a job's first submit at most, where nothing is wrong (milliseconds). */
const BEGUN_WITHIN = 8000;

/** Nothing was wrong for so long before (milliseconds): what waited for RunComfy then has been sent by now. */
const WELL_BEFORE = 60_000;

/**
 * Between two calls about a job at most, where RunComfy alone fails (milliseconds): 20 s, as a look may be apart from the one before, in its
 * first two minutes and 30 s later, and what a step takes that brings pictures besides.
 */
const TRIED_WITHIN = 26_000;
const TRIED_WITHIN_LATER = 40_000;
const EARLY = 110_000;

/** After which a call is given up that nobody answered (milliseconds). */
export const GIVEN_UP_AFTER = { submit: 60_000, look: 15_000 };

/** The seed after the largest is 0. */
const SEEDS = 2 ** 31;

const LOOKS = new Set(['status', 'result', 'cancel']);

const endOf = ({ name, at, answeredAt }: CallTruth) =>
  answeredAt ?? at + (name === 'submit' ? GIVEN_UP_AFTER.submit : GIVEN_UP_AFTER.look);

/** What a job's submits are known by, by its record. Of a model that takes no seed nothing is. */
export function subjectsOf(record: JobRecord): string[] {
  const words = [...new Set(String(record['text']).match(/\p{L}+/gu))];
  return requestsIn(record).flatMap(({ number }) => {
    const seed = (Number(record['seed']) + number - 1) % SEEDS;
    return words.map((word) => `submit ${word} ${seed}`);
  });
}

/** The submit of a request that was taken. */
const submitOf = ({ by, at, answeredAt }: RequestTruth): CallTruth => ({
  ...{ by, name: 'submit', subject: '', at, answeredAt },
  ...{ waitUntil: undefined, said: 'taken', account: undefined },
});

export function judgeBegun({
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
  const broken = (id: string, what: string, sentence: string) => {
    judge.broken('calls are made in time', `${id} ${what}`, sentence);
  };

  /** A job whose first request is over without one was cancelled before, or refused. */
  function judgeBegin(record: JobRecord, calls: readonly CallTruth[]): void {
    const { id } = record;
    const { at: askedAt = 0, acknowledgedAt } = truth.interactions.get(id) ?? {};
    if (acknowledgedAt === undefined || tolerance.clocks(acknowledgedAt + BEGUN_WITHIN) > 0) return;
    const over = requestsIn(record).flatMap(({ finishedAt }) => finishedAt ?? []);
    const taken = jobs.byId.get(id)?.requests.map(({ at }) => at) ?? [];
    const begun = Math.min(...over, ...taken, ...calls.map(({ at }) => at));
    const late = begun - acknowledgedAt;
    if (late <= BEGUN_WITHIN || !isCalm(askedAt - WELL_BEFORE, acknowledgedAt + BEGUN_WITHIN)) return;
    broken(
      id,
      'begun',
      `Job ${id} was acknowledged at ${acknowledgedAt}, and nothing was asked of RunComfy for ${Math.round(late / 1000)} s, though all was well.`,
    );
  }

  /** @param calls - about one job, in the order in which they were made. */
  function judgeGaps({ id }: JobRecord, calls: readonly CallTruth[], waits: readonly CallTruth[]): void {
    const askedAt = truth.interactions.get(id)?.at ?? 0;
    let since = Infinity;
    for (const [index, { at }] of calls.entries()) {
      const before = calls[index - 1];
      if (before !== undefined) since = Math.max(index === 1 ? 0 : since, endOf(before));
      const most = at - askedAt < EARLY ? TRIED_WITHIN : TRIED_WITHIN_LATER;
      if (at - since <= most || tolerance.clocks(at) > 0 || !isCalmBut(since - WELL_BEFORE, at)) continue;
      // What is told of one job may hold up the looks at all.
      if (waits.some(({ answeredAt = 0, waitUntil = 0 }) => answeredAt <= at && waitUntil >= since)) continue;
      broken(id, 'tried', `Nothing was asked of RunComfy about job ${id} for ${Math.round((at - since) / 1000)} s.`);
    }
  }

  return {
    atEnd() {
      const submits = Map.groupBy(
        truth.calls.filter(({ name }) => name === 'submit'),
        ({ subject }) => subject,
      );
      const looks = Map.groupBy(
        truth.calls.filter(({ name }) => LOOKS.has(name)),
        ({ subject }) => subject,
      );
      const isUnanswered = truth.calls.some(({ name, answeredAt }) => name === 'submit' && answeredAt === undefined);
      const waits = truth.calls.filter(({ waitUntil }) => waitUntil !== undefined);
      for (const record of truth.jobs().finished) {
        const sent = subjectsOf(record).flatMap((subject) => submits.get(subject) ?? []);
        judgeBegin(record, sent);
        // What it was billed is asked for long after.
        const until = Number(record['endedAt'] ?? 0);
        const { requests = [] } = jobs.byId.get(record.id) ?? {};
        const asked = requests.flatMap(({ id }) => looks.get(id) ?? []);
        // Where nothing tells a job's submits from others, those that were taken are known: one that hung is not.
        if (sent.length === 0 && isUnanswered) continue;
        const submitted = sent.length > 0 ? sent : requests.map(submitOf);
        const all = [...submitted, ...asked]
          .filter(({ at }) => at <= until)
          .toSorted((one, other) => one.at - other.at);
        judgeGaps(record, all, waits);
      }
    },
  };
}
