import type { CommandBody, CommandOption } from '../request-bodies.ts';

/** Characters of all names, descriptions and values of a command. Source: application commands, "Limits". */
export const maxCharacters = 8000;

/** The characters that count towards 8000: of localised texts the longest only. */
export function charactersOf(thing: CommandBody | CommandOption): number {
  const longest = (text: string, others: Readonly<Record<string, string>> | null | undefined): number =>
    Math.max(text.length, ...Object.values(others ?? {}).map((other) => other.length));
  const own =
    longest(thing.name, thing.name_localizations) + longest(thing.description ?? '', thing.description_localizations);
  const choices = ('choices' in thing ? (thing.choices ?? []) : []).reduce(
    (sum, choice) =>
      sum +
      longest(choice.name, choice.name_localizations) +
      (typeof choice.value === 'string' ? choice.value.length : 0),
    0,
  );
  return (thing.options ?? []).reduce((sum, option) => sum + charactersOf(option), own + choices);
}
