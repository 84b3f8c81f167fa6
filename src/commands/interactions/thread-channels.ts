/**
 * Which channels are threads: other permissions hold there. discord.js tells an interaction's channel only where it
 * caches channels, which takes the Guilds intent and memory; the packet itself says what the channel is.
 */
import { ChannelType, GatewayDispatchEvents } from 'discord.js';
import { z } from 'zod';
import { BoundedSet } from '../../services/bounded.ts';

/** Threads remembered; each is told anew with every interaction in it. */
const REMEMBERED = 10_000;

const THREAD_TYPES = new Set<number>([
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]);

const interactionSchema = z.object({
  t: z.literal(GatewayDispatchEvents.InteractionCreate),
  d: z.object({ channel: z.object({ id: z.string(), type: z.int() }) }),
});

export interface ThreadChannels {
  /** Reads a packet of the gateway; to be called before its interaction is handled. */
  read(packet: unknown): void;
  /** Whether an interaction's channel is a thread. */
  has(channelId: string): boolean;
}

export function createThreadChannels(): ThreadChannels {
  const threads = new BoundedSet<string>(REMEMBERED);
  return {
    read(packet) {
      const channel = interactionSchema.safeParse(packet).data?.d.channel;
      if (channel !== undefined && THREAD_TYPES.has(channel.type)) threads.add(channel.id);
    },
    has: (channelId) => threads.has(channelId),
  };
}
