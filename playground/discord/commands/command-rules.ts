import { invalidForm, type PlacedFault } from '../api-error.ts';
import { isFileType } from '../files/files.ts';
import { charactersOf, maxCharacters } from './command-size.ts';
import type { CommandBody, CommandOption } from '../request-bodies.ts';

/** The locales that Discord knows. Source: reference, "Locales". */
const locales: readonly string[] = [
  'id', 'da', 'de', 'en-GB', 'en-US', 'es-ES', 'es-419', 'fr', 'hr', 'it', 'lt', 'hu', 'nl', 'no', 'pl', 'pt-BR', 'ro',
  'fi', 'sv-SE', 'vi', 'tr', 'cs', 'el', 'bg', 'ru', 'uk', 'hi', 'th', 'zh-CN', 'ja', 'zh-TW', 'ko', 'ar', 'he',
]; // prettier-ignore

const subcommand = 1;
const subcommandGroup = 2;

type Path = readonly (string | number)[];

/**
 * Checks a command against the documented rules that the schemas leave out.
 *
 * @throws ApiError 50035
 */
export function checkCommand(command: CommandBody, at: Path = []): void {
  const chatInput = (command.type ?? 1) === 1;
  // Names of user and message commands may have capitals and spaces. Source: application commands, "Naming".
  const faults: PlacedFault[] = [...localeFaults(command, at, chatInput ? undefined : 32)];
  if (chatInput) {
    if (!isName(command.name)) faults.push(invalidName([...at, 'name']));
    if (!command.description) faults.push(required([...at, 'description']));
    faults.push(...optionsFaults(command.options ?? [], [...at, 'options'], 0));
  } else {
    if (command.description || command.description_localizations)
      faults.push(
        bad(
          [...at, 'description'],
          'APPLICATION_COMMAND_DESCRIPTION_INVALID',
          'Context menu commands cannot have description',
        ),
      );
    if (command.options?.length)
      faults.push(
        bad([...at, 'options'], 'APPLICATION_COMMAND_OPTIONS_INVALID', 'Context menu commands cannot have options'),
      );
  }
  const { default_member_permissions: permissions, contexts, integration_types: installs } = command;
  if (permissions !== undefined && permissions !== null && !/^\d{1,20}$/.test(String(permissions))) {
    faults.push(bad([...at, 'default_member_permissions'], 'NUMBER_TYPE_COERCE', `Value "${permissions}" is not int.`));
  }
  for (const [field, values] of Object.entries({ contexts, integration_types: installs })) {
    if (values && new Set(values).size < values.length) {
      faults.push(bad([...at, field], 'SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value'));
    }
  }
  if (charactersOf(command) > maxCharacters) {
    faults.push(bad(at, 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${maxCharacters})`));
  }
  if (faults.length > 0) throw invalidForm(faults);
}

function optionsFaults(options: readonly CommandOption[], path: Path, depth: number): PlacedFault[] {
  const faults: PlacedFault[] = [];
  const names = new Set<string>();
  let optionalSeen = false;
  const groups = options.filter(({ type }) => type <= subcommandGroup).length;
  if (groups > 0 && groups < options.length) {
    faults.push(
      bad(
        path,
        'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
        'Sub-command and sub-command group option types are mutually exclusive to all other types',
      ),
    );
  }
  for (const [index, option] of options.entries()) {
    const here = [...path, index];
    faults.push(...localeFaults(option, here));
    if (!isName(option.name)) faults.push(invalidName([...here, 'name']));
    if (names.has(option.name)) {
      faults.push(
        bad(
          [...here, 'name'],
          'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
          'Option name already exists in these options',
        ),
      );
    }
    names.add(option.name);
    if (option.required && optionalSeen) {
      faults.push(
        bad(
          here,
          'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
          'Required options must be placed before non-required options',
        ),
      );
    }
    optionalSeen ||= !option.required;
    faults.push(...valueFaults(option, here));
    const allowedDepth = option.type === subcommandGroup ? 0 : 1;
    if (option.type <= subcommandGroup) {
      if (depth > allowedDepth)
        faults.push(
          bad([...here, 'type'], 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'This option type cannot be nested here'),
        );
      faults.push(
        ...optionsFaults(option.options ?? [], [...here, 'options'], depth + (option.type === subcommand ? 2 : 1)),
      );
    }
  }
  return faults;
}

function valueFaults(option: CommandOption, path: Path): PlacedFault[] {
  const faults: PlacedFault[] = [];
  const { choices, autocomplete, type } = option;
  if (choices?.length && autocomplete) {
    faults.push(
      bad(
        [...path, 'autocomplete'],
        'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID',
        'Autocomplete cannot be used with choices',
      ),
    );
  }
  if (choices && ![3, 4, 10].includes(type))
    faults.push(
      bad([...path, 'choices'], 'APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID', 'This option type cannot have choices'),
    );
  for (const [index, choice] of (choices ?? []).entries()) {
    const here = [...path, 'choices', index];
    faults.push(...localeFaults({ name_localizations: choice.name_localizations ?? null }, here, 100));
    if (typeof choice.value === 'string' && choice.value.length > 100) {
      faults.push(bad([...here, 'value'], 'BASE_TYPE_MAX_LENGTH', 'Must be 100 or fewer in length.'));
    }
    if (
      choices?.some((other, number) => number < index && (other.name === choice.name || other.value === choice.value))
    ) {
      faults.push(
        bad(
          [...here, 'name'],
          'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS',
          'The specified choice name already exists',
        ),
      );
    }
  }
  for (const [index, fileType] of (option.file_types ?? []).entries()) {
    if (isFileType(fileType)) continue;
    const message = 'String value did not match validation regex.';
    faults.push(bad([...path, 'file_types', index], 'STRING_TYPE_REGEX', message));
  }
  if ((option.min_value ?? -Infinity) > (option.max_value ?? Infinity)) {
    faults.push(
      bad(
        [...path, 'min_value'],
        'APPLICATION_COMMAND_OPTIONS_MIN_MAX_INVALID',
        'min_value must not be above max_value',
      ),
    );
  }
  if ((option.min_length ?? 0) > (option.max_length ?? Infinity)) {
    faults.push(
      bad(
        [...path, 'min_length'],
        'APPLICATION_COMMAND_OPTIONS_MIN_MAX_INVALID',
        'min_length must not be above max_length',
      ),
    );
  }
  return faults;
}

interface Localized {
  readonly name_localizations?: Readonly<Record<string, string>> | null;
  readonly description_localizations?: Readonly<Record<string, string>> | null;
}

function localeFaults(thing: Localized, path: Path, maxName?: number): PlacedFault[] {
  return (['name_localizations', 'description_localizations'] as const).flatMap((field) =>
    Object.entries(thing[field] ?? {}).flatMap(([locale, text]) => {
      const here = [...path, field, locale];
      if (!locales.includes(locale))
        return [bad(here, 'BASE_TYPE_CHOICES', `Value must be one of {${locales.join(', ')}}.`)];
      if (field === 'name_localizations' && maxName === undefined && !isName(text)) return [invalidName(here)];
      const most = field === 'name_localizations' ? (maxName ?? 32) : 100;
      return text.length > most ? [bad(here, 'BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`)] : [];
    }),
  );
}

/** Letters of any script, digits, `_`, `-` and `'`, in lower case. Source: application commands, "Naming". */
function isName(name: string): boolean {
  return /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u.test(name) && name === name.toLowerCase();
}

function invalidName(path: Path): PlacedFault {
  return bad(path, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
}

function required(path: Path): PlacedFault {
  return bad(path, 'BASE_TYPE_REQUIRED', 'This field is required');
}

function bad(path: Path, code: string, message: string): PlacedFault {
  return { path, code, message };
}
