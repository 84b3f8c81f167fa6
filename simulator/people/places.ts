/** Who and where: guilds, their channels, and the people in them. */
import type { Random } from '../kernel/random.ts';
import type { Person } from '../plan.ts';
import { HOST } from '../world/discord/discord.ts';

/** How somebody behaves. */
export type Character =
  /** Waits for the pictures, then looks what else the buttons do. */
  | 'patient'
  /** Cancels, presses twice, asks again before the first have come. */
  | 'impatient'
  /** Presses other people's buttons and old ones, and types what no client would send. */
  | 'hostile';

export type Member = Person & { character: Character };

export interface Guild {
  name: string;
  /** The last is a thread. */
  channels: string[];
  /** The first is an admin, the second a moderator. */
  members: Member[];
}

const GUILDS = ['harbour', 'foundry', 'orchard'];
const NAMES = [
  ...['mo', 'ida', 'jun', 'lea', 'sam', 'ana', 'kit', 'noa', 'eli', 'zoe', 'ben', 'tia'],
  ...['rex', 'una', 'gus', 'pia', 'tom', 'eva', 'leo', 'ari', 'max', 'ola', 'ned', 'fay'],
];
const CHARACTERS: readonly Character[] = ['patient', 'patient', 'impatient', 'impatient', 'hostile'];

/** Two or three guilds of two to eight members. */
export function drawGuilds(random: Random): Guild[] {
  // Whoever hosts the bot has a server of their own, often enough.
  const names = random.of('host').chance(0.4) ? [HOST, ...NAMES] : [...NAMES];
  const guilds = GUILDS.slice(0, random.integer(2, 3)).map((guild): Guild => {
    const members = names.splice(0, random.of(guild).integer(2, 8)).map((name, index): Member => {
      const role = index === 0 ? 'admin' : index === 1 ? 'moderator' : 'member';
      return { name, guild, role, character: random.of(guild, name).pick(CHARACTERS) };
    });
    return { name: guild, channels: [`${guild}-pictures`, `${guild}-lounge`, `thread of ${guild}`], members };
  });
  const [first, ...others] = guilds;
  for (const guild of others) {
    // Some are in several servers, and run one of them at most.
    const drawn = random.of(guild.name, 'guest');
    const guest = drawn.pick(first?.members ?? []);
    if (drawn.chance(0.6)) guild.members.push({ ...guest, guild: guild.name, role: 'member' });
  }
  return guilds;
}
