/** Commands that ask for pictures. */
import { SIZES } from '../../src/services/models/seedream.ts';
import type { Random } from '../kernel/random.ts';
import type { Act } from '../plan.ts';
import { optionsFor } from './models.ts';
import type { Guild, Member } from './places.ts';
import { drawPrompt } from './prompts.ts';

export type Request = Extract<Act, { command: 'seedream' }>;

/** Numbers of pictures as people ask for them: mostly few. */
export function drawCount(random: Random): number {
  if (random.chance(0.65)) return random.integer(1, 4);
  // More than ten do not fit a message.
  return random.chance(0.5) ? random.integer(5, 10) : random.integer(11, 15);
}

/** What Discord's own client would not send, or sends by mistake. */
const ODD: readonly Record<string, string | number | boolean>[] = [
  { count: 0 },
  { count: 99 },
  { count: -1 },
  { size: 'Landscape 16:9' },
  { size: '1:1' },
  { quality: 'best' },
  { seed: -5 },
  { prompt: '   ' },
  { prompt: '\u200b\u2063' },
  { prompt: 'x'.repeat(700) },
];

function drawOptions(random: Random, { marker, member }: { marker: string; member: Member }): Request['options'] {
  const count = drawCount(random);
  const prompt = drawPrompt(random, { marker, count });
  const odd = random.of('odd');
  return {
    prompt,
    // Now and then the option says another number than the prompt.
    ...(random.chance(0.7) && { count: random.chance(0.1) ? drawCount(random) : count }),
    ...(random.chance(0.4) && {
      size: odd.of('size').chance(0.5) ? `#${odd.of('size').integer(1, 9)}` : random.pick(SIZES),
    }),
    ...(random.chance(0.15) && { seed: random.integer(0, 2 ** 31 - 1) }),
    ...(random.chance(0.2) && { quality: random.pick(['fast', 'standard']) }),
    ...(random.chance(0.15) && { private: true }),
    ...(random.chance(0.1) && { spoiler: true }),
    ...(member.character === 'hostile' && odd.chance(0.3) && odd.pick(ODD)),
  };
}

/**
 * `/seedream`, as a member of the guild types it.
 *
 * @param models - that are offered.
 * @param calm - whether Discord brings every interaction once and in time.
 */
export function drawRequest(
  random: Random,
  {
    id,
    at,
    guild,
    member,
    models,
    marker,
    calm,
  }: { id: string; at: number; guild: Guild; member: Member; models: readonly string[]; marker: string; calm: boolean },
): Request {
  const way = random.of('way');
  return {
    id,
    at,
    kind: 'command',
    command: 'seedream',
    member: member.name,
    guild: guild.name,
    channel: random.pick(guild.channels),
    options: optionsFor(random.of('model'), models, drawOptions(random, { marker, member })),
    marker,
    ...(!calm && way.chance(0.03) && { late: way.integer(1500, 5000) }),
    ...(!calm && way.chance(0.03) && { times: way.integer(2, 3) }),
  };
}
