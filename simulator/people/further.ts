/** What people came to press later than the rest: to be told, what mends a refusal, what `/history` asks. */
import { SIZES } from '../../src/services/models/seedream.ts';
import type { Random } from '../kernel/random.ts';
import type { Act } from '../plan.ts';
import type { Guild } from './places.ts';
import { drawLongPrompt, drawPrompt, isFlaggedStrangely } from './prompts.ts';
import type { Request } from './requests.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

interface Scene {
  random: Random;
  request: Request;
  guild: Guild;
  /** What followed on the request. */
  followed: readonly Act[];
  /** Whether one more job may be begun beside the others; each yes counts. */
  mayBegin: () => boolean;
  newMarker: (random: Random) => string;
}

/** Wishes to be told when a long job is done, now and then twice, or by somebody else. */
function wishesToBeTold({ random, request, guild }: Scene): Act[] {
  const drawn = random.of('tell');
  if (!drawn.chance(0.3)) return [];
  const other = drawn.of('other');
  if (other.chance(0.2)) {
    const at = Math.round(request.at + other.around(25 * SECOND, 0.6));
    const member = other.pick(guild.members).name;
    return [{ id: `${request.id}.tell`, at, kind: 'press', member, of: request.id, button: 'tell' }];
  }
  const press = { kind: 'press', member: request.member, of: request.id, button: 'tell' } as const;
  const at = Math.round(request.at + drawn.around(20 * SECOND, 0.8));
  const again: Act[] = drawn.chance(0.3) ? [{ ...press, id: `${request.id}.tell2`, at: at + 4 * SECOND }] : [];
  return [{ ...press, id: `${request.id}.tell`, at }, ...again];
}

/** Presses what a refusal offers, or changes what was refused. */
function mends({ random, request, mayBegin, newMarker }: Scene): Act[] {
  const drawn = random.of('mends');
  const { id, member, options } = request;
  const isStrange = isFlaggedStrangely(String(options['prompt']));
  if (!drawn.chance(isStrange ? 0.8 : 0.3) || !mayBegin()) return [];
  const at = Math.round(request.at + drawn.around(9 * SECOND, 0.4));
  const press = { at, kind: 'press', member, of: id } as const;
  const button = isStrange && drawn.of('strange').chance(0.8) ? 'without' : drawn.pick(['count*', 'without', 'edit']);
  if (button !== 'edit') return [{ ...press, id: `${id}.mended`, button }];
  const marker = newMarker(drawn);
  const count = drawn.integer(1, 4);
  const fields = { prompt: drawPrompt(drawn, { marker, count }), count: String(count), size: drawn.pick(SIZES) };
  const opened = `${id}.mending`;
  return [
    { ...press, id: opened, button },
    { id: `${opened}.send`, at: at + 9 * SECOND, kind: 'send_form', member, of: opened, fields, marker },
  ];
}

/** Says yes to what Again under `/history` asks. */
function confirms({ random, followed, mayBegin }: Scene): Act[] {
  return followed.flatMap((act): Act[] => {
    if (act.kind !== 'press' || act.button !== 'askagain') return [];
    const drawn = random.of('confirms', act.id);
    if (!drawn.chance(0.8) || !mayBegin()) return [];
    const at = Math.round(act.at + drawn.around(6 * SECOND, 0.5));
    return [{ id: `${act.id}.yes`, at, kind: 'press', member: act.member, of: act.id, button: 'count*' }];
  });
}

/** Has what was brought once more taken away again. */
function takesBack({ random, followed }: Scene): Act[] {
  return followed.flatMap((act): Act[] => {
    const drawn = random.of('takes back', act.id);
    if (act.kind !== 'press' || act.button !== 'deliver' || !drawn.chance(0.35)) return [];
    const at = Math.round(act.at + drawn.around(2 * MINUTE, 0.8));
    return [{ id: `${act.id}.remove`, at, kind: 'press', member: act.member, of: act.id, button: 'remove' }];
  });
}

/** Asks twice with prompts that differ in their ends alone, and picks one of them later, whose name is cut off before that. */
export function drawAlike({
  random,
  request,
  mayBegin,
  newMarker,
}: Pick<Scene, 'random' | 'request' | 'mayBegin' | 'newMarker'>): Act[] {
  const drawn = random.of('alike');
  if (!drawn.chance(0.012) || !mayBegin() || !mayBegin() || !mayBegin()) return [];
  const { id, at, member, guild, channel } = request;
  const command = { kind: 'command', command: 'seedream', member, guild, channel } as const;
  // Seen by nobody else: what is picked may be what they asked for privately.
  const options = { count: 1, private: true };
  const write = drawLongPrompt(drawn);
  const twins = [6 * MINUTE, 14 * MINUTE].map((after, index): Act => {
    const marker = newMarker(drawn);
    return {
      id: `${id}.alike${index + 1}`,
      at: at + after,
      ...command,
      options: { ...options, prompt: write(marker) },
      marker,
    };
  });
  const typed = { id: `${id}.likes`, at: at + 22 * MINUTE };
  const marker = newMarker(drawn);
  const picks = { of: typed.id, place: 1, byName: drawn.chance(0.8) };
  return [
    ...twins,
    { ...typed, kind: 'complete', member, guild, channel, typed: '' },
    {
      id: `${id}.liked`,
      at: typed.at + 5 * SECOND,
      ...command,
      options: { ...options, prompt: marker },
      marker,
      picks,
    },
  ];
}

/** Everything of that which follows on a request. */
export function drawFurther(scene: Scene): Act[] {
  return [...wishesToBeTold(scene), ...mends(scene), ...confirms(scene), ...takesBack(scene)];
}
