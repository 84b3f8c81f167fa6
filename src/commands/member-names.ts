/** Names of a guild's members, asked of Discord where they are needed: none are cached without the members intent. */
import { Routes, type REST } from 'discord.js';
import { z } from 'zod';
import type { Log } from '../services/log.ts';

/** How long all answers together may take (milliseconds): a person waits. */
const ANSWER_WITHIN = 1500;

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

/** @param rest - for calls by the bot's token. */
export function createMemberNames({ rest, log }: { rest: Pick<REST, 'get'>; log: Log }): MemberNames {
  async function ask(guildId: string, userId: string, signal: AbortSignal): Promise<string[]> {
    try {
      const { nick, user } = memberSchema.parse(await rest.get(Routes.guildMember(guildId, userId), { signal }));
      return [nick, user.global_name, user.username].flatMap((name) => name ?? []);
    } catch (error) {
      log.debug({ guild: guildId, err: error }, "a member's name could not be had");
      return [];
    }
  }

  return {
    async namesOf(guildId, userIds) {
      const signal = AbortSignal.timeout(ANSWER_WITHIN);
      return Promise.all(userIds.map((userId) => ask(guildId, userId, signal)));
    },
  };
}
