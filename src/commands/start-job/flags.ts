/** Flags that a member types into a prompt from habit, taken as the options that they mean. Pure. */
import { showList } from '../../languages/formats.ts';
import type { Translate } from '../../languages/languages.ts';
import { showText } from '../../services/messages/display.ts';
import { sizeName } from '../../services/messages/messages.ts';
import { readFlags, type ReadFlags } from '../../services/prompt/prompt.ts';
import type { UncheckedOptions } from './options.ts';

/** The most characters of flags that are quoted. */
const SHOWN_MAX = 200;

/** What came of a prompt's flags: the options with them, and what its member is told; or why they are not taken. */
export type Flagged = { options: UncheckedOptions; told: string[] } | { refused: string };

/** Takes a prompt's flags as options. What is typed in the prompt counts before an option: it was put there on purpose. */
export function takeFlags(options: UncheckedOptions, t: Translate): Flagged {
  const { prompt, options: read, unknown } = readFlags(options.prompt);
  if (unknown.length > 0) {
    const flags = showText(showList([...new Set(unknown)], t), SHOWN_MAX);
    return { refused: t('flags.unknown', { flags }) };
  }
  const { size, seed, count, quality } = read;
  const taken = {
    ...options,
    prompt,
    ...(size !== undefined && { size }),
    ...(seed !== undefined && { seed: Number(seed) }),
    ...(count !== undefined && { count: Number(count) }),
    ...(quality !== undefined && { quality }),
  };
  const names = namesOf(read, t);
  return { options: taken, told: names.length === 0 ? [] : [t('flags.read', { options: showList(names, t) })] };
}

/** The options that were read, as people call them. */
function namesOf({ size, seed, count, quality }: ReadFlags['options'], t: Translate): string[] {
  return [
    ...(size === undefined ? [] : [sizeName(size, t)]),
    ...(seed === undefined ? [] : [t('facts.seed', { seed })]),
    ...(count === undefined ? [] : [t('usage.pictures', { count: Number(count) })]),
    ...(quality === 'fast' || quality === 'standard' ? [t(`quality.${quality}`)] : []),
  ];
}
