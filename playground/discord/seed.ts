import type { World } from './world/world.ts';

/**
 * The guilds, channels and people that every stand-in begins with: a guild `home` (two ordinary members, a moderator,
 * an administrator, the host; two text channels and a thread) and a guild `other` (one channel, one stranger, and Ana).
 */
export function seedWorld(world: World) {
  const home = world.addGuild({ name: 'Picture Club', owner: world.addUser({ name: 'Olga' }) });
  const other = world.addGuild({ name: 'Otra Casa', locale: 'es-ES', owner: world.addUser({ name: 'Otto' }) });
  const general = world.addChannel(home, { name: 'general' });
  const pictures = world.addChannel(home, { name: 'pictures' });
  const ana = world.addUser({ name: 'Ana' });
  return {
    guilds: { home, other },
    channels: {
      general,
      pictures,
      thread: world.addChannel(home, { name: 'a thread', parent: pictures }),
      elsewhere: world.addChannel(other, { name: 'charla' }),
    },
    members: {
      ana: world.addMember(home, { user: ana }),
      ben: world.addMember(home, { user: world.addUser({ name: 'Ben' }) }),
      moderator: world.addMember(home, { user: world.addUser({ name: 'Mo' }), permissions: ['ManageMessages'] }),
      admin: world.addMember(home, {
        user: world.addUser({ name: 'Ada' }),
        permissions: ['ManageGuild', 'ManageMessages'],
      }),
      host: world.addMember(home, { user: world.host }),
      anaElsewhere: world.addMember(other, { user: ana }),
      stranger: world.addMember(other, { user: world.addUser({ name: 'Sam', locale: 'es-ES' }) }),
    },
  };
}
