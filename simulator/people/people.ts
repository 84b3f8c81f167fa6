/** Draws a history's plan from a seed: who does what when, and what goes wrong. */
import { drawFaults, type Faults } from '../faults/faults.ts';
import { createRandom } from '../kernel/random.ts';
import type { Plan } from '../plan.ts';
import { drawGuilds } from './places.ts';
import { createMarkers } from './prompts.ts';
import { drawRequest } from './requests.ts';

const HOUR = 60 * 60_000;

/** People act in this part of a history: what they began can end in the rest. */
const ACTIVE = 0.85;

/**
 * @param hours - of virtual time.
 * @param jobs - requests for pictures, refused ones among them.
 * @param faults - whether and how much goes wrong.
 */
export function drawPlan({
  seed,
  hours,
  jobs = 20,
  processes,
  faults,
}: {
  seed: number;
  hours: number;
  jobs?: number;
  processes: number;
  faults: Faults;
}): Plan {
  const random = createRandom(seed).of('plan');
  const length = hours * HOUR;
  const guilds = drawGuilds(random.of('guilds'));
  const newMarker = createMarkers();
  const acts = Array.from({ length: jobs }, (_, index) => {
    const id = `job${index + 1}`;
    const drawn = random.of(id);
    const at = Math.round(drawn.next() * ACTIVE * length);
    return drawRequest(drawn, { id, at, guild: drawn.pick(guilds), marker: newMarker(drawn) });
  }).sort((one, other) => one.at - other.at);
  return {
    seed,
    length,
    processes,
    settings: {},
    people: guilds.flatMap(({ people }) => people),
    acts,
    faults: drawFaults({ random: random.of('faults'), faults, length, processes, acts }),
  };
}
