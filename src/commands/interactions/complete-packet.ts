/** Interactions that lack what discord.js takes for granted: it would drop them, and the person would wait in vain. */
import { GatewayDispatchEvents } from 'discord.js';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Fills in what an interaction's packet lacks, in place; to be called before discord.js reads it. */
export function completeInteraction(packet: unknown): void {
  if (!isObject(packet) || packet['t'] !== GatewayDispatchEvents.InteractionCreate) return;
  const interaction = packet['d'];
  if (!isObject(interaction)) return;
  interaction['entitlements'] ??= [];
  interaction['authorizing_integration_owners'] ??= {};
  interaction['locale'] ??= 'en-US';
}
