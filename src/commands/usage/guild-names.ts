/** Names of guilds, asked of Discord where they are needed. */
import { Routes, type REST } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../../services/clock.ts';
import { withDeadline } from '../../services/deadline.ts';
import type { Log } from '../../services/log.ts';

/** How long the answers may take, which are asked for together (milliseconds): a person waits. */
const ANSWER_WITHIN = 1500;

const guildSchema = z.object({ name: z.string() });

/** Gives the names of guilds; `undefined` for one that the bot has left, or that Discord does not tell in time. Never throws. */
export type GuildNames = (guildIds: readonly string[]) => Promise<(string | undefined)[]>;

/** @param rest - for calls by the bot's token. */
export function createGuildNames({
  rest,
  clock,
  log,
}: {
  rest: Pick<REST, 'get'>;
  clock: Pick<Clock, 'setTimeout'>;
  log: Log;
}): GuildNames {
  async function read(guildId: string): Promise<string | undefined> {
    try {
      const answer = await withDeadline(clock, ANSWER_WITHIN, (signal) => rest.get(Routes.guild(guildId), { signal }));
      return guildSchema.parse(answer).name;
    } catch (error) {
      log.debug({ guild: guildId, err: error }, "a server's name could not be had");
      return undefined;
    }
  }

  return (guildIds) => Promise.all(guildIds.map(read));
}
