/** Draws what becomes of requests at RunComfy, beside pictures. */
import type { Fault } from '../plan.ts';
import { FATES } from '../world/runcomfy/runcomfy.ts';
import type { Scene } from './scene.ts';

/** Requests that are looked at hundreds of times: rarer, since they take most of a history's time. */
const LASTING: readonly string[] = ['stuck', 'slow', 'waits_long'];
const DRAWN = FATES.flatMap((fate) => (LASTING.includes(fate) ? [fate] : [fate, fate, fate]));

/** Requests of one prompt that something may befall: where a job has many, those behind the first two as well, less often. */
const FIRST = 2;
const MOST = 15;

export function drawFates({ random, hell, acts, singles }: Scene): Fault[] {
  const numbers = Array.from({ length: singles ? MOST : FIRST }, (_, index) => index + 1);
  const probability = hell ? 0.5 : 0.2;
  return acts.flatMap((act): Fault[] => {
    if (!('marker' in act)) return [];
    const { marker } = act;
    return numbers.flatMap((number) => {
      const id = `fate.${act.id}${number === 1 ? '' : `.${number}`}`;
      const drawn = random.of('fate', act.id, number);
      if (!drawn.chance(number > FIRST ? probability / 3 : probability)) return [];
      return [{ id, kind: 'request', marker, number, fate: drawn.pick(DRAWN) }];
    });
  });
}
