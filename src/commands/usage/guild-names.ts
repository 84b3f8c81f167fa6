/** Names of guilds, asked of Discord where they are needed. */
import { Routes } from 'discord.js';
import { z } from 'zod';
import { createLookUp, type LookUpParts } from './look-up.ts';

const guildSchema = z.object({ name: z.string() });

/** Gives the names of guilds; `undefined` for one that the bot has left, or that Discord does not tell in time. Never throws. */
export type GuildNames = (guildIds: readonly string[]) => Promise<(string | undefined)[]>;

export function createGuildNames(parts: LookUpParts): GuildNames {
  const lookUp = createLookUp(parts, "a server's name");
  const read = async (guildId: string) => (await lookUp(guildId, Routes.guild(guildId), guildSchema))?.name;
  return (guildIds) => Promise.all(guildIds.map(read));
}
