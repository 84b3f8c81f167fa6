import { apiMember, apiRole, apiUser } from '../world/api-objects.ts';
import { passesFileTypes } from '../files/files.ts';
import { isUpload, type Upload } from '../files/uploads.ts';
import type { CommandOption } from '../request-bodies.ts';
import type { RegisteredCommand } from '../commands/commands.ts';
import { has, permissionsIn, type Channel, type Guild, type Member } from '../world/world.ts';

/** Source: application commands, "Application Command Option Type". */
const attachmentType = 11;

/** What a person types for an option: for users, roles and channels the id. */
type OptionValue = string | number | boolean;

/** What is given for the options of a command, by name; a file for an attachment. */
export type GivenOptions = Readonly<Record<string, OptionValue | Upload | undefined>>;

export interface OptionData {
  readonly name: string;
  readonly type: number;
  readonly value?: OptionValue;
  readonly focused?: true;
  readonly options?: readonly OptionData[];
}

/**
 * Reads what a member types, as Discord's client does before it sends anything.
 *
 * @param words the words behind the command's name: group and subcommand
 * @param named options whose choice is sent by the name that is shown in `locale`, where its value was meant
 * @param focused the option being typed, for autocomplete; what is required may then be missing
 * @param takeFile takes a file, and gives the id of the attachment
 * @throws Error when Discord's client would not send it
 */
export function readOptions({
  command,
  words,
  given,
  named = [],
  locale,
  focused,
  takeFile,
}: {
  command: RegisteredCommand;
  words: readonly string[];
  given: GivenOptions;
  named?: readonly string[] | undefined;
  locale: string;
  focused: string | null;
  takeFile: (upload: Upload) => string;
}): OptionData[] {
  return read(command.options ?? [], words, command.name);

  function read(known: readonly CommandOption[], rest: readonly string[], place: string): OptionData[] {
    const [word, ...further] = rest;
    if (word !== undefined) {
      const option = known.find(({ name, type }) => name === word && type <= 2);
      if (!option) throw new Error(`/${place} has no subcommand "${word}"`);
      return [{ name: word, type: option.type, options: read(option.options ?? [], further, `${place} ${word}`) }];
    }
    if (known.some(({ type }) => type <= 2)) throw new Error(`/${place} needs a subcommand`);
    for (const name of [...Object.keys(given), ...(focused === null ? [] : [focused])]) {
      if (!known.some((option) => option.name === name)) throw new Error(`/${place} has no option "${name}"`);
    }
    return known.flatMap((option) => {
      const value = given[option.name];
      const isFocused = option.name === focused;
      if (isFocused && !option.autocomplete) throw new Error(`Option "${option.name}" has no autocomplete`);
      if (value === undefined && !isFocused) {
        if (option.required && focused === null) throw new Error(`/${place} needs the option "${option.name}"`);
        return [];
      }
      if (isUpload(value)) return [{ name: option.name, type: option.type, value: takeFile(fileFor(option, value)) }];
      if (isFocused) return [{ name: option.name, type: option.type, value: value ?? '', focused: true as const }];
      const problem = problemWith(option, value ?? '');
      if (problem) throw new Error(`Option "${option.name}" of /${place}: ${problem}`);
      const sent = named.includes(option.name) ? shownName(option, value ?? '', locale) : (value ?? '');
      return [{ name: option.name, type: option.type, value: sent }];
    });
  }
}

/** The name of a choice as a member reads it. */
function shownName({ name, choices }: CommandOption, value: OptionValue, locale: string): string {
  const choice = choices?.find((each) => each.value === value);
  if (!choice) throw new Error(`Option "${name}" has no choice to name`);
  return choice.name_localizations?.[locale] ?? choice.name;
}

/** A file that an option takes. @throws Error when it takes none, or none like it */
function fileFor({ name, type, file_types: fileTypes }: CommandOption, file: Upload): Upload {
  if (type !== attachmentType) throw new Error(`Option "${name}" takes no file`);
  if (!passesFileTypes(file.name, fileTypes)) throw new Error(`Option "${name}" takes no file like ${file.name}`);
  return file;
}

function problemWith(option: CommandOption, value: OptionValue): string | null {
  if (option.choices?.length && !option.choices.some((choice) => choice.value === value)) {
    return `${JSON.stringify(value)} is none of its choices`;
  }
  switch (option.type) {
    case 3: {
      if (typeof value !== 'string') return 'wants text';
      const { min_length: least, max_length: most } = option;
      if (value.length < (least ?? (option.required ? 1 : 0))) return `wants at least ${least ?? 1} characters`;
      return value.length > (most ?? 6000) ? `takes at most ${most ?? 6000} characters` : null;
    }
    case 4:
    case 10: {
      if (typeof value !== 'number' || (option.type === 4 && !Number.isSafeInteger(value))) return 'wants a number';
      const { min_value: least, max_value: most } = option;
      if (value < (least ?? -Infinity)) return `wants at least ${least ?? ''}`;
      return value > (most ?? Infinity) ? `takes at most ${most ?? ''}` : null;
    }
    case 5:
      return typeof value === 'boolean' ? null : 'wants true or false';
    case attachmentType:
      return 'wants a file';
    default:
      return typeof value === 'string' && /^\d{17,20}$/.test(value) ? null : 'wants the id of what was picked';
  }
}

/** The users, members, roles and channels that options name by id, and the attachments. */
export function resolvedOf(
  options: readonly OptionData[],
  guild: Guild | null,
  attachments: Readonly<Record<string, unknown>>,
): Record<string, unknown> | undefined {
  const users: Record<string, unknown> = {};
  const members: Record<string, unknown> = {};
  const roles: Record<string, unknown> = {};
  const channels: Record<string, unknown> = {};
  const visit = (option: OptionData): void => {
    option.options?.forEach(visit);
    const id = String(option.value);
    const member = guild?.members.get(id);
    const role = guild?.roles.get(id);
    const channel = guild?.channels.get(id);
    if ([6, 9].includes(option.type) && member) {
      users[id] = apiUser(member.user);
      const partial: Record<string, unknown> = { ...apiMember(member), permissions: '0' };
      for (const field of ['user', 'deaf', 'mute']) Reflect.deleteProperty(partial, field);
      members[id] = partial;
    }
    if ([8, 9].includes(option.type) && role) roles[id] = apiRole(role);
    if (option.type === 7 && channel) channels[id] = { id, name: channel.name, type: channel.type, permissions: '0' };
  };
  options.forEach(visit);
  const maps = Object.entries({ users, members, roles, channels, attachments });
  const filled = maps.filter(([, map]) => Object.keys(map).length > 0);
  return filled.length > 0 ? Object.fromEntries(filled) : undefined;
}

/** Throws unless Discord's client would offer the command to the member there. */
export function checkOffered({
  command,
  member,
  channel,
}: {
  command: RegisteredCommand;
  member: Member | null;
  channel: Channel;
}): void {
  const context = channel.guild ? 0 : 1;
  if (command.contexts && !command.contexts.includes(context))
    throw new Error(`/${command.name} is not offered here (contexts)`);
  if (!member) return;
  const bits = permissionsIn(member, channel);
  if (!has(bits, 'UseApplicationCommands')) throw new Error(`${member.user.username} may not use commands here`);
  const { default_member_permissions: needed } = command;
  if (needed === null) return;
  const neededBits = BigInt(needed);
  const adminOnly = neededBits === 0n && !has(bits, 'Administrator');
  if (adminOnly || (bits & neededBits) !== neededBits) {
    throw new Error(`/${command.name} is not offered to ${member.user.username} (default_member_permissions)`);
  }
}
