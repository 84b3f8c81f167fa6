/** What is under way is looked at in time, a process heeds what another one was told, and an account that is refused is left alone. */
import type { CallTruth, JobRecord, RequestTruth, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { Tolerance } from '../clocks.ts';
import { requestsIn, type Jobs } from '../jobs.ts';
import type { Judge } from '../judge.ts';
import { GIVEN_UP_AFTER } from './begun.ts';

/** Between two looks at a request at most (milliseconds): 20 s, and what a step takes besides. */
const LOOKED_WITHIN = 26_000;

/** The same in its first minute: 5 s. */
const LOOKED_WITHIN_EARLY = 12_000;
const EARLY = 55_000;

/**
 * Where RunComfy alone fails (milliseconds): half a minute, a call that hangs and another one of the same step, or the longest
 * that it can ask to wait.
 */
const TRIED_WITHIN = 2 * 60_000;

/** Nothing was wrong for so long before (milliseconds). */
const WELL_BEFORE = 60_000;

/** A process that was told to wait has left word of it by then (milliseconds). */
const LEFT_WITHIN = 3000;

/** Submits in a row that the account is refused, until none is sent for so long (milliseconds). */
const REFUSED_IN_A_ROW = 3;
const LEFT_ALONE = 60_000;

/** What one process finds out of the account it goes by itself, and the others, from then on (milliseconds). */
const HEARD_WITHIN = 500;
const SHARED_WITHIN = 6000;

/** The page of a model that is said to be gone is read by then (milliseconds). */
const READ_WITHIN = 5000;

const LOOKS = new Set(['status', 'result', 'cancel']);

export function judgePace({
  truth,
  jobs,
  processes,
  isCalm,
  isCalmBut,
  isKept,
  tolerance,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  /** How many share what they know. */
  processes: number;
  isCalm: IsCalm;
  /** Whether nothing was wrong but with RunComfy. */
  isCalmBut: IsCalm;
  /** Whether a process that has heard something at a moment could write it down. */
  isKept: (process: string, span: { from: number; heard: number; until: number }) => boolean;
  tolerance: Pick<Tolerance, 'clocks'>;
  judge: Judge;
}) {
  const broken = (subject: string, sentence: string) => {
    judge.broken('calls are made in time', subject, sentence);
  };

  /** From its submit to its end there is no longer time without a look at it. */
  function judgeLooks(
    { id, answeredAt, forgottenAt = Infinity }: RequestTruth,
    looks: readonly CallTruth[],
    overAt: number,
  ): void {
    if (answeredAt === undefined) return;
    const ends = looks.map((look) => look.answeredAt ?? look.at);
    const from = [answeredAt, ...ends];
    for (const [index, since] of from.entries()) {
      const next = looks[index]?.at ?? Infinity;
      const until = Math.min(next, overAt);
      const wait = until - since;
      const most = since - answeredAt < EARLY ? LOOKED_WITHIN_EARLY : LOOKED_WITHIN;
      // Of what RunComfy denies it is asked less and less often.
      const isLate = wait > most && since < forgottenAt && isCalm(since - WELL_BEFORE, since + most);
      const isVeryLate = wait > TRIED_WITHIN && isCalmBut(since - WELL_BEFORE, since + TRIED_WITHIN);
      if (!isLate && !isVeryLate) continue;
      broken(
        id,
        `Nobody looked at request ${id} for ${Math.round(wait / 1000)} s from ${since} on, though all was well.`,
      );
    }
  }

  /** A wait that one process was told of is heeded by those that go on with the job. */
  function judgeShared(calls: readonly CallTruth[]): void {
    for (const [index, { by, at, answeredAt, waitUntil, subject }] of calls.entries()) {
      if (waitUntil === undefined || answeredAt === undefined) continue;
      const next = calls.slice(index + 1).find((other) => other.at > answeredAt);
      if (next === undefined || next.by === by || next.name === 'cancel' || next.at < answeredAt + LEFT_WITHIN)
        continue;
      const early = waitUntil - tolerance.clocks(next.at) - next.at;
      const [process = ''] = by.split(' (');
      if (early <= 1 || isLast(next) || isPressed(next, calls)) continue;
      if (!isKept(process, { from: at - LEFT_WITHIN, heard: answeredAt, until: next.at })) continue;
      broken(
        subject,
        `${next.by} made a ${next.name} about ${subject} ${Math.ceil(early / 1000)} s before RunComfy had told ${by} to come again.`,
      );
    }
  }

  /** At its deadline a job is looked at for the last time, and submitted no more. */
  function isLast({ subject, at }: CallTruth): boolean {
    const job = [...jobs.byId.values()].find(({ requests }) => requests.some(({ id }) => id === subject));
    return job !== undefined && at + tolerance.clocks(at) >= job.deadline;
  }

  /** A press of Cancel looks once more. */
  const isPressed = ({ at }: CallTruth, calls: readonly CallTruth[]) =>
    calls.some((other) => other.name === 'cancel' && Math.abs(at - other.at) < 20_000);

  /** Where several processes find the same out at once they may count it once. */
  function judgeAccount(): void {
    const inARow = processes > 1 ? 2 * REFUSED_IN_A_ROW : REFUSED_IN_A_ROW;
    const known = processes > 1 ? SHARED_WITHIN : HEARD_WITHIN;
    const answered = truth.calls
      .filter(({ name, account }) => name === 'submit' && account !== undefined)
      .toSorted((one, other) => (one.answeredAt ?? Infinity) - (other.answeredAt ?? Infinity));
    for (const { name, by, at, subject } of truth.calls) {
      if (name !== 'submit') continue;
      const heard = answered.filter(({ answeredAt = Infinity }) => answeredAt < at);
      const before = heard.filter(({ answeredAt = Infinity }) => answeredAt < at - known).slice(-inARow);
      const last = before.at(-1);
      if (last?.answeredAt === undefined || before.length < inARow) continue;
      const since = at - last.answeredAt;
      const run = heard.slice(heard.indexOf(before[0] ?? last));
      const isTold = run.every((each) => each.account === 'refused' && (processes > 1 || each.by === by));
      const jumped = tolerance.clocks(at) - tolerance.clocks(before[0]?.at ?? at);
      // By a clock that was set meanwhile the time to leave it alone may be over, or not have begun.
      if (!isTold || jumped > 0 || since >= LEFT_ALONE) continue;
      const [process = ''] = last.by.split(' (');
      if (!isKept(process, { from: last.answeredAt - HEARD_WITHIN, heard: last.answeredAt, until: at })) continue;
      broken(
        subject,
        `${by} made a ${subject} ${Math.round(since / 1000)} s after RunComfy had refused the account to ${inARow} submits in a row.`,
      );
    }
  }

  /** A submit that was told that there is no such model has the model's page read at once: one of the two is a slip. */
  function judgeGone(): void {
    const pages = truth.calls.filter(({ name }) => name === 'model');
    for (const { name, said, by, at, answeredAt, subject } of truth.calls) {
      if (name !== 'submit' || said !== 'gone' || answeredAt === undefined) continue;
      const until = answeredAt + READ_WITHIN;
      const isRead = pages.some((page) => page.by === by && page.at >= at - GIVEN_UP_AFTER.look && page.at <= until);
      const [process = ''] = by.split(' (');
      if (isRead || !isKept(process, { from: at - READ_WITHIN, heard: answeredAt, until })) continue;
      broken(subject, `${by} was told for ${subject} that there is no such model, and did not read the model's page.`);
    }
  }

  /** When the bot was done with a request, whatever became of it, as far as its clock tells. */
  function overAt(record: JobRecord | undefined, number: number | undefined): number {
    const recorded = record && requestsIn(record).find((each) => each.number === number);
    const at = recorded?.finishedAt ?? -Infinity;
    return at - tolerance.clocks(at);
  }

  return {
    atEnd() {
      const looks = truth.calls.filter(({ name }) => LOOKS.has(name));
      const bySubject = Map.groupBy(looks, ({ subject }) => subject);
      const records = new Map(truth.jobs().finished.map((record) => [record.id, record]));
      for (const { id, requests } of jobs.byId.values())
        for (const request of requests)
          judgeLooks(request, bySubject.get(request.id) ?? [], overAt(records.get(id), jobs.numberOf(request)));
      for (const calls of Map.groupBy(truth.calls, ({ subject }) => subject).values()) judgeShared(calls);
      judgeAccount();
      judgeGone();
    },
  };
}
