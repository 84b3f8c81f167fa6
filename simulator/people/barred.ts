/** A guild that bars a word which some ask with, and may allow it again. */
import type { Random } from '../kernel/random.ts';
import type { Act } from '../plan.ts';
import { WORDS } from './prompts.ts';
import type { Guild } from './places.ts';
import type { Request } from './requests.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The word is put on the list before somebody asks with it, and often taken off before somebody else does. */
export function drawBarred(
  random: Random,
  { guilds, requests }: { guilds: readonly Guild[]; requests: readonly Request[] },
): Act[] {
  const guild = random.pick(guilds);
  const word = random.pick(WORDS);
  const admin = guild.members.find(({ role }) => role === 'admin');
  const asking = requests
    .filter((each) => each.guild === guild.name && String(each.options['prompt']).includes(word))
    .toSorted((one, other) => one.at - other.at);
  const [first, ...others] = asking;
  if (!random.chance(0.35) || admin === undefined || first === undefined) return [];
  const use = (subcommand: 'add' | 'remove', id: string, before: number): Act => {
    const own = random.of(id);
    const written = own.chance(0.4)
      ? own.pick([word.toUpperCase(), `${word.charAt(0).toUpperCase()}${word.slice(1)}`])
      : word;
    const at = Math.round(Math.max(0, before - own.around(MINUTE, 0.6)));
    const where = { member: admin.name, guild: guild.name, channel: own.pick(guild.channels) };
    return { id, at, kind: 'command', command: 'words', ...where, options: { subcommand, word: written } };
  };
  const added = use('add', 'barred', first.at);
  const again = others.find(({ at }) => at > first.at + 2 * MINUTE);
  if (again === undefined || !random.chance(0.7)) return [added];
  return [added, use('remove', 'barred.not', again.at)];
}
