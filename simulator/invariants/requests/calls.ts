/** Calls are made with measure: who is told to wait waits, nothing is asked again at once, and no job has too much under way. */
import type { Life } from '../../world/life.ts';
import type { CallTruth, RequestTruth, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { Tolerance } from '../clocks.ts';
import type { Jobs, KnownJob } from '../jobs.ts';
import type { Judge } from '../judge.ts';
import { subjectsOf } from './begun.ts';

/** The most calls about one thing within a span (milliseconds): looks are half a second apart at least. */
const CALLS_MOST = 24;
const CALLS_SPAN = 8000;

/** A press of Cancel looks once more, right after RunComfy has answered that (milliseconds). */
const BY_A_PRESS = 20_000;

/** Timers go by whole milliseconds. */
const ROUNDED = 1;

/** Requests of a job that are under way at once. */
const UNDER_WAY_MOST = 8;

/** The same of a server, besides one of each further job. */
const OF_A_SERVER_MOST = 24;

/** Submits in a row that RunComfy must refuse for the account, until nobody may ask for pictures. */
const REFUSED_IN_A_ROW = 3;

/** For how long after the last of them that is said at most (milliseconds): a pause, and one trial. */
const PAUSED_MOST = 2 * 60_000;

/** A step has so long to end at a stop (milliseconds). */
const STOPPED_WITHIN = 7000;

/** A response to an interaction takes no longer (milliseconds). */
const ON_ITS_WAY = 3000;

export function judgeCalls({
  truth,
  jobs,
  processes,
  lives,
  isCalm,
  tolerance,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  /** How many share what they know of the account. */
  processes: number;
  lives: readonly Life[];
  isCalm: IsCalm;
  tolerance: Tolerance;
  judge: Judge;
}) {
  /** Whether a press of Cancel may have asked. */
  const isByPress = ({ subject, at }: CallTruth) =>
    truth.calls.some(
      (other) => other.name === 'cancel' && other.subject === subject && at >= other.at && at - other.at < BY_A_PRESS,
    );

  /** At its deadline a job is looked at for the last time, whatever it was told. */
  function isLast({ subject, at }: CallTruth): boolean {
    const job = [...jobs.byId.values()].find(({ requests }) => requests.some(({ id }) => id === subject));
    return job !== undefined && at + tolerance.clocks(at) >= job.deadline;
  }

  /** Whether another process that shares the job was answered since this one was told to wait: what it knows is handed over. */
  const isAnsweredSince = (told: CallTruth, { at }: CallTruth) =>
    truth.calls.some(
      ({ by, subject, waitUntil, answeredAt = Infinity }) =>
        by !== told.by &&
        subject === told.subject &&
        waitUntil === undefined &&
        answeredAt > (told.answeredAt ?? Infinity) &&
        answeredAt <= at,
    );

  /** Whether a submit may be of another job than the one before it: somebody asked twice for the same, with the same seed. */
  function isOfSeveral({ name, subject }: CallTruth): boolean {
    if (name !== 'submit') return false;
    const { live, finished } = truth.jobs();
    return [...live, ...finished].filter((record) => subjectsOf(record).includes(subject)).length > 1;
  }

  function judgeSame(calls: readonly CallTruth[]): void {
    for (const [index, call] of calls.entries()) {
      const before = calls[index - 1];
      const wait = before?.waitUntil === undefined ? 0 : before.waitUntil - tolerance.clocks(call.at) - call.at;
      const mayBeSooner = isByPress(call) || isLast(call) || (before && isAnsweredSince(before, call));
      if (wait > ROUNDED && !mayBeSooner && !isOfSeveral(call))
        judge.broken(
          'calls are made with measure',
          `${call.subject} told`,
          `${call.by} made a ${call.name} about ${call.subject} ${Math.ceil(wait / 1000)} s before RunComfy had said to come again.`,
        );
      const earlier = calls[index - CALLS_MOST];
      if (earlier !== undefined && call.at - earlier.at < CALLS_SPAN)
        judge.broken(
          'calls are made with measure',
          `${call.subject} often`,
          `${call.by} made more than ${CALLS_MOST} calls of ${call.name} about ${call.subject} within ${CALLS_SPAN / 1000} s.`,
        );
    }
  }

  /** Whether a process must believe that RunComfy has a request, from its submit to its end. */
  const isKnown = ({ answeredAt, forgottenAt, denied }: RequestTruth) =>
    answeredAt !== undefined && forgottenAt === undefined && denied.length === 0;

  /** Whether it was under way for a while at a moment. */
  const isThere = ({ answeredAt = Infinity, endedAt = Infinity }: RequestTruth, at: number) =>
    answeredAt < at && endedAt > at;

  function judgeUnderWay({ id, askedAt, requests }: KnownJob): void {
    for (const { at } of requests) {
      const there = requests.filter((each) => isKnown(each) && each.at <= at && (each.endedAt ?? Infinity) > at);
      // What was heard right before a kill is not known any more.
      if (there.length <= UNDER_WAY_MOST || !isCalm(askedAt, at)) continue;
      judge.broken(
        'a job holds nobody up',
        id,
        `${there.length} requests of job ${id} were under way at once, and ${UNDER_WAY_MOST} may be.`,
      );
    }
  }

  /** No server fills RunComfy's queue: with so many under way a job that has some sends no more. */
  function judgeServer(own: readonly KnownJob[]): void {
    const all = own.flatMap((job) => job.requests.map((request) => ({ job, request })));
    if (all.length <= OF_A_SERVER_MOST) return;
    for (const { job, request } of all) {
      const { at } = request;
      const there = all.filter((each) => isKnown(each.request) && isThere(each.request, at));
      const isFurther = there.some((each) => each.job === job);
      if (!isFurther || there.length <= OF_A_SERVER_MOST || !isCalm(job.askedAt, at)) continue;
      judge.broken(
        'a job holds nobody up',
        job.guild,
        `${there.length} requests of server ${job.guild} were under way when job ${job.id} sent a further one, and ${OF_A_SERVER_MOST} may be.`,
      );
      return;
    }
  }

  /** Nobody is refused for the host's account unless RunComfy has just refused that. */
  function judgePauses(): void {
    // In the order in which they were answered: one that was made later may have been answered before.
    const submits = truth.calls
      .filter(({ name, account }) => name === 'submit' && account !== undefined)
      .toSorted((one, other) => (one.answeredAt ?? Infinity) - (other.answeredAt ?? Infinity));
    for (const { at, text, messageId, interaction = '' } of truth.told) {
      if (!text.includes(PAUSED)) continue;
      // What Discord did not answer may be sent once more as it was.
      const said = Math.min(at, (truth.interactions.get(interaction)?.at ?? at) + ON_ITS_WAY);
      const before = submits.filter(({ answeredAt = Infinity }) => answeredAt <= at);
      const last = before.findLastIndex(({ account }) => account === 'refused');
      const inARow = last - before.slice(0, last + 1).findLastIndex(({ account }) => account === 'taken');
      const since = said - (before[last]?.answeredAt ?? -Infinity);
      // Of several processes each goes by what it has found out, and by what has reached it of the others.
      const all = before.filter(({ account }) => account === 'refused').length;
      const isMeant = (processes > 1 ? all : inARow) >= REFUSED_IN_A_ROW;
      if (last >= 0 && isMeant && since <= PAUSED_MOST + ON_ITS_WAY + tolerance.clocks(at)) continue;
      judge.broken(
        'no sentence lies',
        messageId,
        `Message ${messageId} says "${text.replaceAll('\n', ' / ')}", and RunComfy has not refused the account lately.`,
      );
    }
  }

  /** A process that is told to stop ends what it has begun: a submit whose answer it does not hear is lost. */
  function judgeStops(): void {
    const submits = truth.calls.filter(({ name, overAt }) => name === 'submit' && overAt === undefined);
    for (const { process, incarnation, stoppedAt = -Infinity, endedAt = Infinity, byItself } of lives) {
      if (byItself !== true || endedAt - stoppedAt >= STOPPED_WITHIN) continue;
      const cut = submits.find(({ by, at }) => by === `${process} (start ${incarnation})` && at < endedAt);
      if (cut === undefined) continue;
      judge.broken(
        'a stop ends what is begun',
        cut.subject,
        `${cut.by} was told to stop and ended ${Math.round(endedAt - stoppedAt)} ms later, in the middle of its ${cut.subject}.`,
      );
    }
  }

  return {
    atEnd() {
      judgeStops();
      const same = Map.groupBy(truth.calls, ({ by, name, subject }) => `${by} ${name} ${subject}`);
      for (const calls of same.values()) judgeSame(calls);
      for (const job of jobs.byId.values()) judgeUnderWay(job);
      // Each process goes by the jobs that it knows.
      const servers = processes > 1 ? [] : Map.groupBy(jobs.byId.values(), ({ guild }) => guild).values();
      for (const own of servers) judgeServer(own);
      judgePauses();
    },
  };
}

/** What is said then. */
const PAUSED = 'Until that is mended it takes no jobs';
