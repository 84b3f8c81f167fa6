/** What the bot needs in a channel to bring pictures there. */
import { PermissionFlagsBits } from 'discord.js';
import type { Repliable } from '../interactions/responses.ts';

export type NeededPermission = 'ViewChannel' | 'SendMessages' | 'SendMessagesInThreads' | 'EmbedLinks' | 'AttachFiles';

/** The permissions the bot lacks in the interaction's channel, by name. */
export function missingPermissions(interaction: Repliable, inThread: boolean): NeededPermission[] {
  const send = inThread ? 'SendMessagesInThreads' : 'SendMessages';
  const needed: NeededPermission[] = ['ViewChannel', send, 'EmbedLinks', 'AttachFiles'];
  return needed.filter((name) => !interaction.appPermissions.has(PermissionFlagsBits[name]));
}
