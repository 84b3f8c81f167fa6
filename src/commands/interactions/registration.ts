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

/** A definition without what Discord adds and without values that say no more than their absence. */
function essence(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(essence);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key, field]) => !ADDED.has(key) && !(key === 'type' && field === 1 && 'contexts' in value))
    .filter(([, field]) => field !== null && field !== undefined && field !== false && field !== '' && !isEmpty(field))
    .map(([key, field]): [string, unknown] => [key, essence(field)])
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries);
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** Whether two lists of commands mean the same to Discord; their order does not matter. */
function sameCommands(ours: readonly object[], theirs: readonly object[]): boolean {
  const text = (commands: readonly object[]) =>
    commands
      .map((command) => JSON.stringify(essence(command)))
      .sort()
      .join('\n');
  return text(ours) === text(theirs);
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
