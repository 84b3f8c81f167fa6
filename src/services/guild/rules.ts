/** What a guild allows a member right now. It is read for each job, so that a change applies at once. */
import { limitsFor, type HostLimits } from './set-limits.ts';
import { allowsReferences } from './set-references.ts';
import { REFERENCES } from './settings-record.ts';
import type { GuildSettings, GuildSettingsRecords } from './settings.ts';
import type { Limits } from '../ledger/limits.ts';
import { createWordFinder } from './word-finder.ts';

interface Rules {
  limits: Limits;
  /** Most pictures a job may ask for: 1 to 15. */
  imagesPerJob: number;
  /** Whether all that limits this member could be read: where it could not, nobody knows what they may. */
  complete: boolean;
  /** Whether jobs may start from pictures. */
  references: boolean;
  /** Whether a prompt holds a word that the guild does not want. */
  refuses: (prompt: string) => boolean;
}

export interface GuildRules {
  /** @throws StoreError */
  rulesFor(member: { guildId: string; roleIds: readonly string[] }): Promise<Rules>;
  /** The most pictures that the host lets a guild's jobs ask for, from memory, so that more is refused at once. */
  imagesPerJobIn(guildId: string): number;
}

/** A role that cannot be read limits those who have it; everyone has the one whose id is the guild's. */
function isComplete(
  { guildId, roleIds }: { guildId: string; roleIds: readonly string[] },
  { unreadable = [] }: GuildSettings,
): boolean {
  const own = new Set([guildId, ...roleIds].map((id) => `role:${id}`));
  return unreadable.every((name) => name === REFERENCES || (name.startsWith('role:') && !own.has(name)));
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
      const complete = isComplete(member, settings);
      const references = allowsReferences(settings);
      return {
        limits,
        imagesPerJob,
        complete,
        references,
        refuses: createWordFinder(settings.words.map(({ word }) => word)),
      };
    },
    imagesPerJobIn: (guildId) => Math.max(hostLimits.imagesPerJob, records.raisedImagesPerJob(guildId) ?? 0),
  };
}
