/** What a guild allows a member right now. It is read for each job, so that a change applies at once. */
import { limitsFor, type HostLimits } from './set-limits.ts';
import type { GuildSettingsRecords } from './settings.ts';
import type { Limits } from '../ledger/limits.ts';
import { createWordFinder } from './word-finder.ts';

interface Rules {
  limits: Limits;
  /** Most pictures a job may ask for: 1 to 15. */
  imagesPerJob: number;
  /** Whether a prompt holds a word that the guild does not want. */
  refuses: (prompt: string) => boolean;
}

export interface GuildRules {
  /** @throws StoreError */
  rulesFor(member: { guildId: string; roleIds: readonly string[] }): Promise<Rules>;
  /** The most pictures that the host lets a guild's jobs ask for, from memory, so that more is refused at once. */
  imagesPerJobIn(guildId: string): number;
}

export function createGuildRules({
  settings: records,
  hostLimits,
}: {
  settings: Pick<GuildSettingsRecords, 'read' | 'raisedImagesPerJob'>;
  hostLimits: HostLimits;
}): GuildRules {
  return {
    async rulesFor(member) {
      const settings = await records.read(member.guildId);
      const { imagesPerJob, ...limits } = limitsFor(member, settings, hostLimits);
      return { limits, imagesPerJob, refuses: createWordFinder(settings.words.map(({ word }) => word)) };
    },
    imagesPerJobIn: (guildId) => Math.max(hostLimits.imagesPerJob, records.raisedImagesPerJob(guildId) ?? 0),
  };
}
