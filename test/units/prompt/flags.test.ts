/** Flags that people type from habit of other bots. */
import { expect, test } from 'vitest';
import { readFlags } from '../../../src/services/prompt/flags.ts';
import { promptFor } from '../../../src/services/prompt/prompt.ts';

test.each<[string, string, object]>([
  ['a fox --ar 9:16', 'a fox', { size: '9:16' }],
  ['a fox --ar 9:16 --seed 7', 'a fox', { size: '9:16', seed: '7' }],
  ['--ar=16:9 a fox in the snow', 'a fox in the snow', { size: '16:9' }],
  ['a fox —ar 9:16 —seed 7', 'a fox', { size: '9:16', seed: '7' }],
  ['a fox --aspect 3 : 2, oil', 'a fox , oil', { size: '3:2' }],
  ['a fox --AR 1:1 --quality standard --count 4', 'a fox', { size: '1:1', quality: 'standard', count: '4' }],
])('%s', (typed, prompt, options) => {
  expect(readFlags(typed)).toMatchObject({ prompt, options, unknown: [] });
});

test.each([
  'a fox -- or a dog',
  'rock-and-roll',
  'mother--daughter',
  'dark — light',
  'he said —wait',
  'a-–-b',
  'C:\\--',
])('no flag, and not a letter changed: %s', (typed) => {
  expect(readFlags(typed)).toEqual({ prompt: typed, options: {}, unknown: [], without: typed });
});

test('what is not understood is named, and can be left out with what is said behind it', () => {
  expect(readFlags('a fox --no people, cars --ar 9:16 --v 6')).toEqual({
    prompt: 'a fox --no people, cars --v 6',
    options: { size: '9:16' },
    unknown: ['--no', '--v'],
    without: 'a fox',
  });
  expect(readFlags('a fox --ar wide --seed x').unknown).toEqual(['--ar', '--seed']);
});

test.each<[string, number, string]>([
  ['5 images of kites', 3, '3 images of kites'],
  ['Generate five old photos of cats', 3, 'Generate 3 old photos of cats'],
  ['cinco imágenes de gatos', 2, '2 imágenes de gatos'],
  ['猫の画像を5枚', 3, '猫の画像を3枚'],
  ['5 images of kites', 1, '1 image of kites'],
  ['20 images of kites', 15, '15 images of kites'],
])('%s, of which %i are wanted: %s', (prompt, count, wanted) => {
  expect(promptFor(prompt, { count, imagesPerJob: 15 })).toBe(wanted);
});

test.each(['a kite', '4 photos of dogs and 4 photos of cats', 'a wall of 12 framed photos'])(
  'stays as it is: %s',
  (prompt) => {
    expect(promptFor(prompt, { count: 3, imagesPerJob: 15 })).toBe(prompt);
  },
);
