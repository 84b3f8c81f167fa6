/** What people type: prompts of many shapes, each with a word that no other has. */
import type { Random } from '../kernel/random.ts';

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

const SCENES = ['a quiet harbour', 'an old lighthouse', 'a market at noon', 'foxes in the snow', 'a glass garden'];
const STYLES = ['at dusk', 'in the rain', 'as a woodcut', 'from above', 'in pale colours', 'by candlelight'];

/** A prompt, and the number of pictures it states. */
export interface Prompt {
  text: string;
  stated: number | undefined;
}

type Shape = (words: { marker: string; scene: string; style: string; count: number }) => Prompt;

const plain: Shape = ({ marker, scene, style }) => ({ text: `${scene} ${style} ${marker}`, stated: undefined });

/** Most prompts are plain: they stand here several times. */
const SHAPES: readonly Shape[] = [
  plain,
  plain,
  plain,
  ({ marker, scene, count }) => ({ text: `Generate ${count} ${nouns(count)} of ${scene}, ${marker}`, stated: count }),
  ({ marker, scene, count }) => ({ text: `${count} old photos of ${marker}, ${scene}`, stated: count }),
  ({ marker, scene, count }) => ({ text: `${marker} ${scene}を${count}枚`, stated: count }),
  ({ marker, style }) => ({ text: `3 cats and a ${marker} ${style}, 8k`, stated: undefined }),
  ({ marker, scene }) => ({ text: `Portra 400 photo of ${scene} ${marker}`, stated: undefined }),
  ({ marker, scene }) => ({
    text: `@everyone **${marker}** <@123456789012345678> \`${scene}\` ||x||`,
    stated: undefined,
  }),
  ({ marker, scene, style }) => ({
    text: `${`${scene} ${style}, `.repeat(14)}${marker}`.slice(-560),
    stated: undefined,
  }),
];

const nouns = (count: number) => (count === 1 ? 'image' : 'images');

/** @param count - the number it states, where it states one. */
export function drawPrompt(random: Random, { marker, count }: { marker: string; count: number }): Prompt {
  return random.pick(SHAPES)({ marker, scene: random.pick(SCENES), style: random.pick(STYLES), count });
}
