/** The commands that Discord's client would offer the viewer, in the viewer's language. */
import { channel, guild, state, user } from './store.js';
import { isOffered } from './composer/command-rules.js';

/** Permission bits by what a member is. Source: permissions, "Bitwise Permission Flags". */
const ROLE_PERMISSIONS = { owner: 'all', admin: String((1n << 5n) | (1n << 13n)), moderator: String(1n << 13n) };

/** Command types. Source: application commands, "Application Command Types". */
export const COMMAND = { slash: 1, message: 3 };

/** What the viewer is in the open channel's server. */
export const roleHere = () => guild()?.members.find(({ userId }) => userId === state.userId)?.role ?? '';

/** The commands of a type, as registered, that the viewer may use in the open channel. */
export function offeredCommands(type) {
  const here = channel();
  const where = {
    isDirect: here?.guildId === null,
    guildId: here?.guildId,
    permissions: ROLE_PERMISSIONS[roleHere().split(',')[0]] ?? '0',
  };
  return state.world.commands.filter((command) => command.type === type && isOffered(command, where));
}

/** What a command, an option or a choice is called in the viewer's language. */
export const localName = ({ name, name_localizations: names }, locale = user()?.locale) => names?.[locale] ?? name;
