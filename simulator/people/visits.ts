/** The other commands: what people look at, what an admin sets, what somebody wants deleted. */
import type { Random } from '../kernel/random.ts';
import type { Act } from '../plan.ts';
import { WORDS } from './prompts.ts';
import type { Guild, Member } from './places.ts';
import type { Request } from './requests.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

type Visit = Exclude<Extract<Act, { kind: 'command' }>, { command: 'seedream' }>;

/** Numbers of each limit that an admin may set: small, so that they are met. */
const LIMITS: Readonly<Record<string, readonly number[]>> = {
  guildDailyImages: [10, 25, 60],
  guildMonthlyImages: [20, 80],
  userDailyImages: [3, 8, 20],
  guildActiveJobs: [1, 3],
  userActiveJobs: [1, 2],
  imagesPerJob: [2, 4, 15],
};

function limits(random: Random): Visit['options'] {
  const limit = random.pick(Object.keys(LIMITS));
  switch (random.pick(['set', 'set', 'set', 'reset', 'reset', 'show', 'role', 'pictures'])) {
    case 'set':
      return { subcommand: 'set', limit, value: random.pick(LIMITS[limit] ?? [1]) };
    case 'reset':
      return { subcommand: 'reset', ...(random.chance(0.6) && { limit }) };
    case 'pictures':
      return { subcommand: 'pictures', allow: random.chance(0.4) };
    case 'role':
      return { subcommand: 'role', role: 'painters', images: random.integer(0, 40) };
    default:
      return { subcommand: 'show' };
  }
}

function words(random: Random): Visit['options'] {
  const subcommand = random.pick(['add', 'add', 'remove', 'list']);
  return subcommand === 'list' ? { subcommand } : { subcommand, word: random.pick(WORDS) };
}

/** What somebody may do who is not waiting for pictures, with the presses that follow. */
function visit(random: Random, command: { id: string; at: number; guild: Guild; member: Member }): Act[] {
  const { id, at, guild, member } = command;
  const asks = (name: Visit['command'], options: Visit['options'] = {}): Act => ({
    ...{ id, at, kind: 'command', command: name, member: member.name, guild: guild.name },
    ...{ channel: random.pick(guild.channels), options },
  });
  const presses = (button: string, after: number): Act => ({
    ...{ id: `${id}.${button}`, at: at + after, kind: 'press', member: member.name, of: id, button },
  });
  const admin = member.role === 'admin' || member.character === 'hostile';
  switch (
    random.pick(
      admin ? ['limits', 'limits', 'words', 'usage', 'history'] : ['history', 'history', 'usage', 'privacy', 'help'],
    )
  ) {
    case 'limits':
      return [
        asks('limits', limits(random)),
        ...(random.of('show').chance(0.5)
          ? [{ ...asks('limits', { subcommand: 'show' }), id: `${id}.shown`, at: at + 40 * SECOND }]
          : []),
      ];
    case 'words': {
      const options = words(random);
      const { subcommand, word } = options;
      const isTaken = subcommand === 'add' && word !== undefined && random.of('taken').chance(0.4);
      const looks = random.of('look').chance(0.5) ? [at + 40 * SECOND] : [];
      const looked = looks.map((then): Act => {
        return { ...asks('words', { subcommand: 'list' }), id: `${id}.looked`, at: then };
      });
      if (!isTaken) return [asks('words', options), ...looked];
      const back = at + Math.round(random.of('back').around(12 * MINUTE, 0.8));
      const taken = { ...asks('words', { subcommand: 'remove', word }), id: `${id}.taken`, at: back };
      return [asks('words', options), ...looked, taken];
    }
    case 'usage':
      return [asks('usage')];
    case 'help':
      return [asks('help')];
    case 'privacy':
      return [
        asks('privacy'),
        presses('erase', 4 * SECOND),
        presses(random.pick(['erasenow', 'erasekeep']), 9 * SECOND),
      ];
    default:
      return [
        asks('history'),
        presses('deliver', 6 * SECOND),
        presses('older', 12 * SECOND),
        presses('newer', 18 * SECOND),
      ];
  }
}

/** Whoever has asked for most pictures looks through all of it in the end: to the oldest, and back. */
function looksThrough(random: Random, { requests, span }: { requests: readonly Request[]; span: number }): Act[] {
  const own = [...Map.groupBy(requests, ({ guild, member }) => `${guild} ${member}`).values()];
  const [most] = own.toSorted((one, other) => other.length - one.length);
  const [first] = most ?? [];
  if (first === undefined || !random.chance(0.5)) return [];
  const { member, guild, channel } = first;
  const at = Math.round((0.9 + 0.1 * random.next()) * span);
  const pages = ['older', 'older', 'newer', 'older', 'newer', 'newer'].map((button, index): Act => {
    const id = `through.${button}${index + 1}`;
    return { id, at: at + 5 * (index + 1) * SECOND, kind: 'press', member, of: 'through', button };
  });
  return [{ id: 'through', at, kind: 'command', command: 'history', member, guild, channel, options: {} }, ...pages];
}

/** @param span - milliseconds from the begin within which they happen. */
export function drawVisits(
  random: Random,
  {
    guilds,
    requests,
    span,
    number,
  }: { guilds: readonly Guild[]; requests: readonly Request[]; span: number; number: number },
): Act[] {
  const visits = Array.from({ length: number }, (_, index) => {
    const id = `visit${index + 1}`;
    const drawn = random.of(id);
    const guild = drawn.pick(guilds);
    // An admin is at it more often than others.
    const member = drawn.chance(0.4) ? guild.members.find(({ role }) => role === 'admin') : drawn.pick(guild.members);
    return member === undefined ? [] : visit(drawn, { id, at: Math.round(drawn.next() * span), guild, member });
  });
  return [...visits.flat(), ...looksThrough(random.of('through'), { requests, span })];
}
