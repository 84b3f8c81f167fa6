/** What is set for each guild: limits, roles, words, and who changed what. One record a guild. */
import { z } from 'zod';
import type { Limits } from '../ledger/limits.ts';
import type { Store } from '../storage/store.ts';

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

const settingsSchema = z.object({
  version: z.literal(1),
  /** What the guild's admins have set. */
  limits: byLimit,
  /** Up to where the host lets the guild go beyond the environment. */
  ceilings: byLimit,
  /** Images a day for each member with a role, by its id; `byHost` where the ceiling does not bound it. */
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

export interface GuildSettingsRecords {
  /** @throws StoreError */
  read(guildId: string): Promise<GuildSettings>;
  /**
   * Changes a guild's settings by what `act` makes of them. Changes of one guild run one after another; what `act` gives
   * without `settings` is no change.
   *
   * @throws StoreError; then a store that was too slow may still take the change.
   */
  change<Outcome extends { settings?: GuildSettings }>(
    guildId: string,
    act: (settings: GuildSettings) => Outcome,
  ): Promise<Outcome>;
  /** Reads where the host has raised the pictures of a job, for {@link raisedImagesPerJob}. @throws StoreError */
  load(): Promise<void>;
  /** What the host has raised the pictures of a job to in a guild, from memory. */
  raisedImagesPerJob(guildId: string): number | undefined;
}

/**
 * The settings in the store.
 *
 * Changes are read, made and written in turn within this process. That is enough where several processes share the
 * store: a guild's commands reach only the process that holds its shard.
 */
export function createGuildSettings({ store }: { store: Store }): GuildSettingsRecords {
  const guilds = store.collection('guilds', settingsSchema);
  const turns = new Map<string, Promise<unknown>>();
  const raised = new Map<string, number>();

  function remember(guildId: string, { ceilings }: GuildSettings): void {
    if (ceilings.imagesPerJob === undefined) raised.delete(guildId);
    else raised.set(guildId, ceilings.imagesPerJob.value);
  }

  const read = async (guildId: string) => (await guilds.get(guildId)) ?? NOTHING_SET;

  async function changeNow<Outcome extends { settings?: GuildSettings }>(
    guildId: string,
    act: (settings: GuildSettings) => Outcome,
  ): Promise<Outcome> {
    const outcome = act(await read(guildId));
    if (outcome.settings === undefined) return outcome;
    await guilds.set(guildId, outcome.settings);
    remember(guildId, outcome.settings);
    return outcome;
  }

  return {
    read,
    async change(guildId, act) {
      const before = turns.get(guildId) ?? Promise.resolve();
      const turn = before.then(() => changeNow(guildId, act));
      const ended = turn.then(
        () => undefined,
        () => undefined,
      );
      turns.set(guildId, ended);
      try {
        return await turn;
      } finally {
        if (turns.get(guildId) === ended) turns.delete(guildId);
      }
    },
    async load() {
      for await (const [guildId, settings] of guilds.entries()) remember(guildId, settings);
    },
    raisedImagesPerJob: (guildId) => raised.get(guildId),
  };
}
