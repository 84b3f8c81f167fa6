/** A slash command as Discord's client sends it: what it would not send is refused. */
import { idOf } from '../../names.ts';
import type { CommandOption, RegisteredCommand } from '../routes/application.ts';

type Value = string | number | boolean;

const SUBCOMMAND = 1;
const TEXT = 3;
const INTEGER = 4;
const BOOLEAN = 5;
const ROLE = 8;
const ATTACHMENT = 11;

/** What is given with a file's name: an attachment as the API has it. */
export type Upload = (file: string) => object & { id: string };

const EXPECTED: Record<number, string> = {
  [TEXT]: 'string',
  [INTEGER]: 'number',
  [BOOLEAN]: 'boolean',
  [ROLE]: 'string',
  [ATTACHMENT]: 'string',
};

/** What a person could not type; the client says so before it sends anything. */
export class NotSent extends Error {}

/** An option with its value. */
interface Given {
  name: string;
  type: number;
  value: Value;
  focused?: true;
}

function dataOf(option: CommandOption, value: Value, focused: string | undefined): Given {
  const { name, type, min_value: least = -Infinity, max_value: most = Infinity, max_length: longest = 6000 } = option;
  if (name === focused) return { name, type, value, focused: true };
  // A choice's name may be sent where a number was meant (discord-api-docs #7206).
  const fits = typeof value === EXPECTED[type] || (type === INTEGER && typeof value === 'string');
  if (!fits) throw new NotSent(`${name} takes no ${typeof value}`);
  if (typeof value === 'number' && (value < least || value > most)) throw new NotSent(`${name} takes no ${value}`);
  if (typeof value === 'string' && value.length > longest) throw new NotSent(`${name} takes ${longest} characters`);
  return { name, type, value: type === ROLE ? idOf(String(value)) : value };
}

function listed(
  known: readonly CommandOption[],
  given: Readonly<Record<string, Value>>,
  focused: string | undefined,
): Given[] {
  const stranger = Object.keys(given).find((name) => !known.some((option) => option.name === name));
  if (stranger !== undefined) throw new NotSent(`there is no option ${stranger}`);
  return known.flatMap((option) => {
    const value = given[option.name];
    if (value !== undefined) return [dataOf(option, value, focused)];
    if (option.required === true && focused === undefined) throw new NotSent(`${option.name} is missing`);
    return [];
  });
}

/**
 * The data of a command's interaction.
 *
 * @param options - what was typed; a subcommand stands under `subcommand`, a role and a file by their names. Older clients let
 *   every file be given.
 * @param focused - the option that is being typed.
 * @throws NotSent
 */
export function commandData(
  { name, options: known = [] }: RegisteredCommand,
  { subcommand, ...given }: Readonly<Record<string, Value>>,
  { focused, upload }: { focused?: string; upload: Upload },
): object {
  const id = idOf(`/${name}`);
  const found = known.find((option) => option.type === SUBCOMMAND && option.name === subcommand);
  if (found === undefined && known.some(({ type }) => type === SUBCOMMAND)) {
    throw new NotSent(`/${name} needs a subcommand`);
  }
  const taken = found?.options ?? (found === undefined ? known : []);
  const namesOf = (type: number) =>
    taken.flatMap((option) => {
      const value = given[option.name];
      return option.type === type && value !== undefined ? [String(value)] : [];
    });
  const roles = Object.fromEntries(namesOf(ROLE).map((role) => [idOf(role), apiRole(role)]));
  const uploads = new Map(namesOf(ATTACHMENT).map((file) => [file, upload(file)]));
  const attachments = Object.fromEntries([...uploads.values()].map((file) => [file.id, file]));
  const inner = listed(taken, given, focused).map((option) =>
    option.type === ATTACHMENT ? { ...option, value: uploads.get(String(option.value))?.id } : option,
  );
  const options = found === undefined ? inner : [{ name: found.name, type: SUBCOMMAND, options: inner }];
  const resolved = {
    ...(Object.keys(roles).length > 0 && { roles }),
    ...(uploads.size > 0 && { attachments }),
  };
  return { id, name, type: 1, options, ...(Object.keys(resolved).length > 0 && { resolved }) };
}

/** What was typed, with the choices that are meant by their places (`#2`) in it; an option without choices is left out. */
export function withChoices(
  { options: known = [] }: RegisteredCommand,
  typed: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  const chosen = Object.entries(typed).flatMap(([name, value]): [string, Value][] => {
    const place = typeof value === 'string' ? /^#(\d+)$/.exec(value)?.[1] : undefined;
    if (place === undefined) return [[name, value]];
    const { choices = [] } = known.find((option) => option.name === name) ?? {};
    const choice = choices[(Number(place) - 1) % choices.length];
    return choice === undefined ? [] : [[name, choice.value]];
  });
  return Object.fromEntries(chosen);
}

/** The options that have a choice which is offered, by its value or its name. */
export function offeredIn(
  { options: known = [] }: RegisteredCommand,
  typed: Readonly<Record<string, Value>>,
): string[] {
  return known.flatMap(({ name, choices = [] }) =>
    choices.some((choice) => choice.value === typed[name] || choice.name === typed[name]) ? [name] : [],
  );
}

/** The data of a message command's interaction. @param message - as the API has it. */
export function messageCommandData(name: string, message: object & { id: string }): object {
  return {
    id: idOf(`/${name}`),
    name,
    type: 3,
    target_id: message.id,
    resolved: { messages: { [message.id]: message } },
  };
}

function apiRole(name: string): object {
  return {
    id: idOf(name),
    name,
    permissions: '0',
    position: 1,
    color: 0,
    hoist: false,
    managed: false,
    mentionable: false,
  };
}
