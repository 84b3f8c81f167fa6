import { expect, test } from 'vitest';
import { translate } from '../../../src/languages/languages.ts';

test('a number chooses its form as the language has it, up to millions', () => {
  const said = (locale: string, count: number) => translate(locale)('usage.pictures', { count });
  expect([0, 1, 2].map((count) => said('en-US', count))).toEqual(['0 pictures', '1 picture', '2 pictures']);
  // None is singular in French, and a million a form of its own.
  expect([0, 1, 2, 1_000_000].map((count) => said('fr', count))).toEqual([
    '0 image',
    '1 image',
    '2 images',
    '1000000 images',
  ]);
  expect(said('ja', 1)).toBe('画像1枚');
});

test('what a member typed is put in as it is, even where it looks like a placeholder', () => {
  const channel = '{{count}} $t(field.pictures) $& <b>';
  expect(translate('en-US')('gallery.elsewhere', { channel })).toBe(
    `Your pictures from ${channel}. They could not be posted there.`,
  );
});

test('a locale that the bot does not speak reads English', () => {
  expect(translate('tlh')('field.pictures')).toBe(translate('en-US')('field.pictures'));
});
