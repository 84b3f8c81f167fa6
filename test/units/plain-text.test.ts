/** What a member typed, without what cannot be seen. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText } from '../../src/services/plain-text.ts';
import { anyCharacter } from '../support/any-character.ts';

test.each([
  ['controls and lone surrogates', 'a\u0000b\u0007\uD83D', 'ab'],
  ['zero-width, bidi and tag characters', 'a\u200B\u202E\u{E0041}b\uFEFF', 'ab'],
  ['annotation marks and other format controls', 'a\uFFF9b\uFFFB\uFFFC\u{13430}c', 'abc'],
  ['runs of white space', ' a \u3000\n b\u2800\u2800 ', 'a b'],
])('%s are left out', (_what, typed, plain) => {
  expect(plainText(typed)).toBe(plain);
});

test('what emoji are built with stays, and signs that are drawn', () => {
  for (const text of ['👩‍🚀', '❤️', '1️⃣', '🏴', '\u0600٢', 'naïve ﷽']) expect(plainText(text)).toBe(text);
});

test('doing it twice changes nothing more', () => {
  const piece = fc.oneof(
    fc.constantFrom('👩', '\u200D', '\uFE0F', '\u20E3', '🏽', '1', ' ', '\u200B', 'a', '\uD83D', '\u0000'),
    fc.string({ unit: anyCharacter, maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const plain = plainText(pieces.join(''));
      expect(plainText(plain)).toBe(plain);
    }),
    { numRuns: 3000 },
  );
});
