/**
 * What Discord says of an interaction in its packet, and discord.js only where it caches guilds, which takes the Guilds
 * intent and memory: the roles of who uses it, and whether its channel is a thread. A cache may be empty after a restart;
 * the packet says it anew each time.
 */
import { ChannelType, GatewayDispatchEvents, PermissionFlagsBits } from 'discord.js';
import { z } from 'zod';
import { BoundedMap } from '../../services/bounded.ts';
import type { Actor } from '../../services/lifecycle/lifecycle.ts';
import type { Repliable } from './responses.ts';

/** Interactions remembered until they are handled: those that arrive before all shards are ready wait. */
const REMEMBERED = 10_000;

const THREAD_TYPES = new Set<number>([
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]);

const packetSchema = z.object({
  t: z.literal(GatewayDispatchEvents.InteractionCreate),
  d: z.object({
    id: z.string(),
    // Absent in direct messages.
    member: z.object({ roles: z.array(z.string()) }).optional(),
    channel: z.object({ type: z.int() }).optional(),
  }),
});

/** What is kept of a packet. */
interface Facts {
  roleIds: readonly string[];
  inThread: boolean;
}

export interface Packets {
  /** Reads a packet of the gateway; to be called before its interaction is handled. */
  read(packet: unknown): void;
  /**
   * The ids of the member's roles; none in direct messages.
   *
   * @throws Error where Discord did not say them: without them a role's limit would not hold.
   */
  roleIdsOf(interaction: Pick<Repliable, 'id'>): readonly string[];
  /** Whether an interaction's channel is a thread: other permissions hold there. */
  isInThread(interaction: Pick<Repliable, 'id'>): boolean;
}

export function createPackets(): Packets {
  const interactions = new BoundedMap<string, Facts>(REMEMBERED);
  return {
    read(packet) {
      const interaction = packetSchema.safeParse(packet).data?.d;
      if (interaction === undefined) return;
      const { id, member, channel } = interaction;
      interactions.set(id, {
        roleIds: member?.roles ?? [],
        inThread: channel !== undefined && THREAD_TYPES.has(channel.type),
      });
    },
    roleIdsOf({ id }) {
      const facts = interactions.get(id);
      if (facts === undefined) throw new Error('The roles of who uses an interaction are not known');
      return facts.roleIds;
    },
    isInThread: ({ id }) => interactions.get(id)?.inThread ?? false,
  };
}

/** Who acts on a job, as Discord sends them with the interaction: no guild is cached. */
export function actorOf({ user, guildId, memberPermissions }: Repliable): Actor {
  const moderator = memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false;
  return { userId: user.id, guildId, moderator };
}
