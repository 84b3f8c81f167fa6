/** The record of what is set for a guild: limits, roles, blocked words, and who changed what. */
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

const changeSchema = z.object({
  at: z.number(),
  by: z.string(),
  /** A limit by its name, or a role by its id. */
  of: z.union([z.object({ limit: settable }), z.object({ role: z.string() })]),
  /** The numbers that held before and after; `undefined` where a role had or has none. */
  before: z.number().optional(),
  after: z.number().optional(),
});
export type Change = z.infer<typeof changeSchema>;

export const settingsSchema = z.object({
  version: z.literal(1),
  /** What the guild's admins have set. */
  limits: byLimit,
  /** How far the host lets the guild go beyond the environment. */
  ceilings: byLimit,
  /** Images a day for each member with a role, by the role's id; `byHost`: the ceiling does not hold for it. */
  roles: z.record(z.string(), numberSchema.extend({ byHost: z.boolean() })),
  words: z.array(z.object({ word: z.string(), by: z.string(), at: z.number() })),
  /** The last changes of numbers, newest first. */
  changes: z.array(changeSchema),
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
