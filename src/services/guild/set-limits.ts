/** The limits that are set for a guild: what they and the host's environment allow together, and how they are changed. Pure. */
import { SETTABLE, type Change, type GuildSettings, type SettableLimit } from './settings-record.ts';
import type { Limits } from '../ledger/limits.ts';
import { COUNT_MAX } from '../models/seedream.ts';

/** The host's limits: the default of every guild, and its ceiling. */
export type HostLimits = Limits & { imagesPerJob: number };

/** The most roles with a number of their own, and how many changes are kept. */
export const ROLES_MAX = 25;
export const CHANGES_KEPT = 20;

/** The most that a limit can be set to, by anyone; the environment takes no more either. */
export const LIMIT_MAX = 1_000_000_000;

/** Who changes something, and when (milliseconds since the epoch). */
export interface Author {
  by: string;
  at: number;
  /** Whether it is the host: the application's owner or team. */
  isHost: boolean;
}

export type ChangeOutcome =
  | { outcome: 'changed'; settings: GuildSettings; before: number | undefined; after: number | undefined }
  /** Only the host may go above the ceiling. */
  | { outcome: 'above'; ceiling: number; settings?: never }
  /** No such number can be set. */
  | { outcome: 'range'; min: number; max: number; settings?: never }
  | { outcome: 'full'; max: number; settings?: never };

/** The numbers that a limit can have: a job has at least one picture and at most what the model makes. */
function rangeOf(name: SettableLimit): { min: number; max: number } {
  return name === 'imagesPerJob' ? { min: 1, max: COUNT_MAX } : { min: 0, max: LIMIT_MAX };
}

/** How high a guild's admins may set a limit: the environment's number, or what the host has raised it to. */
export function ceilingOf(name: SettableLimit, settings: GuildSettings, host: HostLimits): number {
  return Math.max(host[name], settings.ceilings[name]?.value ?? 0);
}

/** The number that applies in a guild, without its roles. */
export function limitOf(name: SettableLimit, settings: GuildSettings, host: HostLimits): number {
  const ceiling = ceilingOf(name, settings, host);
  return Math.min(settings.limits[name]?.value ?? ceiling, ceiling);
}

/** The images a day of a role's members; `undefined` where the role has no number. */
export function roleLimitOf(roleId: string, settings: GuildSettings, host: HostLimits): number | undefined {
  const set = settings.roles[roleId];
  if (set === undefined) return undefined;
  return set.byHost ? set.value : Math.min(set.value, ceilingOf('userDailyImages', settings, host));
}

/** What applies to a member with these roles. The highest number of a role replaces the guild's. */
export function limitsFor(
  { guildId, roleIds }: { guildId: string; roleIds: readonly string[] },
  settings: GuildSettings,
  host: HostLimits,
): HostLimits {
  const own = Object.fromEntries(SETTABLE.map((name) => [name, limitOf(name, settings, host)]));
  // Everyone has the role whose id is the guild's, and an interaction does not name it.
  const roles = [guildId, ...roleIds].flatMap((id) => roleLimitOf(id, settings, host) ?? []);
  return { ...host, ...own, ...(roles.length > 0 && { userDailyImages: Math.max(...roles) }) };
}

/** Settings where these names no longer count as unreadable: they have been set anew. */
export function knownAnew(settings: GuildSettings, isAnew: (name: string) => boolean): GuildSettings {
  const { unreadable = [], ...rest } = settings;
  const left = unreadable.filter((name) => !isAnew(name));
  return left.length === 0 ? rest : { ...rest, unreadable: left };
}

/** Settings without these limits' numbers; where the host asks, also without what the host had raised. */
function without(names: readonly SettableLimit[], settings: GuildSettings, { isHost }: Author): GuildSettings {
  const left = <T>(numbers: Partial<Record<SettableLimit, T>>) =>
    Object.fromEntries(Object.entries(numbers).filter(([name]) => !(names as readonly string[]).includes(name)));
  return {
    ...knownAnew(settings, (name) => (names as readonly string[]).includes(name)),
    limits: left(settings.limits),
    ceilings: isHost ? left(settings.ceilings) : settings.ceilings,
  };
}

