/** Tells Discord of the bot's commands, when what Discord has differs. */
import { Routes, type REST } from 'discord.js';
import { z } from 'zod';
import type { Log } from '../../services/log.ts';
import type { Command, MessageCommand } from './command.ts';

/** What Discord adds to a command by itself. */
const ADDED = new Set([
  'id',
  'application_id',
  'guild_id',
  'version',
  'dm_permission',
  'default_permission',
  'handler',
  'name_localized',
  'description_localized',
]);

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isEmpty(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

/** The fields of a definition that say something: not what Discord adds, nor values that say no more than their absence. */
function meaningfulKeys(definition: Fields): string[] {
  return Object.keys(definition).filter((key) => {
    const field = definition[key];
    if (ADDED.has(key) || (key === 'type' && field === 1 && 'contexts' in definition)) return false;
    return field !== null && field !== undefined && field !== false && field !== '' && !isEmpty(field);
  });
}

/** Whether two definitions, or parts of them, mean the same to Discord. */
function meanSame(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return one === other;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((each, index) => meanSame(each, other[index]));
  }
  const keys = meaningfulKeys(one);
  const others = new Set(meaningfulKeys(other));
  return keys.length === others.size && keys.every((key) => others.has(key) && meanSame(one[key], other[key]));
}

/** Whether two lists of commands mean the same to Discord; their order does not matter. */
function sameCommands(ours: readonly object[], theirs: readonly object[]): boolean {
  const left = [...theirs];
  return (
    ours.length === theirs.length &&
    ours.every((command) => {
      const index = left.findIndex((other) => meanSame(command, other));
      if (index >= 0) left.splice(index, 1);
      return index >= 0;
    })
  );
}

const registeredSchema = z.array(z.object({ id: z.string(), name: z.string() })).catch([]);

/** The ids of commands by their names, as Discord has told them: what a text needs to have one clicked. */
export class CommandIds {
  readonly #ids = new Map<string, string>();

  /** Takes note of what Discord has registered. */
  learn(registered: unknown): void {
    for (const { id, name } of registeredSchema.parse(registered)) this.#ids.set(name, id);
  }

  /** A command in a text: clicked, Discord's client begins to type it. Without its id it is only emphasised. */
  mention(name: string): string {
    const id = this.#ids.get(name);
    return id === undefined ? `**/${name}**` : `</${name}:${id}>`;
  }
}

/**
 * Registers the commands globally, if Discord's list differs.
 *
 * @param ids - learns the commands' ids.
 *
 * @throws DiscordAPIError or HTTPError when Discord refuses or cannot be reached.
 */
export async function registerCommands({
  rest,
  applicationId,
  commands,
  ids,
  log,
}: {
  rest: REST;
  applicationId: string;
  commands: readonly Pick<Command | MessageCommand, 'definition'>[];
  ids: CommandIds;
  log: Log;
}): Promise<void> {
  const route = Routes.applicationCommands(applicationId);
  const definitions = commands.flatMap(({ definition }) => definition ?? []);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const present = (await rest.get(route, { query })) as object[];
  if (sameCommands(definitions, present)) {
    ids.learn(present);
    log.debug('commands are registered already');
    return;
  }
  ids.learn(await rest.put(route, { body: definitions }));
  log.info({ commands: definitions.map(({ name }) => name) }, 'commands registered');
}
