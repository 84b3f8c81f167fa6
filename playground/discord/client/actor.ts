import type { Channel, Member, User, World } from '../world/world.ts';

/** Who does something: a member of a guild, or a user in a direct message. */
export type Actor = Member | User;

export function userOf(actor: Actor): User {
  return 'user' in actor ? actor.user : actor;
}

/**
 * Who does it there: a member in a channel of their guild, or a user in a direct message with the bot.
 *
 * @throws Error when they are not there, or the channel is not
 */
export function actorIn(world: World, actor: Actor, channel: Channel): { user: User; member: Member | null } {
  const user = userOf(actor);
  if (!channel.guild) {
    if (channel.recipient !== user) throw new Error(`${user.username} is not in that direct message`);
    return { user, member: null };
  }
  const member = channel.guild.members.get(user.id);
  if (!member) throw new Error(`${user.username} is no member of ${channel.guild.name}`);
  if (!world.channels.has(channel.id)) throw new Error('That channel is gone');
  return { user, member };
}
