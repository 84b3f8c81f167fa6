/** The application and its commands, direct messages, members. */
import { APPLICATION_ID, apiUser, BOT } from '../api-users.ts';
import { apiError } from '../../../../playground/discord/api-error.ts';
import type { Places } from '../places.ts';
import { HOST, idOf } from '../../names.ts';
import type { Choice } from '../records.ts';
import type { Matched, Section } from './route.ts';

const OFTEN = { most: 30, window: 10_000 };

/** A command as it is registered. */
export interface RegisteredCommand {
  name: string;
  options?: readonly CommandOption[];
}

export interface CommandOption {
  name: string;
  type: number;
  required?: boolean;
  autocomplete?: boolean;
  min_value?: number;
  max_value?: number;
  max_length?: number;
  choices?: readonly Choice[];
  options?: readonly CommandOption[];
}

export interface Commands {
  find(name: string): RegisteredCommand | undefined;
  list(): readonly object[];
  overwrite(commands: readonly RegisteredCommand[]): readonly object[];
}

export function createCommands(): Commands {
  let registered: readonly (RegisteredCommand & { id: string })[] = [];
  return {
    find: (name) => registered.find((command) => command.name === name),
    list: () => registered,
    overwrite(commands) {
      registered = commands.map((command) => ({
        ...command,
        id: idOf(`/${command.name}`),
        application_id: APPLICATION_ID,
        version: '1',
      }));
      return registered;
    },
  };
}

export function applicationRoutes({ places, commands }: { places: Places; commands: Commands }): Section {
  function member(guildId: string, userId: string): object {
    if (!places.isGuild(guildId)) throw apiError('unknownGuild');
    const name = places.nameOf(userId);
    if (!places.isMember(guildId, userId)) throw apiError('unknownMember');
    return { user: apiUser(userId, name), nick: null, roles: places.roleIdsOf(guildId, userId) };
  }

  return (method, path) => {
    const route = (bucket: string, run: Matched['run'], about: string): Matched => ({
      bucket: `${method} ${bucket}`,
      limit: OFTEN,
      run,
      about: () => about,
    });
    const [first, second = '', third, fourth = ''] = path;
    const called = `${method} ${first ?? ''} ${third ?? second}`;
    switch (called) {
      case 'GET applications @me':
        return route(
          'application',
          () => ({ id: APPLICATION_ID, name: 'seedream', owner: apiUser(idOf(HOST), HOST), team: null }),
          'asks whose application it is',
        );
      case 'GET applications commands':
        return route('commands', () => known(second, () => commands.list()), 'reads its commands');
      case 'PUT applications commands':
        return route(
          'commands',
          ({ body }) => known(second, () => commands.overwrite(body as RegisteredCommand[])),
          'registers its commands',
        );
      case 'GET users @me':
        return route('own user', () => BOT, 'asks who it is');
      case 'POST users channels':
        return route(
          'direct messages',
          ({ body }) => {
            const { recipient_id: recipient } = body as { recipient_id: string };
            return { id: places.directChannel(recipient).id, type: 1 };
          },
          'opens direct messages',
        );
      case 'GET guilds members':
        return route(`members ${second}`, () => member(second, fourth), 'asks for a member');
      default:
        return undefined;
    }
  };
}

function known<T>(applicationId: string, answer: () => T): T {
  if (applicationId !== APPLICATION_ID) throw apiError('unknownApplication');
  return answer();
}
