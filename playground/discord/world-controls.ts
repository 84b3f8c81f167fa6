import { intent, type Gateway } from './gateway/gateway.ts';
import { apiGuildCreate } from './world/api-objects.ts';
import {
  bitsOf,
  type Channel,
  type Guild,
  type Member,
  type PermissionName,
  type User,
  type World,
} from './world/world.ts';

/** What a test changes in the world while the stand-in runs; the bot's sessions get the events that Discord would send. */
export function createWorldControls({ world, gateway }: { world: World; gateway: Gateway }) {
  return {
    addGuild({ name, locale }: { name: string; locale?: string }): Guild {
      const owner = world.addUser({ name: `Owner of ${name}` });
      const guild = world.addGuild({ name, owner, ...(locale && { locale }) });
      const data = () => apiGuildCreate(guild, world.bot);
      gateway.broadcast({ name: 'GUILD_CREATE', guildId: guild.id, data, needs: intent.guilds });
      return guild;
    },
    addChannel: (guild: Guild, { name, parent }: { name: string; parent?: Channel }): Channel =>
      world.addChannel(guild, { name, parent: parent ?? null }),
    /** A new member: a new person of that name, or a user there is. */
    addMember(
      guild: Guild,
      {
        name,
        user,
        locale,
        permissions = [],
      }: { name?: string; user?: User; locale?: string; permissions?: readonly PermissionName[] },
    ): Member {
      const someone =
        user ?? world.addUser({ name: name ?? `Member ${guild.members.size}`, ...(locale && { locale }) });
      return world.addMember(guild, { user: someone, permissions });
    },
    /** Adds a role and returns its id. */
    addRole: (
      guild: Guild,
      {
        name,
        permissions = [],
        mentionable = false,
      }: { name: string; permissions?: readonly PermissionName[]; mentionable?: boolean },
    ): string => world.addRole(guild, { name, permissions: bitsOf(permissions), mentionable }).id,
    /** Gives a member a role with these permissions. */
    promote(member: Member, permissions: readonly PermissionName[]): void {
      const role = world.addRole(member.guild, { name: permissions.join(' and '), permissions: bitsOf(permissions) });
      member.roles.push(role);
    },
    setBotPermissions: world.setBotPermissions,
    removeChannel(channel: Channel): void {
      world.removeChannel(channel);
      const data = () => ({ id: channel.id, guild_id: channel.guild?.id, type: channel.type });
      gateway.broadcast({ name: 'CHANNEL_DELETE', guildId: channel.guild?.id ?? null, data, needs: intent.guilds });
    },
    /** Removes the bot from a guild. */
    removeBot(guild: Guild): void {
      guild.members.delete(world.bot.id);
      gateway.broadcast({
        name: 'GUILD_DELETE',
        guildId: guild.id,
        data: () => ({ id: guild.id }),
        needs: intent.guilds,
      });
    },
    closeDms(person: Member | User, closed = true): void {
      ('user' in person ? person.user : person).dmsClosed = closed;
    },
    setLocale(person: Member | User, locale: string): void {
      ('user' in person ? person.user : person).locale = locale;
    },
  };
}
