/** The settings of guilds: how they are kept, what they may be set to, and how they are changed. */
import type { Log } from '../log.ts';
import type { Store } from '../storage/storage.ts';
import { NOTHING_SET, storedSettingsSchema, type GuildSettings } from './settings-record.ts';

export { addWord, removeWord } from './blocked-words.ts';
export {
  ceilingOf,
  LIMIT_MAX,
  limitOf,
  resetLimits,
  roleLimitOf,
  setLimit,
  setRole,
  type Author,
  type ChangeOutcome,
  type HostLimits,
} from './set-limits.ts';
export { allowsReferences, setReferences } from './set-references.ts';
export { SETTABLE, type Change, type GuildSettings, type SetNumber, type SettableLimit } from './settings-record.ts';
export { WORD_MAX_LENGTH, WORDS_MAX } from './word-finder.ts';

export interface GuildSettingsRecords {
  /** @throws StoreError */
  read(guildId: string): Promise<GuildSettings>;
  /**
   * Changes a guild's settings to what `act` returns. Changes of one guild run one after another; where `act` returns no
   * `settings`, nothing is changed.
   *
   * @throws StoreError; then a store that was too slow may still take the change.
   */
  change<Outcome extends { settings?: GuildSettings }>(
    guildId: string,
    act: (settings: GuildSettings) => Outcome,
  ): Promise<Outcome>;
  /** Reads for which guilds the host has raised the pictures of a job: {@link raisedImagesPerJob}. @throws StoreError */
  load(): Promise<void>;
  /** What the host has raised the pictures of a job to in a guild, from memory. */
  raisedImagesPerJob(guildId: string): number | undefined;
}

/**
 * The settings in the store, one record a guild.
 *
 * Within this process, one change is read, made and written before the next begins. That is enough where several
 * processes share the store: a guild's commands reach only the process that holds its shard.
 */
export function createGuildSettings({ store, log }: { store: Store; log: Pick<Log, 'error'> }): GuildSettingsRecords {
  const guilds = store.collection('guilds', storedSettingsSchema);
  /** What could not be read of a guild's record, as it was logged. */
  const logged = new Map<string, string>();
  const turns = new Map<string, Promise<unknown>>();
  const raised = new Map<string, number>();

  function remember(guildId: string, { ceilings }: GuildSettings): void {
    if (ceilings.imagesPerJob === undefined) raised.delete(guildId);
    else raised.set(guildId, ceilings.imagesPerJob.value);
  }

  async function read(guildId: string): Promise<GuildSettings> {
    const settings = (await guilds.get(guildId)) ?? NOTHING_SET;
    const { unreadable } = settings;
    if (unreadable !== undefined && logged.get(guildId) !== String(unreadable)) {
      log.error(
        { guild: guildId, unreadable },
        "a guild's settings cannot be read in full: it is refused until they are set anew",
      );
      logged.set(guildId, String(unreadable));
    }
    return settings;
  }

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
