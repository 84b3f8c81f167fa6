/** Draws what becomes of requests at RunComfy, beside pictures. */
import type { Fault } from '../plan.ts';
import { FATES } from '../world/runcomfy/runcomfy.ts';
import type { Scene } from './scene.ts';

/** Requests that are looked at hundreds of times: rarer, since they take most of a history's time. */
const LASTING: readonly string[] = ['stuck', 'slow', 'waits_long'];
const DRAWN = FATES.flatMap((fate) => (LASTING.includes(fate) ? [fate] : [fate, fate, fate]));

export function drawFates({ random, hell, acts }: Scene): Fault[] {
  return acts.flatMap((act): Fault[] => {
    if (!('marker' in act)) return [];
    const { marker } = act;
    return [1, 2].flatMap((number) => {
      const id = `fate.${act.id}${number === 1 ? '' : `.${number}`}`;
      const drawn = random.of('fate', act.id, number);
      if (!drawn.chance(hell ? 0.5 : 0.2)) return [];
      return [{ id, kind: 'request', marker, number, fate: drawn.pick(DRAWN) }];
    });
  });
}
