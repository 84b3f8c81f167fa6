/** Who and where: guilds, their channels, and the people in them. */
import type { Random } from '../kernel/random.ts';
import type { Person } from '../plan.ts';

export interface Guild {
  name: string;
  channels: string[];
  people: Person[];
}

const GUILDS = ['harbour', 'foundry', 'orchard'];
const NAMES = ['mo', 'ida', 'jun', 'lea', 'sam', 'ana', 'kit', 'noa', 'eli', 'zoe', 'ben', 'tia', 'rex', 'una', 'gus'];

/** Two or three guilds of two to eight members: the first is an admin, the second a moderator. */
export function drawGuilds(random: Random): Guild[] {
  const names = [...NAMES];
  return GUILDS.slice(0, random.integer(2, 3)).map((name) => {
    const members = names.splice(0, Math.min(names.length, random.of(name).integer(2, 8)));
    const people = members.map((person, index): Person => ({
      name: person,
      guild: name,
      role: index === 0 ? 'admin' : index === 1 ? 'moderator' : 'member',
    }));
    return { name, channels: [`${name}-pictures`, `${name}-lounge`], people };
  });
}
