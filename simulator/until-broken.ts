/** Runs histories of the code beside it until one breaks a promise, and says which: what a copy with a fault in it is asked. */
import { runHistory } from './history.ts';
import { drawPlan } from './people/people.ts';
import type { Asked, Broken } from './teeth/teeth.ts';

/** Virtual time of a history, and how often people ask for pictures in it: as the command has it. */
const HOURS = 6;
const JOBS = 20;

/** The plan of a history: every other one is in hell, and some are calm, as some promises are judged only there. */
function planOf(number: number, processes: number) {
  const faults = number % 2 === 0 ? 'hell' : number % 6 === 5 ? 'none' : 'usual';
  return drawPlan({ seed: number, hours: HOURS, jobs: JOBS, processes, faults });
}

/** The first of the histories that breaks a promise. */
export async function findBroken({ processes, from, to }: Asked): Promise<Broken | undefined> {
  for (let number = from; number <= to; number += 1) {
    const { violations } = await runHistory({ plan: planOf(number, processes) });
    const [first] = violations;
    if (first !== undefined) return { number, invariant: first.invariant, message: first.message };
  }
  return undefined;
}

if (import.meta.main) {
  const asked = JSON.parse(process.argv[2] ?? '') as Asked;
  console.log(JSON.stringify((await findBroken(asked)) ?? null));
}
