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

const SCENES = ['a quiet harbour', 'an old lighthouse', 'a market at noon', 'foxes in the snow', 'a glass garden'];
const STYLES = ['at dusk', 'in the rain', 'as a woodcut', 'from above', 'in pale colours', 'by candlelight'];

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
  ({ marker, scene }) => `Portra 400 photo of ${scene} ${marker}`,
  ({ marker, style }) => `a wall of 12 framed photos of ${marker} ${style}`,
  ({ marker, scene }) => `@everyone **${marker}** <@123456789012345678> \`${scene}\` ||x|| [a](https://x.example)`,
  ({ marker, scene }) => `${scene} with ${AUTOMOD_WORD} and ${marker}`,
  ({ marker, scene, style }) => `${marker} ${`${scene} ${style}, `.repeat(20)}`.slice(0, 560),
];

/**
 * A prompt of some shape.
 *
 * @param count - the number of pictures that it states, where its shape states one.
 */
export function drawPrompt(random: Random, { marker, count }: { marker: string; count: number }): string {
  return random.pick(SHAPES)({ marker, scene: random.pick(SCENES), style: random.pick(STYLES), count });
}
