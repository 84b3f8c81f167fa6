/** Interactions that lack what discord.js takes for granted: it would drop them, and the person would wait in vain. */
import { GatewayDispatchEvents } from 'discord.js';
import { z } from 'zod';

const packetSchema = z.object({
  t: z.literal(GatewayDispatchEvents.InteractionCreate),
  d: z.record(z.string(), z.unknown()),
});

/** Fills in what an interaction's packet lacks, in place; to be called before discord.js reads it. */
export function completeInteraction(packet: unknown): void {
  if (!packetSchema.safeParse(packet).success) return;
  const { d: interaction } = packet as z.infer<typeof packetSchema>;
  interaction['entitlements'] ??= [];
  interaction['authorizing_integration_owners'] ??= {};
  interaction['locale'] ??= 'en-US';
}
