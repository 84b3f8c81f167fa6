/** What Discord's client checks of a command before it sends anything. Pure. */

/** Source: application commands, "Application Command Option Type". */
export const TYPE = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
};

/**
 * A command or an option with what is read of it in a language: `shown` is its name there, and so are its description, its
 * options and its choices. What is sent goes by `name` and `value` all the same.
 */
function localised(thing, locale) {
  return {
    ...thing,
    shown: thing.name_localizations?.[locale] ?? thing.name,
    description: thing.description_localizations?.[locale] ?? thing.description,
    ...(thing.options && { options: thing.options.map((option) => localised(option, locale)) }),
    ...(thing.choices && {
      choices: thing.choices.map((choice) => ({
        ...choice,
        name: choice.name_localizations?.[locale] ?? choice.name,
      })),
    }),
  };
}

/**
 * What can be called: each slash command, or each of its subcommands; `name` is sent, `shown` is typed and read.
 *
 * @param {any[]} commands as registered
 * @returns {{ name: string, shown: string, command: any, description: string, options: any[] }[]}
 */
export function callable(commands, locale = 'en-US') {
  const walk = (thing, { name, shown }) => {
    const inner = (thing.options ?? []).filter(({ type }) => type === TYPE.subcommand || type === TYPE.group);
    if (inner.length > 0)
      return inner.flatMap((one) => walk(one, { name: `${name} ${one.name}`, shown: `${shown} ${one.shown}` }));
    return [{ name, shown, description: thing.description, options: thing.options ?? [] }];
  };
  return commands
    .map((command) => localised(command, locale))
    .flatMap((command) => walk(command, command).map((one) => ({ ...one, command })))
    .sort((one, other) => one.shown.localeCompare(other.shown));
}

/** Whether an option's name, in the viewer's language or its own, is one that is meant. */
export const isCalled = ({ name, shown }, fits) => fits(name) || fits(shown.toLowerCase());

/** Whether a command is offered to somebody there. */
export function isOffered(command, { isDirect, guildId, permissions }) {
  if (command.guild_id) return command.guild_id === guildId;
  const contexts = command.contexts ?? (command.dm_permission === false ? [0] : [0, 1]);
  if (!contexts.includes(isDirect ? 1 : 0)) return false;
  const needed = command.default_member_permissions;
  if (isDirect || needed === null || needed === undefined) return true;
  return permissions === 'all' || (needed !== '0' && (BigInt(needed) & BigInt(permissions)) === BigInt(needed));
}

/** The choices that are offered for an option as typed so far. */
export function choicesOf(option, typed, { people = [], channels = [], roles = [] } = {}) {
  const wanted = typed.trim().toLowerCase();
  const fits = ({ name }) => name.toLowerCase().includes(wanted);
  if (option.choices?.length) return option.choices.filter(fits);
  switch (option.type) {
    case TYPE.boolean:
      return [
        { name: 'True', value: true },
        { name: 'False', value: false },
      ].filter(fits);
    case TYPE.user:
      return people.filter(fits);
    case TYPE.role:
      return roles.filter(fits);
    case TYPE.mentionable:
      return [...people, ...roles].filter(fits);
    case TYPE.channel:
      return channels.filter(fits);
    default:
      return [];
  }
}

/** Whether only what is offered may be taken. */
export const mustChoose = (option) =>
  Boolean(option.choices?.length) ||
  [TYPE.boolean, TYPE.user, TYPE.channel, TYPE.role, TYPE.mentionable].includes(option.type);

/**
 * Reads what was typed for an option.
 *
 * @returns {{ value: string | number | boolean } | { problem: string } | null} null for nothing
 */
export function readOption(option, typed, chosen) {
  if (chosen !== undefined) return { value: chosen };
  if (option.type === TYPE.attachment)
    return option.required ? { problem: 'This option is required. Choose a file.' } : null;
  if (typed.trim() === '') return option.required ? { problem: 'This option is required. Specify a value.' } : null;
  if (mustChoose(option)) {
    const choice = choicesOf(option, typed).find(({ name }) => name.toLowerCase() === typed.trim().toLowerCase());
    return choice ? { value: choice.value } : { problem: 'Please select a valid option.' };
  }
  if (option.type === TYPE.integer || option.type === TYPE.number) return readNumber(option, typed);
  const { min_length: least = option.required ? 1 : 0, max_length: most = 6000 } = option;
  if (typed.length < least) return { problem: `Must be at least ${least} characters.` };
  if (typed.length > most) return { problem: `Must be at most ${most} characters; this has ${typed.length}.` };
  return { value: typed };
}

function readNumber(option, typed) {
  const number = Number(typed);
  const isWhole = option.type === TYPE.integer;
  if (!Number.isFinite(number) || (isWhole && !Number.isSafeInteger(number))) {
    return { problem: isWhole ? 'Input a valid integer.' : 'Input a valid number.' };
  }
  const { min_value: least, max_value: most } = option;
  if (least !== undefined && number < least) return { problem: `Must be at least ${least}.` };
  if (most !== undefined && number > most) return { problem: `Must be at most ${most}.` };
  return { value: number };
}
