/** Draws what becomes of requests at RunComfy, beside pictures. */
import type { Random } from '../kernel/random.ts';
import type { Act, Fault } from '../plan.ts';
import { FATES } from '../world/runcomfy/runcomfy.ts';
import type { Scene } from './scene.ts';

/** Requests that are looked at hundreds of times: rarer, since they take most of a history's time. */
const LASTING: readonly string[] = ['stuck', 'slow', 'waits_long'];
const DRAWN = FATES.flatMap((fate) => (LASTING.includes(fate) ? [fate] : [fate, fate, fate]));

/** What one person alone sees is written by a token that lives for 15 minutes: some that take longer are for one alone. */
const outlivesToken = (act: Act, random: Random) =>
  act.kind === 'command' &&
  act.command === 'seedream' &&
  act.options['private'] === true &&
  Number(act.options['count']) > 6 &&
  random.chance(0.3);

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
      if (number === 1 && outlivesToken(act, drawn.of('private')))
        return [{ id, kind: 'request', marker, number, fate: 'slow' }];
      if (!drawn.chance(number > FIRST ? probability / 3 : probability)) return [];
      return [{ id, kind: 'request', marker, number, fate: drawn.pick(DRAWN) }];
    });
  });
}
