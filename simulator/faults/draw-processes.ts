/** Draws what happens to processes: kills at calls, freezes, clocks that jump, a store that is cut off or fails over. */
import type { Random } from '../kernel/random.ts';
import type { Fault } from '../plan.ts';
import { busyMoment, cancelledMoment, requestMoment, type Scene } from './scene.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

type Draw = (random: Random, id: string) => Fault;

/** Faults of one kind, each with a name and randomness of its own. */
function several({ random }: Scene, kind: string, [least, most]: [number, number], draw: Draw): Fault[] {
  return Array.from({ length: random.of(kind).integer(least, most) }, (_, index) => {
    const id = `${kind}${index + 1}`;
    return draw(random.of(id), id);
  });
}

/** Kills soon after each other: a bot that has hardly started is killed again. */
function killsInRow(scene: Scene): Fault[] {
  const { random, processes } = scene;
  const rows = random.of('rows').integer(1, 3);
  return Array.from({ length: rows }, (_, row) => {
    const drawn = random.of('row', row);
    const from = busyMoment(drawn.of('from'), scene);
    const process = drawn.integer(1, processes);
    let call = 0;
    return Array.from({ length: drawn.integer(3, 8) }, (__, index): Fault => {
      call += drawn.integer(1, 14);
      const side = drawn.pick(['before', 'after'] as const);
      const down = Math.round(drawn.around(2 * SECOND, 0.7));
      return { id: `row${row + 1}.kill${index + 1}`, kind: 'kill_at_call', process, call, side, down, from };
    });
  }).flat();
}

/**
 * How long a process is cut off (milliseconds): often just so long that its connection is given up and made anew, and nobody has
 * taken its jobs over. What it had sent into the silence then comes after what it sends anew.
 */
function cutFor(random: Random): number {
  return random.chance(0.4) ? random.integer(6000, 12_000) : random.around(50 * SECOND, 1);
}

/**
 * Submits that RunComfy answers late: people press what they like meanwhile. Of several processes one is taken for dead then, often
 * the one that submits, which has the job back in time to write what came of it.
 */
function lateSubmits(scene: Scene): Fault[] {
  const { random, hell, processes, span } = scene;
  return Array.from({ length: random.of('late').integer(1, hell ? 4 : 3) }, (_, index): Fault[] => {
    const id = `late${index + 1}`;
    const drawn = random.of(id);
    const from = cancelledMoment(drawn.of('pressed'), scene) ?? requestMoment(drawn.of('from'), scene);
    const [process, at, lasts] = [drawn.integer(1, processes), from + drawn.integer(1500, 5000), drawn.integer(12, 30)];
    const answered: Fault = {
      ...{ id: `${id}.submit`, kind: 'trouble', with: 'runcomfy', trouble: 'late_submit' },
      ...{ from, until: Math.round(Math.min(from + lasts * SECOND, span)), probability: drawn.pick([0.3, 1]) },
    };
    if (processes === 1) return [answered];
    const away: Fault = drawn.chance(0.6)
      ? { id: `${id}.freeze`, kind: 'freeze', process, at, for: lasts * SECOND }
      : { id: `${id}.cut`, kind: 'cut_off', process, from: at, until: at + lasts * SECOND };
    return [answered, away];
  }).flat();
}

/** What comes only where there are several processes beside each other. */
function fleetFaults(scene: Scene): Fault[] {
  const { hell, processes, span } = scene;
  if (processes === 1) return [];
  return [
    ...several(scene, 'standstill', hell ? [2, 6] : [1, 4], (random, id) => {
      // Between a command and its submit a process makes some fifteen calls.
      const at = requestMoment(random.of('at'), scene);
      const [process, call, lasts] = [random.integer(1, processes), random.integer(1, 18), random.integer(12, 50)];
      return { id, kind: 'freeze', process, at, call, side: random.pick(['before', 'after']), for: lasts * SECOND };
    }),
    ...several(scene, 'cut', [0, hell ? 4 : 2], (random, id) => {
      const from = busyMoment(random.of('from'), scene);
      const until = Math.round(Math.min(from + cutFor(random.of('lasts')), span));
      return { id, kind: 'cut_off', process: random.integer(1, processes), from, until };
    }),
    ...several(scene, 'startcut', hell ? [1, 4] : [0, 2], (random, id) => {
      // A start makes half a dozen calls.
      const from = requestMoment(random.of('from'), scene);
      const until = Math.round(Math.min(from + cutFor(random.of('lasts')), span));
      const cut = { process: random.integer(1, processes), call: random.integer(1, 8) };
      return { id, kind: 'cut_off', ...cut, from, until };
    }),
    ...several(scene, 'failover', [0, hell ? 2 : 1], (random, id) => ({
      // Where what Redis has answered is lost with it, nothing is promised (docs/reliability.md).
      ...{ id, kind: 'fail_over', at: busyMoment(random.of('at'), scene), lost: false },
    })),
  ];
}

export function drawProcessFaults(scene: Scene): Fault[] {
  const { hell, processes, span } = scene;
  return [
    ...lateSubmits(scene),
    ...several(scene, 'kill', [0, hell ? 6 : 3], (random, id) => {
      // Between a command and the first words about its submit there are about a dozen calls.
      const atStart = random.chance(0.5);
      const from = atStart ? requestMoment(random.of('from'), scene) : busyMoment(random.of('from'), scene);
      const call = random.integer(1, atStart ? 14 : 40);
      const side = random.pick(['before', 'after'] as const);
      const down = Math.round(random.around(8 * SECOND, 1.2));
      return { id, kind: 'kill_at_call', process: random.integer(1, processes), call, side, down, from };
    }),
    ...(hell ? killsInRow(scene) : []),
    ...several(scene, 'freeze', [0, hell ? 4 : 1], (random, id) => {
      const at = busyMoment(random.of('at'), scene);
      const lasts = Math.round(Math.min(random.around(30 * SECOND, 1.3), 20 * MINUTE, span - at));
      return { id, kind: 'freeze', process: random.integer(1, processes), at, for: lasts };
    }),
    ...several(scene, 'jump', [0, hell ? 3 : 1], (random, id) => {
      const by = Math.round(random.around(20 * SECOND, hell ? 2 : 1.2)) * random.pick([-1, 1]);
      const at = busyMoment(random.of('at'), scene);
      return { id, kind: 'clock_jump', process: random.integer(1, processes), at, by };
    }),
    ...fleetFaults(scene),
  ];
}
