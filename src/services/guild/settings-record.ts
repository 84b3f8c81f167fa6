/**
 * The record of what is set for a guild: limits, roles, blocked words, and who changed what. It is read field by field, so
 * that one damaged value takes no other with it.
 */
import { z } from 'zod';
import type { Limits } from '../ledger/limits.ts';

/** The limits that can be set for a guild. The ceiling over all guilds is the host's alone. */
export const SETTABLE = [
  'guildDailyImages',
  'guildMonthlyImages',
  'userDailyImages',
  'guildActiveJobs',
  'userActiveJobs',
  'imagesPerJob',
] as const satisfies readonly (keyof Limits | 'imagesPerJob')[];
export type SettableLimit = (typeof SETTABLE)[number];

/** A number, who set it, and when (milliseconds since the epoch). */
const numberSchema = z.object({ value: z.number(), by: z.string(), at: z.number() });
export type SetNumber = z.infer<typeof numberSchema>;

const settable = z.enum(SETTABLE);
const byLimit = z.partialRecord(settable, numberSchema);

/** Images a day of a role's members; `byHost`: the ceiling does not hold for it. */
const roleSchema = numberSchema.extend({ byHost: z.boolean() });

/** Whether jobs may start from pictures. Under this name it stands among what could not be read, too. */
export const REFERENCES = 'references';
const switchSchema = z.object({ value: z.boolean(), by: z.string(), at: z.number() });

const wordSchema = z.object({ word: z.string(), by: z.string(), at: z.number() });

const changeSchema = z.object({
  at: z.number(),
  by: z.string(),
  /** A limit by its name, a role by its id, or the switch for references. */
  of: z.union([
    z.object({ limit: settable }),
    z.object({ role: z.string() }),
    z.object({ references: z.literal(true) }),
  ]),
  /** The numbers that held before and after; `undefined` where a role had or has none. Of a switch 1 is on, 0 off. */
  before: z.number().optional(),
  after: z.number().optional(),
});
export type Change = z.infer<typeof changeSchema>;

const settingsSchema = z.object({
  version: z.literal(1),
  /** What the guild's admins have set. */
  limits: byLimit,
  /** How far the host lets the guild go beyond the environment. */
  ceilings: byLimit,
  /** By the role's id. */
  roles: z.record(z.string(), roleSchema),
  words: z.array(wordSchema),
  /** Whether jobs may start from pictures; they may where nobody has said. */
  references: switchSchema.optional(),
  /** The last changes of numbers, newest first. */
  changes: z.array(changeSchema),
  /**
   * What was in the record, limits something, and could not be read: a limit by its name, a role as `role:<id>`, `roles` or
   * `words` as a whole. It stays here until it is set anew, as nobody knows what it was.
   */
  unreadable: z.array(z.string()).optional(),
});
export type GuildSettings = z.infer<typeof settingsSchema>;

/** A guild where nothing has been set. */
export const NOTHING_SET: GuildSettings = {
  version: 1,
  limits: {},
  ceilings: {},
  roles: {},
  words: [],
  changes: [],
};

/** What is left of an entry whose number can be read: who set it and when is for show. */
const shownOnly = { by: z.string().catch(''), at: z.number().catch(0) };
const readableNumber = numberSchema.extend(shownOnly);
const readableRole = roleSchema.extend({ ...shownOnly, byHost: z.boolean().catch(false) });
const readableSwitch = switchSchema.extend(shownOnly);
const readableWord = wordSchema.extend(shownOnly);

const entriesOf = (stored: unknown): [string, unknown][] | undefined =>
  typeof stored === 'object' && stored !== null && !Array.isArray(stored) ? Object.entries(stored) : undefined;

/** The entries that can be read, and the names of the others. */
function sift<T>(entries: [string, unknown][], schema: z.ZodType<T>): { read: Record<string, T>; lost: string[] } {
  const read: Record<string, T> = {};
  const lost: string[] = [];
  for (const [name, entry] of entries) {
    const parsed = schema.safeParse(entry);
    if (parsed.success) read[name] = parsed.data;
    else lost.push(name);
  }
  return { read, lost };
}

function siftLimits(stored: unknown): { read: Record<string, SetNumber>; lost: string[] } {
  const entries = entriesOf(stored);
  if (entries === undefined) return { read: {}, lost: [...SETTABLE] };
  const known = entries.filter(([name]) => settable.safeParse(name).success);
  const strange = entries.filter((entry) => !known.includes(entry)).map(([name]) => name);
  const { read, lost } = sift(known, readableNumber);
  return { read, lost: [...lost, ...strange] };
}

function siftRoles(stored: unknown): { read: GuildSettings['roles']; lost: string[] } {
  const entries = entriesOf(stored);
  if (entries === undefined) return { read: {}, lost: ['roles'] };
  const { read, lost } = sift(entries, readableRole);
  return { read, lost: lost.map((id) => `role:${id}`) };
}

function siftList<T>(stored: unknown, schema: z.ZodType<T>): { read: T[]; complete: boolean } {
  if (!Array.isArray(stored)) return { read: [], complete: false };
  const read = stored.flatMap((entry) => {
    const parsed = schema.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
  return { read, complete: read.length === stored.length };
}

/** Keeps of a record of this version what can be read, and names what limits something and cannot. */
function mend(stored: unknown): unknown {
  const fields: Record<string, unknown> = Object.fromEntries(entriesOf(stored) ?? []);
  // One of a newer version is that version's to read.
  if (z.int().min(2).safeParse(fields['version']).success) return stored;
  const limits = siftLimits(fields['limits']);
  const roles = siftRoles(fields['roles']);
  const words = siftList(fields['words'], readableWord);
  const references = readableSwitch.optional().safeParse(fields[REFERENCES]);
  const before = siftList(fields['unreadable'], z.string()).read;
  const unreadable = [
    ...new Set([
      ...before,
      ...limits.lost,
      ...roles.lost,
      ...(words.complete ? [] : ['words']),
      ...(references.success ? [] : [REFERENCES]),
    ]),
  ];
  return {
    version: 1,
    limits: limits.read,
    // Without it the environment's number holds, which is less.
    ceilings: siftLimits(fields['ceilings']).read,
    roles: roles.read,
    words: words.read,
    ...(references.data !== undefined && { references: references.data }),
    changes: siftList(fields['changes'], changeSchema).read,
    ...(unreadable.length > 0 && { unreadable }),
  };
}

/** A stored record as {@link GuildSettings}, whatever of it is damaged. */
export const storedSettingsSchema = z.preprocess(mend, settingsSchema);
