import { bitsOf, ordinaryPermissions, type PermissionName } from './permission-bits.ts';
import { snowflakeAt, type Snowflakes } from '../snowflake.ts';
import type { Channel, Guild, Member, Role, User } from './entities.ts';

export { applicationIdOf, type Channel, type Guild, type Member, type Role, type User } from './entities.ts';
export { allPermissions, bitsOf, permission, type PermissionName } from './permission-bits.ts';
export { guildPermissions, has, permissionsIn } from './permissions.ts';

/**
 * Everything that exists in the stand-in besides messages: users, guilds with roles, members and channels, and direct
 * message channels. Starts empty but for the bot's own user and the host (the owner of the application).
 */
export function createWorld({
  snowflakes,
  now,
  applicationId,
  botUserId = applicationId,
}: {
  snowflakes: Snowflakes;
  now: () => number;
  applicationId: string;
  botUserId?: string | undefined;
}) {
  const users = new Map<string, User>();
  const guilds = new Map<string, Guild>();
  const channels = new Map<string, Channel>();
  const directMessages = new Map<string, Channel>();

  function addUser(user: { name: string; id?: string; bot?: boolean; applicationId?: string; locale?: string }): User {
    const added: User = {
      id: user.id ?? snowflakes.next(),
      // An application's name keeps its capitals, and is what people see of it.
      username: user.bot ? user.name : user.name.toLowerCase(),
      globalName: user.bot ? null : user.name,
      bot: user.bot ?? false,
      ...(user.applicationId !== undefined && { applicationId: user.applicationId }),
      locale: user.locale ?? 'en-US',
      dmsClosed: false,
    };
    users.set(added.id, added);
    return added;
  }

  const bot = addUser({ name: 'Seedream', id: botUserId, bot: true, applicationId });
  const host = addUser({ name: 'Host' });

  function addRole(guild: Guild, role: { name: string; permissions: bigint; mentionable?: boolean }): Role {
    const added: Role = { id: snowflakes.next(), position: guild.roles.size, mentionable: false, ...role };
    guild.roles.set(added.id, added);
    return added;
  }

  function addMember(
    guild: Guild,
    { user, permissions = [] }: { user: User; permissions?: readonly PermissionName[] },
  ): Member {
    const roles: Role[] = [];
    if (permissions.length > 0) {
      const name = user.bot ? user.username : permissions.join(' and ');
      const bits = bitsOf(permissions);
      const known = [...guild.roles.values()].find((role) => role.name === name && role.permissions === bits);
      roles.push(known ?? addRole(guild, { name, permissions: bits }));
    }
    const member = { user, guild, roles, nick: null, joinedAt: new Date(now()).toISOString() };
    guild.members.set(user.id, member);
    return member;
  }

  function addChannel(guild: Guild, { name, parent = null }: { name: string; parent?: Channel | null }): Channel {
    const channel: Channel = {
      id: snowflakes.next(),
      type: parent ? 11 : 0,
      name,
      guild,
      parent,
      recipient: null,
      overwrites: [],
      lastMessageId: null,
    };
    guild.channels.set(channel.id, channel);
    channels.set(channel.id, channel);
    return channel;
  }

  /** Adds a guild with the bot in it. The guild's id decides its shard, and consecutive guilds fall on different ones. */
  function addGuild({ name, locale = 'en-US', owner }: { name: string; locale?: string; owner: User }): Guild {
    const madeDaysAgo = 30;
    const id = snowflakeAt(Math.floor(now() / 1e6) * 1e6 - madeDaysAgo * 86_400_000 + guilds.size).toString();
    const guild: Guild = {
      id,
      name,
      ownerId: owner.id,
      locale,
      roles: new Map(),
      members: new Map(),
      channels: new Map(),
    };
    const everyone = { name: '@everyone', permissions: ordinaryPermissions, position: 0, mentionable: false };
    guild.roles.set(id, { id, ...everyone });
    guilds.set(id, guild);
    addMember(guild, { user: owner });
    addMember(guild, { user: bot, permissions: ['ViewChannel', 'SendMessages', 'EmbedLinks', 'AttachFiles'] });
    return guild;
  }

  return {
    users,
    guilds,
    channels,
    bot,
    host,
    addUser,
    addRole,
    addMember,
    addChannel,
    addGuild,

    /** Takes a channel away, and the threads that hang on it. */
    removeChannel(channel: Channel): void {
      for (const other of [channel, ...channels.values()]) {
        if (other !== channel && other.parent !== channel) continue;
        channels.delete(other.id);
        channel.guild?.channels.delete(other.id);
      }
    },

    /** The direct message channel between the bot and a person, opened on first use. */
    directMessageWith(user: User): Channel {
      const open = directMessages.get(user.id);
      if (open) return open;
      const channel: Channel = {
        id: snowflakes.next(),
        type: 1,
        name: null,
        guild: null,
        parent: null,
        recipient: user,
        overwrites: [],
        lastMessageId: null,
      };
      directMessages.set(user.id, channel);
      channels.set(channel.id, channel);
      return channel;
    },

    /** Sets what the bot may (`allow`) and may not (`deny`) do in a channel, over what its role says. */
    setBotPermissions: (
      channel: Channel,
      { allow = [], deny = [] }: { allow?: readonly PermissionName[]; deny?: readonly PermissionName[] },
    ): void => {
      const target = channel.parent ?? channel;
      let overwrite = target.overwrites.find(({ id }) => id === bot.id);
      if (!overwrite) target.overwrites.push((overwrite = { id: bot.id, type: 1, allow: 0n, deny: 0n }));
      overwrite.allow = (overwrite.allow | bitsOf(allow)) & ~bitsOf(deny);
      overwrite.deny = (overwrite.deny | bitsOf(deny)) & ~bitsOf(allow);
    },
  };
}

export type World = ReturnType<typeof createWorld>;
