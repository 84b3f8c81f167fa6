/** The promises, judged from the world's truth alone: after every event what is cheap, at the end the rest. */
import type { Config } from '../../src/config.ts';
import { BEGIN, type VirtualTime } from '../kernel/virtual-time.ts';
import type { Fault, Plan } from '../plan.ts';
import type { Life } from '../world/life.ts';
import type { Truth } from '../world/truth.ts';
import { judgeStatement } from './accounts/statement.ts';
import { judgeAnswers } from './answers/answers.ts';
import { closedToDirectMessages, createCalm, createClosed, createOvertaken } from './calm.ts';
import { createTolerance } from './clocks.ts';
import { judgeEndings, UNFETCHED } from './endings.ts';
import { judgeApart } from './galleries/apart.ts';
import { judgeFacts } from './galleries/facts.ts';
import { judgeFilling } from './galleries/filling.ts';
import { judgeKnown } from './galleries/known.ts';
import { judgePictures } from './galleries/pictures.ts';
import { keepsFromBringing } from './galleries/again.ts';
import { judgeErased } from './guilds/erased.ts';
import { judgeGuildLimits } from './guilds/guild-limits.ts';
import { createSetLimits } from './guilds/set-limits.ts';
import { judgeWords } from './guilds/words.ts';
import { judgeInteractions } from './interactions.ts';
import { createJobs, type KnownJob } from './jobs.ts';
import { createJudge } from './judge.ts';
import { judgeLimits } from './limits.ts';
import { judgeMoney } from './money.ts';
import { judgeDoneTold } from './notices/done-told.ts';
import { judgeHostHears } from './notices/host-hears.ts';
import { judgeHostTold } from './notices/host-told.ts';
import { judgeReasons } from './reasons/reasons.ts';
import { judgeSilence } from './reasons/silence.ts';
import { judgeReferences } from './references/references.ts';
import { judgeAsked } from './requests/asked.ts';
import { judgeBeliefs } from './requests/beliefs.ts';
import { judgeBegun } from './requests/begun.ts';
import { judgeCalls } from './requests/calls.ts';
import { judgeCancels } from './requests/cancels.ts';
import { judgePace } from './requests/pace.ts';
import { judgeRefusals } from './requests/refusals.ts';
import { judgeSentences } from './truthful.ts';
import type { Violation } from './violation.ts';

export interface Invariants {
  /** Judges what has changed since it was asked last. @throws Violation */
  afterEvent(): void;
  /** Judges once everything is at rest: faults are over, and everybody had the time that the promises give. */
  atEnd(): readonly Violation[];
}

/** Events after which everything is judged anew, even if nothing visible has changed. */
const ANYWAY = 200;

/** What is read of a message is read within this before it is told (milliseconds). */
const WELL_BEFORE = 60_000;
/** Whether a fault may keep the bot from telling its host something, or from knowing whether it has. */
function keepsFromTelling(fault: Fault): boolean {
  return fault.kind === 'trouble' ? fault.with === 'discord' || fault.with === 'store' : fault.kind !== 'kill_at_call';
}
/** Whether a fault may keep a picture from being fetched. */
const isOfAssets = (fault: Fault) => fault.kind === 'trouble' && fault.with === 'assets';
/** Whether a fault may keep an interaction from being acknowledged: a store, RunComfy or pictures must not. */
function isOfDiscord(fault: Fault): boolean {
  return fault.kind === 'trouble' && (fault.with === 'discord' || fault.with === 'gateway');
}
/** After a cut a process is connected again by then, and nothing is begun until the others are heard of again (milliseconds). */
const REUNITED_WITHIN = 10_000;

