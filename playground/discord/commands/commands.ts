import {
  ApplicationCommandCreateRequestSchema,
  ApplicationCommandPatchRequestPartialSchema,
  ApplicationCommandUpdateRequestSchema,
} from 'discord-api-spec/zod';
import { checkCommand } from './command-rules.ts';
import { apiError, ApiError, invalidForm } from '../api-error.ts';
import { parseForm } from '../form.ts';
import { completeCommand, readCommand, type RegisteredCommand } from './registered-command.ts';
import type { CommandBody } from '../request-bodies.ts';
import type { Snowflakes } from '../snowflake.ts';

export type { RegisteredCommand } from './registered-command.ts';

/** Commands of each type that a scope may have. Source: application commands, "Registering a Command". */
const most: readonly { readonly type: number; readonly count: number }[] = [
  { type: 1, count: 100 },
  { type: 2, count: 15 },
  { type: 3, count: 15 },
];
/** Creates a day and guild. Source: the same. */
const createsPerDay = 200;

/** The registered commands of the application, global and by guild, and how many were created today. */
export function createCommands({
  snowflakes,
  applicationId,
  now,
}: {
  snowflakes: Snowflakes;
  applicationId: string;
  now: () => number;
}) {
  const scopes = new Map<string, Map<string, RegisteredCommand>>();
  const creates = new Map<string, { count: number; until: number }>();
  let totalCreates = 0;

  function scopeOf(guildId: string | null): Map<string, RegisteredCommand> {
    const key = guildId ?? 'global';
    let scope = scopes.get(key);
    if (!scope) scopes.set(key, (scope = new Map<string, RegisteredCommand>()));
    return scope;
  }

  function countCreate(guildId: string | null): void {
    const key = guildId ?? 'global';
    const entry = creates.get(key);
    const today = entry && now() < entry.until ? entry : { count: 0, until: now() + 86_400_000 };
    if (today.count >= createsPerDay) throw apiError('dailyCreates');
    creates.set(key, { ...today, count: today.count + 1 });
    totalCreates += 1;
  }

  const complete = (body: CommandBody, guildId: string | null, id: string): RegisteredCommand =>
    completeCommand(body, { id, applicationId, guildId, version: snowflakes.next() });

  function checkCount(scope: readonly CommandBody[]): void {
    for (const { type, count } of most) {
      if (scope.filter((command) => (command.type ?? 1) === type).length <= count) continue;
      throw new ApiError(400, 30032, `Maximum number of application commands reached (${count}).`);
    }
  }

  const sameCommand = (one: CommandBody, other: CommandBody): boolean =>
    one.name === other.name && (one.type ?? 1) === (other.type ?? 1);

  return {
    list: (guildId: string | null): RegisteredCommand[] => [...scopeOf(guildId).values()],

    get(guildId: string | null, id: string): RegisteredCommand {
      const command = scopeOf(guildId).get(id);
      if (!command) throw apiError('unknownCommand');
      return command;
    },

    /**
     * The command that a member of the guild reaches by that name: the guild's own before the global one.
     *
     * @param type 1 for slash commands, 3 for those on messages
     */
    find(guildId: string | null, name: string, type: 1 | 3): RegisteredCommand | undefined {
      const candidates = [...(guildId ? scopeOf(guildId).values() : []), ...scopeOf(null).values()];
      return candidates.find((command) => command.name === name && command.type === type);
    },

    /** Creates a command, or overwrites the one of the same name and type. */
    upsert(guildId: string | null, form: unknown): { command: RegisteredCommand; created: boolean } {
      const body = readCommand(form, (value) => parseForm(ApplicationCommandCreateRequestSchema, value));
      checkCommand(body);
      const scope = scopeOf(guildId);
      const present = [...scope.values()].find((command) => sameCommand(command, body));
      if (!present) {
        checkCount([...scope.values(), body]);
        countCreate(guildId);
      }
      const command = complete(body, guildId, present?.id ?? snowflakes.next());
      scope.set(command.id, command);
      return { command, created: !present };
    },

    /** Makes the scope hold exactly these commands. */
    overwrite(guildId: string | null, forms: unknown): RegisteredCommand[] {
      if (!Array.isArray(forms)) {
        throw invalidForm([
          { path: [], code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' },
        ]);
      }
      const bodies = forms.map((form: unknown, index) => {
        const body = readCommand(form, (value) => parseForm(ApplicationCommandUpdateRequestSchema, value, [index]), [
          index,
        ]);
        checkCommand(body, [index]);
        return body;
      });
      for (const [index, body] of bodies.entries()) {
        if (!bodies.some((other, number) => number < index && sameCommand(other, body))) continue;
        const message = 'Application command names must be unique';
        throw invalidForm([{ path: [index, 'name'], code: 'APPLICATION_COMMANDS_DUPLICATE_NAME', message }]);
      }
      checkCount(bodies);
      const scope = scopeOf(guildId);
      const before = [...scope.values()];
      const after = bodies.map((body) => {
        const present = before.find((command) => sameCommand(command, body));
        if (!present) countCreate(guildId);
        return complete(body, guildId, present?.id ?? snowflakes.next());
      });
      scope.clear();
      for (const command of after) scope.set(command.id, command);
      return after;
    },

    edit(guildId: string | null, id: string, form: unknown): RegisteredCommand {
      const present = this.get(guildId, id);
      const patch = readCommand(form, (value) => parseForm(ApplicationCommandPatchRequestPartialSchema, value));
      const body = { ...present, ...patch };
      checkCommand(body);
      const command = complete(body, guildId, id);
      scopeOf(guildId).set(id, command);
      return command;
    },

    remove(guildId: string | null, id: string): void {
      this.get(guildId, id);
      scopeOf(guildId).delete(id);
    },

    /** Commands created so far, by POST or PUT. */
    creates: (): number => totalCreates,
  };
}

export type Commands = ReturnType<typeof createCommands>;
