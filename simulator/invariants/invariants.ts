/** The promises, judged from the world's truth alone: after every event what is cheap, at the end the rest. */
import type { Plan } from '../plan.ts';
import { BEGIN } from '../kernel/virtual-time.ts';
import type { Truth } from '../world/truth.ts';
import { judgeEndings } from './endings.ts';
import { judgeInteractions, type Lives } from './interactions.ts';
import { createJobs } from './jobs.ts';
import { judgeLimits, type HostLimits } from './limits.ts';
import { judgeMoney } from './money.ts';
import { judgePictures } from './pictures.ts';
import { judgeSentences } from './truthful.ts';
import { createJudge, type Violation } from './violation.ts';

export type { HostLimits, Lives, Violation };

export interface Invariants {
  /** Judges what has changed; to be called after every event. */
  afterEvent(): void;
  /** Judges what must be so when faults have stopped and all had its time. */
  atEnd(): void;
  /** What was broken so far, the first first. */
  violations: readonly Violation[];
}

/** Events after which everything is judged anew, even if nothing visible has changed. */
const ANYWAY = 200;

/** @param lives - when the processes were up. */
export function createInvariants({
  truth,
  plan,
  limits,
  lives,
}: {
  truth: Truth;
  plan: Plan;
  limits: HostLimits;
  lives: Lives;
}): Invariants {
  const judge = createJudge();
  const jobs = createJobs(truth);
  const money = judgeMoney({ truth, jobs, judge, native: true });
  const limit = judgeLimits({ truth, limits, judge });
  const pictures = judgePictures({ truth, jobs, judge });
  const sentences = judgeSentences({ truth, jobs, judge });
  const interactions = judgeInteractions({ truth, faults: plan.faults, lives, begin: BEGIN, judge });
  const endings = judgeEndings({ truth, acts: plan.acts, judge });
  let seen = '';
  let events = 0;

  function now(): void {
    money.now();
    limit.now();
    pictures.now();
    sentences.now();
  }

  return {
    violations: judge.violations,
    afterEvent() {
      events += 1;
      const visible = `${truth.told.length} ${truth.requests.length}`;
      if (visible === seen && events % ANYWAY !== 0) return;
      seen = visible;
      now();
    },
    atEnd() {
      now();
      money.atEnd();
      pictures.atEnd();
      interactions.atEnd();
      endings.atEnd();
    },
  };
}