/** @param lives - when which process ran. */
export function createInvariants({
  truth,
  plan,
  config: { limits, jobDeadline, balanceWarningUsd, retention },
  lives,
  time,
}: {
  truth: Truth;
  plan: Plan;
  /** What the bot is set to. */
  config: Pick<Config, 'limits' | 'jobDeadline' | 'balanceWarningUsd' | 'retention'>;
  lives: readonly Life[];
  time: Pick<VirtualTime, 'now'>;
}): Invariants {
  const { acts, faults } = plan;
  const judge = createJudge();
  const tolerance = createTolerance(faults, BEGIN);
  const isCalm = createCalm({ faults, lives, begin: BEGIN });
  const isClosed = createClosed(truth, acts);
  const isOvertaken = createOvertaken(truth, lives);
  const areClocksApart = plan.processes > 1 && faults.some(({ kind }) => kind === 'clock_jump');
  const jobs = createJobs(truth, jobDeadline, areClocksApart);
  const ofStore = faults.filter((fault) => fault.kind === 'trouble' && fault.with === 'store');
  const isStoreWell = createCalm({ faults: ofStore, lives: [], begin: BEGIN });
  const isKept = createCalm({
    faults: faults.filter((fault) => !(fault.kind === 'trouble' && fault.with !== 'store')),
    lives,
    begin: BEGIN,
  });
  const money = judgeMoney({ truth, jobs, isStoreWell, isCalm, judge });
  const limit = judgeLimits({ truth, limits, judge });
  const cuts = faults.flatMap((fault) => (fault.kind === 'cut_off' || fault.kind === 'fail_over' ? [fault] : []));
  const isUncut = createCalm({ faults: cuts, lives: [], begin: BEGIN });
  /** A process that stood still, or was cut off before, writes what it has heard as soon as it can. */
  const isWritable = (name: string, { from, heard, until }: { from: number; heard: number; until: number }) =>
    isStoreWell(from, until) &&
    isUncut(heard - REUNITED_WITHIN, until) &&
    lives.some(
      ({ process, startedAt, stoppedAt = Infinity, endedAt = Infinity, frozen }) =>
        process === name &&
        startedAt <= from &&
        Math.min(stoppedAt, endedAt) > until &&
        !frozen.some((span) => span.from < until && (span.until ?? Infinity) > heard),
    );
  const deaf = closedToDirectMessages(acts);
  const brief = new Set(
    faults.flatMap((fault) => (fault.kind === 'request' && UNFETCHED.has(fault.fate) ? [fault.marker] : [])),
  );
  const isBrief = ({ requests }: KnownJob) => requests.some(({ marker }) => marker !== undefined && brief.has(marker));
  const pictures = judgePictures({
    ...{ truth, jobs, isCalm, isClosed, isOvertaken, isKept, tolerance, judge, faults, begin: BEGIN },
    isElseWell: createCalm({ faults: faults.filter(keepsFromBringing), lives, begin: BEGIN }),
    areAssetsWell: createCalm({ faults: faults.filter(isOfAssets), lives: [], begin: BEGIN }),
    isDeaf: (member) => deaf.has(member),
    isBrief,
  });
  const filling = judgeFilling({ truth, jobs, isCalm, isClosed, isBrief, judge });
  const sentences = judgeSentences({ truth, acts, faults, jobs, usedOf: limit.usedOf, tolerance, judge });
  const isDiscordWell = createCalm({ faults: faults.filter(isOfDiscord), lives, begin: BEGIN });
  const interactions = judgeInteractions({ truth, isCalm, isDiscordWell, tolerance, judge });
  const endings = judgeEndings({
    ...{ truth, faults, jobs, ...sentences, isCalm, tolerance, isClosed, isOvertaken, isBrief, judge },
  });
  const isReadable = (messageId: string, at: number) => !isClosed(messageId) && isCalm(at - WELL_BEFORE, at);
  const references = judgeReferences({ truth, jobs, tolerance, isReadable, judge });
  const doneTold = judgeDoneTold({ truth, jobs, acts, isCalm, judge });
  const isWell = createCalm({ faults: faults.filter(keepsFromTelling), lives: [], begin: BEGIN });
  const hostHears = judgeHostHears({
    ...{ truth, acts, limits, balanceWarning: balanceWarningUsd, isCalm, tolerance, judge },
  });
  const hostTold = judgeHostTold({ truth, acts, tolerance, isWell, judge });
  const beliefs = judgeBeliefs({ truth, jobs, isKept: isWritable, tolerance, judge });
  const asked = judgeAsked({ truth, plan, jobs, tolerance, judge });
  const calls = judgeCalls({ truth, jobs, processes: plan.processes, lives, isCalm, tolerance, judge });
  const set = createSetLimits({ truth, plan, begin: BEGIN });
  const guildLimits = judgeGuildLimits({ truth, set, judge });
  const facts = judgeFacts({ truth, jobs, isCalm, isClosed, tolerance, judge });
  const { usedOf } = limit;
  const answers = judgeAnswers({ truth, acts, faults, jobs, set, limits, retention, usedOf, isCalm, tolerance, judge });
  const beside = faults.filter((fault) => !(fault.kind === 'trouble' && fault.with === 'runcomfy'));
  const limiting = faults.filter((fault) => fault.kind === 'trouble' && fault.trouble.startsWith('rate_limited'));
  const isCalmBut = createCalm({ faults: beside, lives, begin: BEGIN });
  const isUnlimited = createCalm({ faults: [...beside, ...limiting], lives, begin: BEGIN });
  const begun = judgeBegun({ truth, jobs, isCalm, isCalmBut: isUnlimited, tolerance, judge });
  const cancels = judgeCancels({ truth, jobs, isCalm, isCalmBut: isUnlimited, tolerance, judge });
  const pace = judgePace({
    ...{ truth, jobs, processes: plan.processes, isCalm, isCalmBut, isKept: isWritable, tolerance, judge },
  });
  const refusals = judgeRefusals({ truth, jobs, processes: plan.processes, isKept: isWritable, tolerance, judge });
  const words = judgeWords({ truth, jobs, judge });
  const reasons = judgeReasons({
    ...{ truth, acts, faults, set, jobs, isCalm, judge },
    ...{ isStoreWell: isKept, isDiscordWell },
  });
  const erased = judgeErased({ truth, jobs, acts, isCalm, tolerance, judge });
  const statement = judgeStatement({ truth, jobs, isCalm, isKept, tolerance, judge });
  let seen = '';
  let events = 0;

  function now(): void {
    money.now(time.now());
    limit.now(time.now());
    pictures.now();
    filling.now();
    facts.now();
    sentences.now();
    reasons.now();
    references.now();
    hostTold.now(time.now());
    answers.now();
  }

  return {
    afterEvent() {
      events += 1;
      const visible = `${truth.told.length} ${truth.requests.length}`;
      if (visible === seen && events % ANYWAY !== 0) return;
      seen = visible;
      now();
      const [first] = judge.violations;
      if (first !== undefined) throw first;
    },
    atEnd() {
      now();
      money.atEnd();
      pictures.atEnd();
      filling.atEnd();
      facts.atEnd();
      interactions.atEnd();
      endings.atEnd();
      beliefs.atEnd();
      doneTold.atEnd();
      judgeKnown({ truth, jobs, isKept, judge });
      if (plan.processes === 1) judgeApart({ truth, jobs, isCalm, tolerance, judge });
      judgeSilence({ truth, plan, jobs, isCalm, isKept, isDiscordWell, isClosed, tolerance, judge });
      calls.atEnd();
      pace.atEnd();
      begun.atEnd();
      cancels.atEnd();
      refusals.atEnd();
      asked.atEnd();
      guildLimits.atEnd();
      words.atEnd();
      erased.atEnd();
      answers.atEnd();
      reasons.atEnd();
      statement.atEnd();
      hostHears.atEnd();
      return judge.violations;
    },
  };
}
