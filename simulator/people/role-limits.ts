/** A guild where a role may have more pictures a day than everybody: who is given it, and who loses it. */
import type { Random } from '../kernel/random.ts';
import type { Act } from '../plan.ts';
import type { Guild } from './places.ts';
import type { Request } from './requests.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const ROLE = 'painters';
/** Less than that, of which some have both. */
const OTHER = 'sketchers';

/**
 * Little for everybody, much for the role, which those who ask for pictures get or lose shortly before they do.
 *
 * @param span - milliseconds from the begin within which it is set.
 */
export function drawRoleLimits(
  random: Random,
  { guilds, requests, span }: { guilds: readonly Guild[]; requests: readonly Request[]; span: number },
): Act[] {
  const guild = random.pick(guilds);
  const admin = guild.members.find(({ role }) => role === 'admin');
  const here = requests.filter((request) => request.guild === guild.name);
  if (!random.chance(0.35) || admin === undefined || here.length === 0) return [];
  const at = Math.round(random.next() * 0.2 * span);
  const command = { kind: 'command', command: 'limits', member: admin.name, guild: guild.name } as const;
  const channel = random.pick(guild.channels);
  const little = { subcommand: 'set', limit: 'userDailyImages', value: random.integer(1, 5) };
  const middling = { subcommand: 'role', role: OTHER, images: random.of(OTHER).integer(0, 9) };
  const much = { subcommand: 'role', role: ROLE, images: random.integer(10, 40) };
  const changes = here.flatMap((request): Act[] => {
    const drawn = random.of(request.id);
    if (!drawn.chance(0.5)) return [];
    const before = Math.round(Math.max(0, request.at - drawn.around(MINUTE, 1.5)));
    const roles = drawn.pick([[ROLE], [ROLE], [OTHER], [ROLE, OTHER], [OTHER, ROLE], []]);
    return [{ id: `${request.id}.roles`, at: before, kind: 'roles', guild: guild.name, member: request.member, roles }];
  });
  return [
    { id: 'roles.little', at, ...command, channel, options: little },
    { id: 'roles.much', at: at + 20 * SECOND, ...command, channel, options: much },
    { id: 'roles.middling', at: at + 40 * SECOND, ...command, channel, options: middling },
    ...changes,
  ];
}
