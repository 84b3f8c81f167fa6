/** Makes a plan that fails smaller: acts and faults are taken out of it for as long as it still fails in the same way. */
import type { Plan } from './plan.ts';

/** The ids of everything in a plan. */
export function idsOf({ acts, faults }: Plan): string[] {
  return [...acts, ...faults].map(({ id }) => id);
}

/** The plan with these acts and faults alone. */
export function only(plan: Plan, ids: readonly string[]): Plan {
  const kept = new Set(ids);
  const isKept = ({ id }: { id: string }) => kept.has(id);
  return { ...plan, acts: plan.acts.filter(isKept), faults: plan.faults.filter(isKept) };
}

/**
 * Takes halves away, then quarters and so on, then one by one until none can go (Zeller and Hildebrandt, "Simplifying and
 * Isolating Failure-Inducing Input", 2002, without its test of the parts alone).
 *
 * @param fails - whether a smaller plan still fails in the same way.
 * @param runs - how often that is asked at most.
 */
export async function shrink({
  plan,
  fails,
  runs,
}: {
  plan: Plan;
  fails: (plan: Plan) => Promise<boolean>;
  runs: number;
}): Promise<Plan> {
  let kept = idsOf(plan);
  let left = runs;
  let size = kept.length;
  while (size > 0 && left > 0) {
    const before = kept.length;
    for (let from = 0; from < kept.length && left > 0;) {
      const without = [...kept.slice(0, from), ...kept.slice(from + size)];
      left -= 1;
      if (await fails(only(plan, without))) kept = without;
      else from += size;
    }
    // What was needed by something that is gone now may go as well.
    if (size > 1) size = Math.floor(size / 2);
    else if (kept.length === before) size = 0;
  }
  return only(plan, kept);
}
