/** Names of a guild's members, asked of Discord where they are needed: none are cached without the members intent. */
import { Routes, type REST } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../../services/clock.ts';
import { withDeadline } from '../../services/deadline.ts';
import type { Log } from '../../services/log.ts';

/** How long the answers may take, which are asked for together (milliseconds): a person waits. */
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
export function createMemberNames({
  rest,
  clock,
  log,
}: {
  rest: Pick<REST, 'get'>;
  clock: Pick<Clock, 'setTimeout'>;
  log: Log;
}): MemberNames {
  async function read(guildId: string, userId: string): Promise<string[]> {
    try {
      const route = Routes.guildMember(guildId, userId);
      const answer = await withDeadline(clock, ANSWER_WITHIN, (signal) => rest.get(route, { signal }));
      const { nick, user } = memberSchema.parse(answer);
      return [nick, user.global_name, user.username].flatMap((name) => name ?? []);
    } catch (error) {
      log.debug({ guild: guildId, err: error }, "a member's name could not be had");
      return [];
    }
  }

  return {
    namesOf: (guildId, userIds) => Promise.all(userIds.map((userId) => read(guildId, userId))),
  };
}
