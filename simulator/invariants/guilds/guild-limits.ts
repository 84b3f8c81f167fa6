/** What an admin has set holds from then on: no job of the server passes it. */
import { HOST, idOf } from '../../world/discord/discord.ts';
import type { Act, Plan } from '../../plan.ts';
import type { InteractionTruth, ReservationTruth, Truth } from '../../world/truth.ts';
import type { Judge } from '../judge.ts';

/** Limits of pictures, the narrowest first. */
type PictureLimit = 'userDailyImages' | 'guildDailyImages' | 'guildMonthlyImages' | 'imagesPerJob';

/** A job may read what is set until so long after it was asked for (milliseconds). */
const READ_WITHIN = 10 * 60_000;

/** What a limit is where it is known: a number, or as the environment has it. */
type Known = number | 'default';

interface Change {
  at: number;
  /** When it was told that it is so; `undefined`: perhaps it is, perhaps not. */
  doneAt: number | undefined;
  options: InteractionTruth['options'];
}

const DONE = /(: was \*\*.*\*\*, is \*\*|These are the defaults already)/;

/** The part of a moment (milliseconds since the epoch) by which a window is named: `2026-11-30`, `2026-11`. */
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
const monthOf = (at: number) => dayOf(at).slice(0, 7);

/** @param plan - says who is an admin, and which roles members have when. */
export function judgeGuildLimits({
  truth,
  plan: { acts, people = [] },
  begin,
  judge,
}: {
  truth: Truth;
  plan: Plan;
  begin: number;
  judge: Judge;
}) {
  const roleActs = acts.filter((act): act is Extract<Act, { kind: 'roles' }> => act.kind === 'roles');
  const mayOf = (guild: string) =>
    new Set(
      people.flatMap(({ name, role, guild: of }) => (role === 'admin' && idOf(of) === guild ? [idOf(name)] : [])),
    ).add(idOf(HOST));

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
  function concerns({ options }: Change, limit: PictureLimit | 'role'): boolean {
    if (options['subcommand'] === 'role') return limit === 'role';
    return limit !== 'role' && (options['limit'] === undefined || options['limit'] === limit);
  }

  /** What a limit was at a moment; `undefined` where it was being changed, or nobody was told that it had been. */
  function valueAt(changes: readonly Change[], limit: PictureLimit | 'role', at: number): Known | undefined {
    const own = changes.filter((change) => concerns(change, limit) && change.at <= at + READ_WITHIN);
    const last = own.at(-1);
    if (last === undefined) return 'default';
    if (own.some(({ doneAt }) => doneAt === undefined || doneAt > at)) return undefined;
    const value = last.options['subcommand'] === 'role' ? last.options['images'] : last.options['value'];
    return typeof value === 'number' ? value : 'default';
  }

  /** Whether a member has a role at a moment; `undefined` where it was just being given or taken. */
  function hasRole(member: string, guild: string, at: number): boolean | undefined {
    const own = roleActs.filter((act) => idOf(act.member) === member && idOf(act.guild) === guild);
    if (own.some((act) => Math.abs(begin + act.at - at) < 1000)) return undefined;
    return (own.filter((act) => begin + act.at <= at).at(-1)?.roles.length ?? 0) > 0;
  }

  /** The pictures a day that a member may have at a moment, as far as that is known. */
  function dailyOf(changes: readonly Change[], member: string, guild: string, at: number): Known | undefined {
    const own = valueAt(changes, 'userDailyImages', at);
    const role = valueAt(changes, 'role', at);
    if (role === 'default') return own;
    const has = hasRole(member, guild, at);
    return has === false ? own : has === undefined ? undefined : role;
  }

  /** Who asked for it: its reservation may bear the name no more. */
  const memberOf = ({ jobId, member }: ReservationTruth) => truth.interactions.get(jobId)?.member ?? member;
  const countedWith = (counted: readonly ReservationTruth[], last: ReservationTruth) =>
    counted.slice(0, counted.indexOf(last) + 1);
  const sum = (of: readonly ReservationTruth[]) => of.reduce((whole, { images }) => whole + images, 0);

  function judgeGuild(guild: string, counted: readonly ReservationTruth[]): void {
    const changes = changesIn(guild);
    if (changes.length === 0) return;
    for (const reservation of counted) {
      const { jobId } = reservation;
      const asked = truth.interactions.get(jobId);
      if (asked === undefined) continue;
      const sofar = countedWith(counted, reservation);
      const sameDay = sofar.filter(({ at }) => dayOf(at) === dayOf(reservation.at));
      const windows: [PictureLimit, Known | undefined, number][] = [
        [
          'userDailyImages',
          dailyOf(changes, asked.member, guild, asked.at),
          sum(sameDay.filter((each) => memberOf(each) === asked.member)),
        ],
        ['guildDailyImages', valueAt(changes, 'guildDailyImages', asked.at), sum(sameDay)],
        [
          'guildMonthlyImages',
          valueAt(changes, 'guildMonthlyImages', asked.at),
          sum(sofar.filter(({ at }) => monthOf(at) === monthOf(reservation.at))),
        ],
        ['imagesPerJob', valueAt(changes, 'imagesPerJob', asked.at), reservation.images],
      ];
      for (const [limit, allowed, used] of windows)
        if (typeof allowed === 'number' && used > allowed)
          judge.broken(
            'what an admin sets holds',
            `${jobId} ${limit}`,
            `Job ${jobId} was begun though it makes ${used} pictures counted, and the server's ${limit} had been set to ${allowed} before.`,
          );
    }
  }

  return {
    atEnd() {
      const counted = truth.reservations().filter(({ state }) => state !== 'released');
      const byGuild = Map.groupBy(
        counted.toSorted((one, other) => one.at - other.at),
        ({ guild }) => guild,
      );
      for (const [guild, own] of byGuild) judgeGuild(guild, own);
    },
  };
}