/** Settings with one change more among the last ones. */
export function withChange(settings: GuildSettings, change: Change): GuildSettings {
  return { ...settings, changes: [change, ...settings.changes].slice(0, CHANGES_KEPT) };
}

/** The outcome of a change of one limit. It is recorded where the number that applies has become another. */
function changedLimit(
  name: SettableLimit,
  { from, to, host, author: { by, at } }: { from: GuildSettings; to: GuildSettings; host: HostLimits; author: Author },
): ChangeOutcome {
  const [before, after] = [limitOf(name, from, host), limitOf(name, to, host)];
  const settings = before === after ? to : withChange(to, { at, by, of: { limit: name }, before, after });
  return { outcome: 'changed', settings, before, after };
}

/**
 * Sets a limit. An admin's number may not pass the ceiling. The host's may: above the environment it becomes the guild's
 * ceiling; at or below it, it is like an admin's, and the ceiling that the host had raised is removed.
 */
export function setLimit(
  { name, value }: { name: SettableLimit; value: number },
  { settings, host, author }: { settings: GuildSettings; host: HostLimits; author: Author },
): ChangeOutcome {
  const range = rangeOf(name);
  if (!Number.isInteger(value) || value < range.min || value > range.max) return { outcome: 'range', ...range };
  const ceiling = ceilingOf(name, settings, host);
  if (value > ceiling && !author.isHost) return { outcome: 'above', ceiling };
  const { by, at } = author;
  const bare = without([name], settings, author);
  const numbers = { [name]: { value, by, at } };
  const to =
    author.isHost && value > host[name]
      ? { ...bare, ceilings: { ...bare.ceilings, ...numbers } }
      : { ...bare, limits: { ...bare.limits, ...numbers } };
  return changedLimit(name, { from: settings, to, host, author });
}

/**
 * Removes what admins have set for limits; where the host asks, also what the host has raised. With all limits goes
 * the switch for references, and whatever else of the record could not be read.
 */
export function resetLimits(
  names: readonly SettableLimit[],
  { settings, host, author }: { settings: GuildSettings; host: HostLimits; author: Author },
): { settings: GuildSettings; changed: { name: SettableLimit; before: number; after: number }[] } {
  const all = SETTABLE.every((name) => names.includes(name));
  const { references, ...others } = knownAnew(without(names, settings, author), () => all);
  const bare = all || references === undefined ? others : { ...others, references };
  const changed = names
    .map((name) => ({ name, before: limitOf(name, settings, host), after: limitOf(name, bare, host) }))
    .filter(({ before, after }) => before !== after);
  const { by, at } = author;
  const written = changed.reduce(
    (to, { name, before, after }) => withChange(to, { at, by, of: { limit: name }, before, after }),
    bare,
  );
  return { settings: written, changed };
}

/** Sets the images a day of a role's members, or removes the number (`undefined`). An admin's may not pass the ceiling. */
export function setRole(
  { roleId, images }: { roleId: string; images: number | undefined },
  { settings, host, author }: { settings: GuildSettings; host: HostLimits; author: Author },
): ChangeOutcome {
  const { isHost, ...who } = author;
  const range = rangeOf('userDailyImages');
  if (images !== undefined && (!Number.isInteger(images) || images < range.min || images > range.max)) {
    return { outcome: 'range', ...range };
  }
  const ceiling = ceilingOf('userDailyImages', settings, host);
  if (images !== undefined && images > ceiling && !isHost) return { outcome: 'above', ceiling };
  const before = roleLimitOf(roleId, settings, host);
  const others = Object.fromEntries(Object.entries(settings.roles).filter(([id]) => id !== roleId));
  if (images !== undefined && Object.keys(others).length >= ROLES_MAX) return { outcome: 'full', max: ROLES_MAX };
  const set = images === undefined ? {} : { [roleId]: { value: images, ...who, byHost: isHost } };
  const to = { ...knownAnew(settings, (name) => name === `role:${roleId}`), roles: { ...others, ...set } };
  const after = roleLimitOf(roleId, to, host);
  const change: Change = {
    ...who,
    of: { role: roleId },
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
  return { outcome: 'changed', settings: before === after ? to : withChange(to, change), before, after };
}
