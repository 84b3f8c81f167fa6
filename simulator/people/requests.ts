/** Commands that ask for pictures. */
import { SIZES } from '../../src/services/models/seedream.ts';
import type { Random } from '../kernel/random.ts';
import type { Act } from '../plan.ts';
import type { Guild } from './places.ts';
import { drawPrompt } from './prompts.ts';

export type Request = Extract<Act, { kind: 'command'; command: 'seedream' }>;

/** Numbers of pictures as people ask for them: mostly few. */
export function drawCount(random: Random): number {
  return random.chance(0.7) ? random.integer(1, 4) : random.integer(5, 15);
}

/** `/seedream`, as one of the guild's members types it. */
export function drawRequest(
  random: Random,
  { id, at, guild, marker }: { id: string; at: number; guild: Guild; marker: string },
): Request {
  const count = drawCount(random);
  const prompt = drawPrompt(random, { marker, count });
  const says = random.chance(0.75) || prompt.stated !== undefined;
  // Now and then the option says another number than the prompt.
  const option = says && random.chance(0.1) ? drawCount(random) : count;
  const options = {
    prompt: prompt.text,
    ...(says && random.chance(0.8) && { count: option }),
    ...(random.chance(0.4) && { size: random.pick(SIZES) }),
    ...(random.chance(0.15) && { seed: random.integer(0, 2 ** 31 - 1) }),
    ...(random.chance(0.2) && { quality: random.pick(['fast', 'standard']) }),
    ...(random.chance(0.15) && { private: true }),
    ...(random.chance(0.1) && { spoiler: true }),
  };
  return {
    id,
    at,
    kind: 'command',
    command: 'seedream',
    member: random.pick(guild.people).name,
    guild: guild.name,
    channel: random.pick(guild.channels),
    options,
    marker,
  };
}
