/** The words on the stand-in's pictures: whatever a gallery crops, all of them are seen. */
import { Resvg } from '@resvg/resvg-js';
import { expect, test } from 'vitest';
import { drawCaption } from '../../../playground/runcomfy/pictures/caption/caption.ts';
import { typeface } from '../../../playground/runcomfy/pictures/caption/typeface.ts';
import { createCatalogue } from '../../../playground/runcomfy/models/catalogue.ts';

/** Sizes that the models' own pages offer, and some that nobody does. */
const SIZES = [
  ...new Set([
    ...createCatalogue()
      .models.flatMap((id) => Object.values(createCatalogue().find(id)?.inputSchema.properties ?? {}))
      .flatMap(({ enum: values = [] }) => values.map(String))
      .flatMap((value) => /^\d{3,}[x:*]\d{3,}/.exec(value) ?? []),
    '4096x1024',
    '1024x4096',
  ]),
].map((size) => size.split(/\D/).map(Number) as [number, number]);

/** The places of a gallery as Discord's client draws them, in 400 pixels and in the 280 of a small phone, with gaps of 4. */
const PLACES = [400, 280].map((wide): Record<string, [width: number, height: number]> => {
  const third = (wide - 4) / 3;
  const half = (wide - 4) / 2;
  return {
    'one of two': [half, half],
    'the large one of three': [2 * third, wide / 1.5],
    'a small one of three': [third, (wide / 1.5 - 4) / 2],
    'one of four': [half, (wide * 0.75 - 4) / 2],
    'one of many': [(wide - 8) / 3, (wide - 8) / 3],
  };
});

const PROMPTS = {
  short: 'a fox',
  English: 'a night train crossing a viaduct, northern lights',
  Japanese: '雪の中の赤い狐、夜明けの灯台と静かな海',
  'long English': 'an old map of an island that nobody has found, drawn by hand in sepia ink, '.repeat(12),
  'long Japanese': '夜明けの静かな港町を見下ろす丘の上に立つ古い灯台と、その向こうに広がる雪をかぶった山々。'.repeat(8),
  'one word': 'W'.repeat(300),
  nothing: ' ',
};

/** What of a picture a place shows: it is filled from the picture's middle. */
function seen([width, height]: [number, number], [wide, high]: [number, number]) {
  const scale = Math.min(width / wide, height / high);
  const [left, top] = [(width - wide * scale) / 2, (height - high * scale) / 2];
  return { left, top, right: width - left, bottom: height - top };
}

test.each(Object.entries(PROMPTS))('%s: at every size, in every place of a gallery', (_name, prompt) => {
  expect(SIZES.length).toBeGreaterThan(15);
  for (const [width, height] of SIZES) {
    const { words } = drawCaption({ prompt, seed: 2 ** 31 - 1, number: 15, of: 15, width, height });
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${words}</svg>`;
    const box = new Resvg(svg, { font: typeface() }).getBBox();
    if (!box) throw new Error('There are no words.');
    for (const [place, crop] of PLACES.flatMap((places) => Object.entries(places))) {
      const { left, top, right, bottom } = seen([width, height], crop);
      const where = `${width}x${height} as ${place}`;
      expect(box.x, where).toBeGreaterThan(left);
      expect(box.y, where).toBeGreaterThan(top);
      expect(box.x + box.width, where).toBeLessThan(right);
      expect(box.y + box.height, where).toBeLessThan(bottom);
    }
  }
});

/** The lines of a prompt on a landscape, as they stand below each other. */
function linesOf(prompt: string): string[] {
  const { words } = drawCaption({ prompt, seed: 1, number: 1, of: 1, width: 2560, height: 1440 });
  return [...words.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text).slice(0, -1);
}

test('a prompt is broken between words, and what has no room becomes an ellipsis', () => {
  expect(linesOf('a lighthouse on a cliff, first light')).toEqual(['a lighthouse on a cliff,', 'first light']);
  expect(linesOf('Generate 12 images: a fox')).toEqual(['a fox']);
  const lines = linesOf(PROMPTS['long English']);
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.at(-1)).toMatch(/\S…$/);
  expect(PROMPTS['long English'].startsWith(lines.join(' ').slice(0, -1))).toBe(true);
});

test('Japanese is broken between words too, and no line begins with a closing sign', () => {
  const lines = linesOf(PROMPTS.Japanese);
  expect(lines.join('')).toBe(PROMPTS.Japanese);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.map((line) => line.slice(0, 1)).filter((sign) => /[、。ーのと]/.test(sign))).toEqual([]);
});

test('one of several has its number above the prompt', () => {
  const { words } = drawCaption({ prompt: 'a fox', seed: 1, number: 2, of: 3, width: 2560, height: 1440 });
  expect([...words.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)).toEqual([
    '2 / 3',
    'a fox',
    'Playground picture  ·  seed 1  ·  2560 × 1440',
  ]);
});

test('a prompt loses signs that no font has; one that has letters of which none is there is left out', () => {
  expect(linesOf('🦊 a fox')).toEqual(['a fox']);
  expect(linesOf('여우')).toEqual([]);
  expect(linesOf('<b> & "c"')).toEqual(['&#60;b&#62; &#38; &#34;c&#34;']);
});
