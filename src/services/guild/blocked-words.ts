/** The list of words that a guild does not want in prompts, and how it may be changed. Pure. */
import type { GuildSettings } from './settings-record.ts';
import { knownAnew } from './set-limits.ts';
import { foldWord, WORD_MAX_LENGTH, WORDS_MAX } from './word-finder.ts';

export type WordOutcome =
  | { outcome: 'changed'; settings: GuildSettings }
  /** It holds nothing that could be found in a prompt. */
  | { outcome: 'nothing'; settings?: never }
  | { outcome: 'too_long'; settings?: never }
  | { outcome: 'full'; settings?: never }
  /** It, or another spelling of it, is on the list already. */
  | { outcome: 'known'; settings?: never }
  /** It is not on the list. */
  | { outcome: 'unknown'; settings?: never };

/** A list of which something could not be read is as its admins have it now. */
const seen = (settings: GuildSettings) => knownAnew(settings, (name) => name === 'words');

/** Puts a word on the list. */
export function addWord(
  settings: GuildSettings,
  { word, by, at }: { word: string; by: string; at: number },
): WordOutcome {
  const folded = foldWord(word);
  if (folded === '') return { outcome: 'nothing' };
  if (word.length > WORD_MAX_LENGTH) return { outcome: 'too_long' };
  if (settings.words.some((entry) => foldWord(entry.word) === folded)) return { outcome: 'known' };
  if (settings.words.length >= WORDS_MAX) return { outcome: 'full' };
  return { outcome: 'changed', settings: { ...seen(settings), words: [...settings.words, { word, by, at }] } };
}

/** Takes a word off the list, in whatever spelling it is there. */
export function removeWord(settings: GuildSettings, word: string): WordOutcome {
  const folded = foldWord(word);
  const words = settings.words.filter((entry) => entry.word !== word && foldWord(entry.word) !== folded);
  if (words.length === settings.words.length) return { outcome: 'unknown' };
  return { outcome: 'changed', settings: { ...seen(settings), words } };
}
