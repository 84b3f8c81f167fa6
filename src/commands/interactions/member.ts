/** Who uses a command or presses a button, as Discord sends them with the interaction: no guild is cached. */
import { PermissionFlagsBits } from 'discord.js';
import type { Actor } from '../../services/lifecycle/lifecycle.ts';
import type { Repliable } from './responses.ts';

/** Who acts on a job. */
export function actorOf({ user, guildId, memberPermissions }: Repliable): Actor {
  const moderator = memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false;
  return { userId: user.id, guildId, moderator };
}
