/** The door to what is judged of answers: pages, forms, choices, and who reads what. */
import { BEGIN } from '../../kernel/virtual-time.ts';
import type { Act, Fault } from '../../plan.ts';
import type { Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { Tolerance } from '../clocks.ts';
import { createAllowed, type SetLimits } from '../guilds/set-limits.ts';
import type { Jobs } from '../jobs.ts';
import type { Judge } from '../judge.ts';
import type { LimitsJudge } from '../limits.ts';
import { judgeForms } from './forms.ts';
import { judgeForWhom } from './for-whom.ts';
import { judgeHistoryPages } from './history-pages.ts';
import { judgeNumbersShown } from './numbers.ts';
import { judgeLimitsPage } from './limits-page.ts';
import { judgePages } from './pages.ts';
import { judgePicks } from './picks.ts';
import { judgeRefusedThere } from './refusals.ts';
import { judgeWordsShown } from './words-shown.ts';

/**
 * @param set - what admins have set for their servers.
 * @param limits - those of the environment.
 * @param retention - how long jobs are kept (milliseconds).
 */
export function judgeAnswers({
  truth,
  acts,
  faults,
  jobs,
  set,
  limits,
  retention,
  usedOf,
  isCalm,
  tolerance,
  judge,
}: {
  truth: Truth;
  acts: readonly Act[];
  faults: readonly Fault[];
  jobs: Jobs;
  set: SetLimits;
  limits: Parameters<typeof createAllowed>[1]['limits'];
  retention: number;
  usedOf: LimitsJudge['usedOf'];
  isCalm: IsCalm;
  tolerance: Tolerance;
  judge: Judge;
}) {
  const historyPage = judgeHistoryPages({ truth, jobs, usedOf, isCalm, tolerance, judge });
  const allowedTo = createAllowed(set, { truth, limits });
  const numbers = judgeNumbersShown({ truth, usedOf, allowedTo, tolerance, judge });
  const forWhom = judgeForWhom({ truth, acts, isAdmin: set.isAdmin, isCalm, tolerance, judge });
  const refused = judgeRefusedThere({ truth, acts, begin: BEGIN, judge });
  const pages = judgePages({ truth, jobs, retention, isAdmin: set.isMembersAdmin, usedOf, tolerance, judge });
  const forms = judgeForms({ truth, acts, jobs, tolerance, judge });
  const limitsPage = judgeLimitsPage({ truth, allowedTo, judge });
  const words = judgeWordsShown({ truth, faults, begin: BEGIN, judge });
  let seen = 0;

  return {
    now() {
      for (const told of truth.told.slice(seen)) {
        historyPage(told);
        numbers(told);
        pages(told);
        words(told);
        limitsPage(told);
        forWhom.now(told);
        refused.now(told);
      }
      seen = truth.told.length;
    },
    atEnd() {
      forWhom.atEnd();
      refused.atEnd();
      forms.atEnd();
      judgePicks({ truth, acts, tolerance, judge });
    },
  };
}
