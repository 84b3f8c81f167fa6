/** What admins have set for a server, as far as anybody can know: a number holds once its admin was told so. */
import { HOST, idOf } from '../../world/discord/discord.ts';
import type { Limits } from '../../../src/services/ledger/limits.ts';
import type { Act, Plan } from '../../plan.ts';
import type { InteractionTruth, Truth } from '../../world/truth.ts';

/** Limits of pictures, the narrowest first. */
export type PictureLimit = 'userDailyImages' | 'guildDailyImages' | 'guildMonthlyImages' | 'imagesPerJob';

type Limit = PictureLimit | 'userActiveJobs' | 'guildActiveJobs' | `role:${string}` | 'pictures';

/** A job may read what is set until so long after it was asked for (milliseconds). */
const READ_WITHIN = 10 * 60_000;

/** What a limit is where it is known: a number, or as the environment has it. */
export type Known = number | 'default';

interface Change {
  at: number;
  /** When it was told that it is so; `undefined`: perhaps it is, perhaps not. */
  doneAt: number | undefined;
  options: InteractionTruth['options'];
}

const DONE = /(: was \*\*.*\*\*, is \*\*|These are the defaults already)/;

export interface SetLimits {
  changesIn: (guild: string) => Change[];
  valueAt: (changes: readonly Change[], limit: Limit, at: number) => Known | undefined;
  /** The pictures a day that a member may have at a moment, as far as that is known. */
  dailyOf: (changes: readonly Change[], member: string, guild: string, at: number) => Known | undefined;
  /** Whether somebody may set limits and words in a server: whoever hosts the bot may everywhere. */
  isAdmin: (guild: string, member: string) => boolean;
  /** The same by their permissions in the server alone. */
  isMembersAdmin: (guild: string, member: string) => boolean;
}

/** What a member is allowed of a limit between two moments (milliseconds since the epoch); `undefined` where nobody can say. */
export type Allowed = (
  limit: keyof Limits | 'imagesPerJob',
  whose: { guild: string; member: string; at: number; until: number; withRoles: boolean },
) => number | undefined;

/** @param plan - says who is an admin, and which roles members have when. */
export function createSetLimits({
  truth,
  plan: { acts, people = [] },
  begin,
}: {
  truth: Pick<Truth, 'interactions' | 'told'>;
  plan: Pick<Plan, 'acts' | 'people'>;
  begin: number;
}): SetLimits {
  const roleActs = acts.filter((act): act is Extract<Act, { kind: 'roles' }> => act.kind === 'roles');
  const adminsOf = (guild: string) =>
    new Set(
      people.flatMap(({ name, role, guild: of }) => (role === 'admin' && idOf(of) === guild ? [idOf(name)] : [])),
    );
  const mayOf = (guild: string) => adminsOf(guild).add(idOf(HOST));

  function changesIn(guild: string): Change[] {
    const may = mayOf(guild);
    const done = new Map<string, number>();
    for (const { interaction, at, text } of truth.told)
      if (interaction !== undefined && DONE.test(text) && !done.has(interaction)) done.set(interaction, at);
    return [...truth.interactions.values()]
      .filter((each) => each.name === 'limits' && each.guild === guild && each.options['subcommand'] !== 'show')
      .filter(({ member }) => may.has(member))
      .map(({ id, at, options }) => ({ at, doneAt: done.get(id), options }));
  }

  /** Whether a change is of this limit. */
  function concerns({ options }: Change, limit: Limit): boolean {
    const { subcommand, limit: of } = options;
    if (subcommand === 'role') return limit === `role:${String(options['role'])}`;
    if (subcommand === 'pictures') return limit === 'pictures';
    return !limit.startsWith('role:') && (of === undefined || of === limit);
  }

  /** What a limit was at a moment; `undefined` where it was being changed, or nobody was told that it had been. */
  function valueAt(changes: readonly Change[], limit: Limit, at: number): Known | undefined {
    const own = changes.filter((change) => concerns(change, limit) && change.at <= at + READ_WITHIN);
    const last = own.at(-1);
    if (last === undefined) return 'default';
    if (own.some(({ doneAt }) => doneAt === undefined || doneAt > at)) return undefined;
    const { subcommand, images, allow, value: number } = last.options;
    const value = subcommand === 'role' ? images : subcommand === 'pictures' ? Number(allow) : number;
    return typeof value === 'number' ? value : 'default';
  }

  /** The roles that a member has at a moment; `undefined` where some were just being given or taken, or two admins did so at once. */
  function rolesOf(member: string, guild: string, at: number): readonly string[] | undefined {
    const own = roleActs.filter((act) => idOf(act.member) === member && idOf(act.guild) === guild);
    if (own.some((act) => Math.abs(begin + act.at - at) < 1000)) return undefined;
    const [last, before] = own.filter((act) => begin + act.at <= at).reverse();
    return last !== undefined && last.at === before?.at ? undefined : (last?.roles ?? []);
  }

  /** The pictures a day that a member may have at a moment, as far as that is known. */
  function dailyOf(changes: readonly Change[], member: string, guild: string, at: number): Known | undefined {
    const own = valueAt(changes, 'userDailyImages', at);
    const roles = rolesOf(member, guild, at);
    if (roles === undefined) return undefined;
    const numbers = roles.map((role) => valueAt(changes, `role:${role}`, at)).filter((value) => value !== 'default');
    if (numbers.length === 0) return own;
    return numbers.includes(undefined) ? undefined : Math.max(...numbers.map(Number));
  }

  return {
    ...{ changesIn, valueAt, dailyOf },
    isAdmin: (guild, member) => mayOf(guild).has(member),
    isMembersAdmin: (guild, member) => adminsOf(guild).has(member),
  };
}

/** @param limits - those of the environment. */
export function createAllowed(
  { changesIn, valueAt, dailyOf }: SetLimits,
  { truth, limits }: { truth: Pick<Truth, 'interactions'>; limits: Limits & { imagesPerJob: number } },
): Allowed {
  const host = idOf(HOST);
  return (limit, { guild, member, at, until, withRoles }) => {
    if (limit === 'totalMonthlyImages') return limits.totalMonthlyImages;
    // What the host has raised stays raised, whatever an admin does later.
    const isRaised = [...truth.interactions.values()].some(
      (each) => each.name === 'limits' && each.guild === guild && each.member === host,
    );
    const changes = changesIn(guild);
    if (isRaised || changes.some((change) => change.at >= at && change.at <= until)) return undefined;
    const isOwn = limit === 'userDailyImages' && withRoles;
    const known = isOwn ? dailyOf(changes, member, guild, at) : valueAt(changes, limit, at);
    return known === 'default' ? limits[limit] : known;
  };
}
