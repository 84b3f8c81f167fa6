/** What people type: prompts of many shapes, each with a word that no other has. */
import type { Random } from '../kernel/random.ts';
import { AUTOMOD_WORD } from '../world/discord/discord.ts';

const SYLLABLES = ['ba', 'ke', 'mi', 'lo', 'zu', 'va', 'ge', 'ri', 'no', 'fu', 'ja', 'pe', 'ki', 'wo', 'hu', 'za'];

/** Words of four syllables, which no language has and no two acts share: neither a number nor a noun for pictures. */
export function createMarkers(): (random: Random) => string {
  const given = new Set<string>();
  return (random) => {
    for (;;) {
      const word = Array.from({ length: 4 }, () => random.pick(SYLLABLES)).join('');
      if (given.has(word)) continue;
      given.add(word);
      return word;
    }
  };
}

/** Words that stand in some prompts, and that some admins bar. */
export const WORDS = ['lighthouse', 'foxes', 'woodcut', 'market'];

const WAYS: readonly ((word: string) => string)[] = [
  (word) => word.toUpperCase(),
  (word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
  (word) => word.replace('o', '\u043e').replace('e', '\u0435'),
  (word) => word.replace(/[aeiou]/, '$&\u0301').normalize('NFC'),
  (word) => `${word.slice(0, 3)}\u200b${word.slice(3)}`,
  (word) => word.replaceAll(/(?<=.)(?=.)/g, '.'),
  (word) => word.replace('o', '0').replace('i', '1'),
];

/** A word as somebody writes it who thinks that it may be barred. */
const disguised = (random: Random, word: string): string => random.pick(WAYS)(word);

const SCENES = ['a quiet harbour', 'an old lighthouse', 'a market at noon', 'foxes in the snow', 'a glass garden'];
const STYLES = ['at dusk', 'in the rain', 'as a woodcut', 'from above', 'in pale colours', 'by candlelight'];

/** Flags of other bots that mean nothing here. */
const STRANGE_FLAGS = ['--v 6', '--style raw', '--no text'];

/** Whether a prompt has one of them. */
export const isFlaggedStrangely = (prompt: string): boolean => STRANGE_FLAGS.some((flag) => prompt.endsWith(flag));

type Shape = (words: { marker: string; scene: string; style: string; count: number }) => string;

const plain: Shape = ({ marker, scene, style }) => `${scene} ${style} ${marker}`;
const nouns = (count: number) => (count === 1 ? 'image' : 'images');

/** Most prompts are plain: they stand here several times. */
const SHAPES: readonly Shape[] = [
  plain,
  plain,
  plain,
  plain,
  plain,
  ({ marker, scene, count }) => `Generate ${count} ${nouns(count)} of ${scene}, ${marker}`,
  ({ marker, scene, count }) => `${count} old photos of ${marker}, ${scene}`,
  ({ marker, scene, count }) => `${marker} ${scene} を${count}枚`,
  ({ marker, style }) => `${marker}, five photographs ${style}`,
  ({ marker, style }) => `3 cats and a ${marker} ${style}, 8k`,
  ({ marker, scene }) => `${scene} ${marker} --ar 16:9`,
  ({ marker, scene, count }) => `${scene} ${marker} --count ${count} --seed 7${count}`,
  ({ marker, scene }) => `${marker} ${scene} --quality standard --ar 9:16`,
  ({ marker, scene }) => `Portra 400 photo of ${scene} ${marker}`,
  ({ marker, style }) => `a wall of 12 framed photos of ${marker} ${style}`,
  ({ marker, scene }) => `@everyone **${marker}** <@123456789012345678> \`${scene}\` ||x|| [a](https://x.example)`,
  ({ marker, scene }) => `${scene} with ${AUTOMOD_WORD} and ${marker}`,
  ({ marker, scene, style }) => `${marker} ${`${scene} ${style}, `.repeat(20)}`.slice(0, 560),
];

/** Long prompts that are the same but for the word at their end. */
export function drawLongPrompt(random: Random): (marker: string) => string {
  const words = `${random.pick(SCENES)} ${random.pick(STYLES)}`;
  return (marker) => `${`${words}, `.repeat(5)}${marker}`;
}

/**
 * A prompt of some shape.
 *
 * @param count - the number of pictures that it states, where its shape states one.
 */
export function drawPrompt(random: Random, { marker, count }: { marker: string; count: number }): string {
  const prompt = random.pick(SHAPES)({ marker, scene: random.pick(SCENES), style: random.pick(STYLES), count });
  const drawn = random.of('disguise');
  const word = WORDS.find((each) => prompt.includes(each));
  const written = word !== undefined && drawn.chance(0.1) ? prompt.replace(word, disguised(drawn, word)) : prompt;
  const flags = random.of('flags');
  const isStrange = flags.chance(written.includes(' --') ? 0.3 : 0.02);
  return isStrange ? `${written} ${flags.pick(STRANGE_FLAGS)}` : written;
}
