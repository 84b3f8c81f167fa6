/** Guilds, channels and people: what the bot may where, who has which role. */
import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import type { Person } from '../../plan.ts';
import { HOST, idOf } from '../names.ts';
import { apiError } from '../../../playground/discord/api-error.ts';
import type { Channel } from './records.ts';

/** What the bot has in a channel where nothing was taken from it. */
const ITS_PERMISSIONS = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
] as const;

/** What is left to a bot that a moderator has timed out. Source: Discord, permissions, "Permissions for Timed Out Members". */
const TIMED_OUT = new Set(['ViewChannel', 'ReadMessageHistory']);

export const MANAGE_MESSAGES = PermissionFlagsBits.ManageMessages;
const MEMBER =
  PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages | PermissionFlagsBits.UseApplicationCommands;
const ROLES: Record<Person['role'], bigint> = {
  member: MEMBER,
  moderator: MEMBER | MANAGE_MESSAGES,
  admin: MEMBER | MANAGE_MESSAGES | PermissionFlagsBits.ManageGuild,
};

export interface Places {
  /** A guild's channel by its name in the plan; it is there once somebody acts in it. */
  channelNamed(name: string, guild: string): Channel;
  channel(id: string): Channel | undefined;
  /** Changes a channel that is there, or will be once somebody acts in it. */
  change(name: string, facts: Partial<Pick<Channel, 'lacking' | 'deleted' | 'archived'>>): void;
  /** Direct messages with a user. @throws ApiError where there is no such user. */
  directChannel(userId: string): Channel;
  /** Whether the bot has a permission in a channel now. */
  may(channel: Channel, permission: string): boolean;
  /** The bot's permissions in a channel, as an interaction tells them. */
  botPermissions(channel: Channel): string;
  /** A person by their name in the plan, as a member of a guild. @returns their id. */
  join(name: string, guildId: string | undefined): string;
  isGuild(id: string): boolean;
  isMember(guildId: string, userId: string): boolean;
  /** A person's permissions, as an interaction tells them. */
  permissionsOf(guildId: string, userId: string): bigint;
  roleIdsOf(guildId: string, userId: string): readonly string[];
  setRoles(guildId: string, userId: string, roles: readonly string[]): void;
  /** @param until - milliseconds since the epoch. */
  timeOut(guildId: string, until: number): void;
  closeDirectMessages(userId: string): void;
  refusesDirectMessages(userId: string): boolean;
  /** The name in the plan of what has this id. */
  nameOf(id: string): string;
}

export function createPlaces({ now, people }: { now: () => number; people: readonly Person[] }): Places {
  const names = new Map<string, string>([[idOf(HOST), HOST]]);
  const channels = new Map<string, Channel>();
  /** What happened to channels before anybody acted in them. */
  const ahead = new Map<string, Partial<Channel>>();
  const members = new Map<string, Set<string>>();
  const roles = new Map<string, readonly string[]>();
  const timedOut = new Map<string, number>();
  const closed = new Set<string>();
  const ranks = new Map(people.map(({ name, guild, role }) => [`${idOf(guild)} ${idOf(name)}`, role]));

  function named(name: string): string {
    const id = idOf(name);
    if (!names.has(id)) names.set(id, name);
    return id;
  }

  function open(id: string, facts: Pick<Channel, 'name' | 'guild' | 'recipient'>): Channel {
    const present = channels.get(id);
    if (present !== undefined) return present;
    const thread = facts.name.startsWith('thread');
    const fresh = { lacking: new Set<string>(), deleted: false, archived: false, ...ahead.get(id) };
    const channel: Channel = { ...fresh, id, ...facts, thread };
    channels.set(id, channel);
    return channel;
  }

  const places: Places = {
    channelNamed(name, guild) {
      const guildId = named(guild);
      if (!members.has(guildId)) members.set(guildId, new Set());
      return open(named(name), { name, guild: guildId, recipient: undefined });
    },
    channel: (id) => channels.get(id),
    change(name, facts) {
      const id = named(name);
      const channel = channels.get(id);
      if (channel !== undefined) Object.assign(channel, facts);
      else ahead.set(id, { ...ahead.get(id), ...facts });
    },
    directChannel(userId) {
      const name = names.get(userId);
      if (name === undefined) throw apiError('unknownUser');
      return open(idOf(`direct messages of ${userId}`), {
        name: `the direct messages of ${name}`,
        guild: undefined,
        recipient: userId,
      });
    },
    may(channel, permission) {
      if (channel.guild === undefined) return true;
      if (channel.lacking.has('ViewChannel') || channel.lacking.has(permission)) return false;
      return TIMED_OUT.has(permission) || (timedOut.get(channel.guild) ?? 0) <= now();
    },
    botPermissions(channel) {
      // Discord does not take a time-out into account here (discord-api-docs #6847): interactions go on.
      const has = ITS_PERMISSIONS.filter((name) => !channel.lacking.has('ViewChannel') && !channel.lacking.has(name));
      return String(PermissionsBitField.resolve(has));
    },
    join(name, guildId) {
      const id = named(name);
      if (guildId !== undefined) members.get(guildId)?.add(id);
      return id;
    },
    isGuild: (id) => members.has(id),
    isMember: (guildId, userId) => members.get(guildId)?.has(userId) ?? false,
    permissionsOf: (guildId, userId) => ROLES[ranks.get(`${guildId} ${userId}`) ?? 'member'],
    roleIdsOf: (guildId, userId) => roles.get(`${guildId} ${userId}`) ?? [],
    setRoles(guildId, userId, given) {
      roles.set(`${guildId} ${userId}`, given.map(named));
    },
    timeOut(guildId, until) {
      timedOut.set(guildId, until);
    },
    closeDirectMessages(userId) {
      closed.add(userId);
    },
    refusesDirectMessages: (userId) => closed.has(userId),
    nameOf: (id) => {
      const direct = channels.get(id)?.name;
      return names.get(id) ?? direct ?? id;
    },
  };
  return places;
}
