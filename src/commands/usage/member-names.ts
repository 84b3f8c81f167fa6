/** Names of a guild's members, asked of Discord where they are needed: none are cached without the members intent. */
import { Routes } from 'discord.js';
import { z } from 'zod';
import { createLookUp, type LookUpParts } from './look-up.ts';

const memberSchema = z.object({
  nick: z.string().nullish(),
  user: z.object({ username: z.string(), global_name: z.string().nullish() }),
});

export interface MemberNames {
  /**
   * The names that each of these members goes by in a guild, the most familiar first; none for one who has left or whom
   * Discord does not tell in time. Never throws.
   */
  namesOf(guildId: string, userIds: readonly string[]): Promise<string[][]>;
}

export function createMemberNames(parts: LookUpParts): MemberNames {
  const lookUp = createLookUp(parts, "a member's name");

  async function read(guildId: string, userId: string): Promise<string[]> {
    const member = await lookUp(guildId, Routes.guildMember(guildId, userId), memberSchema);
    return [member?.nick, member?.user.global_name, member?.user.username].flatMap((name) => name ?? []);
  }

  return {
    namesOf: (guildId, userIds) => Promise.all(userIds.map((userId) => read(guildId, userId))),
  };
}
