/** What the terminal run prints fits the terminal, be it narrow, wide, or full of wide characters. */
import { expect, test } from 'vitest';
import { helpLines } from '../../playground/app/help.ts';
import { widthOf, wrapText, wrapWords } from '../../playground/app/terminal/columns.ts';
import { checkFolder, pictureLines } from '../../playground/app/terminal/terminal.ts';

const JAPANESE = '雪の中の狐、朝の光、油絵のように描かれた静かな山の風景 a fox in the snow ⏳ 👩‍👩‍👧 🖼 ｶﾅ 한국어 e\u0301';

test.each([
  { text: 'a fox', width: 5 },
  { text: '狐', width: 2 },
  { text: '한국어', width: 6 },
  { text: 'ｶﾅ', width: 2 },
  { text: 'Ａ', width: 2 },
  { text: '⏳', width: 2 },
  { text: '👩‍👩‍👧', width: 2 },
  { text: 'e\u0301\u200B', width: 1 },
  { text: '·×…–é', width: 5 },
])('$text takes $width columns', ({ text, width }) => {
  expect(widthOf(text)).toBe(width);
});

test.each([12, 40, 80, 120])('at %i columns nothing reaches too far, and nothing is lost', (columns) => {
  const text = `    ${JAPANESE} ${'x'.repeat(150)}\n\n${JAPANESE.repeat(3)}`;
  const lines = wrapText(text, columns);
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
  expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
  expect(lines[1]).toMatch(/^ {4}\S/);
});

test.each([40, 80, 120])('the help fits %i columns', (columns) => {
  const lines = helpLines(columns);
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
  expect(lines.join(' ').replaceAll(/\s+/g, ' ')).toContain('1:1, 4:3, 3:4, 16:9, 9:16, 3:2, 2:3, 21:9');
});

test('a label is not broken, and a line is used to its end', () => {
  expect(wrapWords(['[ Again ]', '[ Use picture … ]', '[ Remove ]'], 27)).toEqual([
    '[ Again ] [ Use picture … ]',
    '[ Remove ]',
  ]);
});

test('paths that fit are whole; where they do not, their folder is named once', () => {
  const paths = ['playground/pictures/seedream-1575576429637140480-1.jpg'];
  expect(pictureLines(paths, 80)).toEqual(['The picture:', `  ${paths[0] ?? ''}`]);
  expect(pictureLines(paths, 40)).toEqual([
    'The picture, in playground/pictures:',
    '  seedream-1575576429637140480-1.jpg',
  ]);
});

test('a folder that takes no pictures is told in a sentence', () => {
  const file = new URL(import.meta.url).pathname;
  expect(() => {
    checkFolder(file);
  }).toThrow(/^The pictures cannot be put into .*terminal-width\.test\.ts: it is no folder\.$/);
  expect(() => {
    checkFolder(`${file}/pictures`);
  }).toThrow(/it is no folder/);
  checkFolder();
});
