/** Words that a guild does not want in prompts: what is found, and what is left alone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWordFinder, foldWord, WORD_MAX_LENGTH, WORDS_MAX } from '../../../src/services/guild/word-finder.ts';
import { plainText } from '../../../src/services/plain-text.ts';
import { anyCharacter } from '../../support/any-character.ts';

const finds = (word: string, text: string) => createWordFinder([word])(text);

describe('a word is found', () => {
  test.each([
    ['as it is', 'bad', 'a bad cat'],
    ['alone', 'bad', 'bad'],
    ['in any case', 'bad', 'A BaD cat'],
    ['in any case, where the list has it in capitals', 'BAD', 'a bad cat'],
    ['before punctuation', 'bad', 'so bad, so (bad)!'],
    ['between underscores', 'bad', 'a _bad_ cat'],
    ['with figures for letters', 'bad', 'a b4d cat'],
    ['with symbols for letters', 'ass', 'an @$$ here'],
    ['with 1 for i', 'kill', 'k1ll it'],
    ['with 1 and ! for l', 'kill', 'ki1! it'],
    ['with | for l', 'kill', 'ki|| it'],
    ['with accents', 'bad', 'a bäd cat'],
    ['with marks stacked up', 'bad', 'a b\u0317\u0301\u0316a\u0301\u0325d\u0302 cat'],
    ['without the accents it has in the list', 'café', 'a cafe here'],
    ['in full width', 'bad', 'a ｂａｄ cat'],
    ['in mathematical letters', 'bad', 'a 𝓫𝓪𝓭 cat'],
    ['in circled letters', 'bad', 'a ⓑⓐⓓ cat'],
    ['in black squares', 'bad', 'a 🅱🅰🅳 cat'],
    ['in flag letters', 'bad', 'a 🇧🇦🇩 cat'],
    ['in small capitals', 'bad', 'a ʙᴀᴅ cat'],
    ['with a Cyrillic letter', 'bad', 'a b\u0430d cat'],
    ['all in Cyrillic look-alikes', 'cocoa', 'a сосоа here'],
    ['with a Greek letter', 'bad', 'a bαd cat'],
    ['with zero-width characters', 'bad', 'a b\u200Ba\u200Dd cat'],
    ['with a soft hyphen and a word joiner', 'bad', 'a b\u00ADa\u2060d cat'],
    ['with tag and bidi characters', 'bad', 'a b\u{E0061}a\u202Ed cat'],
    ['with a letter held down', 'bad', 'a baaaaad cat'],
    ['with its last letter held down', 'ass', 'an asss here'],
    ['with letters doubled', 'bad', 'a baadd cat'],
    ['with dots between letters', 'bad', 'a b.a.d cat'],
    ['with dots and spaces between letters', 'bad', 'a b . a . d cat'],
    ['with spaces between letters', 'bad', 'a b a d cat'],
    ['with hyphens and stars', 'bad', 'a b-a*d cat'],
    ['with one dot', 'bad', 'a ba.d cat'],
    ['with an underscore', 'bad', 'a b_ad cat'],
    ['with a star for a letter', 'fuck', 'f*ck this'],
    ['with half of it stars', 'fuck', 'f**k this'],
    ['with several tricks at once', 'bad', 'a B.4\u200B.Ð cat'],
    ['with ß for ss', 'strasse', 'die Straße'],
    ['in another alphabet', 'плохо', 'очень ПЛОХО'],
    ['at a line break', 'bad', 'a\nbad\ncat'],
    ['as a phrase', 'bad apple', 'one bad  apple'],
    ['as a phrase with a hyphen', 'bad apple', 'one bad-apple'],
    ['as a phrase spelled out', 'bad apple', 'b a d  a p p l e'],
    ['as a hyphenated word', 'e-girl', 'an e-girl and'],
    ['as a hyphenated word written together', 'e-girl', 'an egirl and'],
    ['as figures', '1488', 'the 1488 sign'],
    ['as an emoji', '🍆', 'an🍆'],
    ['as an emoji of another colour', '🖕', 'this 🖕🏽 here'],
    ['as an ideograph', '馬鹿', '大馬鹿野郎'],
    ['in Japanese before a particle', 'ばか', 'ばかな人'],
    ['in katakana', 'ばか', 'バカな人'],
    ['in half-width katakana', 'バカ', 'ﾊﾞｶな人'],
    ['in Japanese with dots', 'ばか', 'ば・か'],
    ['that the dictionary does not know', 'ちんぽこ', 'かわいいちんぽこの絵'],
    ['in Latin letters before kana', 'bad', 'badな人'],
    ['with a byte order mark in it', 'bad', 'a b\uFEFFad cat'],
    ['with annotation marks in it', 'bad', 'a b\uFFF9a\uFFFBd cat'],
    ['with hieroglyphic controls in it', 'bad', 'a b\u{13430}ad cat'],
    ['with characters of no shape in it', 'bad', 'a b\uFFFEa\uE000d cat'],
    ['with seven spaces between letters', 'bad', 'a b       a       d cat'],
    ['with many dots between letters', 'bad', 'a b.......a.......d cat'],
    ['with a blank between letters', 'bad', 'a b\u2800a\u2800d cat'],
    ['as a phrase far apart', 'bad apple', 'one bad         apple'],
    ['with a tatweel', 'كلب', 'صورة كــــلب'],
    ['with a tatweel in Latin letters', 'bad', 'a b\u0640ad cat'],
    ['with marks of another script', 'bad', 'a b\u0483a\u05B0d cat'],
    ['in Greek capitals', 'honey', 'some ΗΟΝΕΥ here'],
    ['in Greek capitals, in part', 'nude', 'a ΝUDE here'],
    ['in Greek, where it is Greek', 'νίκη', 'η ΝΙΚΗ'],
    ['in Cherokee capitals', 'bad', 'a ᏴᎪᎠ cat'],
    ['with ẞ for ss', 'strasse', 'DIE STRAẞE'],
    ['with capital i for l', 'kill', 'kiII it'],
    ['with capital i for l at its start', 'love', 'my Iove'],
  ])('%s', (_how, word, text) => {
    expect(finds(word, text)).toBe(true);
  });
});

describe('what only looks like a word is left alone', () => {
  test.each([
    ['a longer word', 'cunt', 'a view of Scunthorpe'],
    ['a word that ends with it', 'ass', 'a class of brass'],
    ['a word that begins with it', 'ass', 'an assassin'],
    ['a word with a symbol in it', 'ass', 'cl@ss'],
    ['another word with a doubled letter', 'god', 'a good day'],
    ['another word with one letter less', 'ass', 'as it is'],
    ['an apostrophe', 'hell', "he'll come"],
    ['words that end and begin so', 'penis', 'a pen is red'],
    ['letters apart at one place', 'bad', 'plan b ad'],
    ['a number', 'ass', '455 cats'],
    ['a price', 'so', '$50'],
    ['stars alone', 'bad', '*** stars **'],
    ['emphasis', 'bold', '**old** hats'],
    ['a phrase written together', 'the rapist', 'a therapist'],
    ['a phrase in another order', 'bad apple', 'apple bad'],
    ['a word with digits behind it', 'f', 'the F1 car'],
    ['a longer Japanese word', 'ばか', 'そばかすの女の子'],
    ['a longer katakana word', 'バカ', 'バカップルの写真'],
    ['a kana with another mark', 'かき', 'がき'],
    ['an empty prompt', 'bad', ''],
    ['a capital i in a word of capitals', 'fall', 'AN EPIC FAIL'],
    ['a word with one letter far from the rest', 'bad', 'plan b       ad'],
  ])('%s', (_what, word, text) => {
    expect(finds(word, text)).toBe(false);
  });
});

describe('what is checked is what is sent', () => {
  const word = fc.constantFrom('bad', 'kill', 'ばか', 'bad apple', 'e-girl', 'كلب', 'плохо', '🍆', '1488');
  const piece = fc.oneof(
    { weight: 3, arbitrary: word },
    fc.constantFrom(
      'b',
      'a',
      'd',
      'k',
      'i',
      'I',
      'l',
      '.',
      '*',
      '!',
      ' ',
      '  ',
      '\n',
      '\u3000',
      'é',
      '\u0301',
      '👩‍🚀',
      '❤️',
      '1️⃣',
    ),
    fc.string({ unit: 'grapheme', maxLength: 5 }),
    fc.string({ unit: anyCharacter, maxLength: 3 }),
  );
  const prompt = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  const hidden = fc.constantFrom(
    ...Array.from(
      '\u200B\u200C\u200D\u2060\uFEFF\u00AD\u034F\u061C\u115F\u3164\uFFA0\u180E\u202E\u2066\uFE0F\uFFF9\uFFFB\uFFFC\u0000\u007F',
    ),
    '\u{E0041}',
    '\u{13430}',
    '\u{1D173}',
  );
  const spaces = fc
    .array(fc.constantFrom(...Array.from(' \t\n\u0085\u00A0\u2003\u2028\u205F\u2800\u3000')), {
      minLength: 1,
      maxLength: 12,
    })
    .map((characters) => characters.join(''));

  test('the same is said of a prompt and of its plain text', () => {
    fc.assert(
      fc.property(word, prompt, (wanted, text) => {
        expect(finds(wanted, plainText(text))).toBe(finds(wanted, text));
      }),
      { numRuns: 2000 },
    );
  });

  test('the same is said of a prompt with characters in it that cannot be seen', () => {
    fc.assert(
      fc.property(word, prompt, fc.array(fc.tuple(fc.nat(40), hidden), { maxLength: 8 }), (wanted, text, inserted) => {
        const characters = Array.from(plainText(text));
        for (const [at, character] of inserted) characters.splice(at, 0, character);
        expect(finds(wanted, characters.join(''))).toBe(finds(wanted, plainText(text)));
      }),
      { numRuns: 2000 },
    );
  });

  test('a word is found with as much space between its letters as anyone likes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('bad', 'kill', 'плохо', 'كلب'),
        fc.array(spaces, { minLength: 10, maxLength: 10 }),
        (wanted, between) => {
          const apart = Array.from(wanted, (letter, at) => letter + (between[at] ?? ' ')).join('');
          expect(finds(wanted, `so ${apart} it is`)).toBe(true);
        },
      ),
    );
  });

  test('how much space stands between two words makes no difference', () => {
    fc.assert(
      fc.property(word, prompt, spaces, (wanted, text, space) => {
        const one = plainText(text);
        expect(finds(wanted, one.replaceAll(' ', space))).toBe(finds(wanted, one));
      }),
      { numRuns: 2000 },
    );
  });
});

test('of many words each is found', () => {
  const find = createWordFinder(['bad', 'ばか', 'evil thing', '🍆']);
  for (const text of ['bad cat', 'ばかな猫', 'an EVIL thing', '🍆']) expect(find(text)).toBe(true);
  expect(find('a thing of beauty')).toBe(false);
  expect(createWordFinder([])('anything')).toBe(false);
});

test('two spellings of a word are one; what holds no letter, figure or emoji is none', () => {
  expect(foldWord('Bäd')).toBe(foldWord('bad'));
  expect(foldWord('ｂａｄ')).toBe(foldWord('bad'));
  expect(foldWord('b@d')).toBe(foldWord('bad'));
  expect(foldWord('bad  apple')).toBe(foldWord('Bad apple'));
  expect(foldWord('bad apple')).not.toBe(foldWord('badapple'));
  for (const nothing of ['', ' ', '...', '\u200B', '?!', '* *']) expect(foldWord(nothing)).toBe('');
});

test('the longest lists and the most hostile prompts take a moment only', () => {
  const lists = [
    Array.from(
      { length: WORDS_MAX },
      (_, index) => 'a'.repeat(WORD_MAX_LENGTH - 10) + String.fromCharCode(0x4e00 + index),
    ),
    Array.from({ length: WORDS_MAX }, (_, index) => `${'il'.repeat(20)}${index}`),
    Array.from({ length: WORDS_MAX }, (_, index) => `${'a '.repeat(20)}${index}`),
  ];
  const prompts = [
    'a'.repeat(600),
    'a '.repeat(300),
    'a.'.repeat(300),
    '*'.repeat(600),
    '1!|'.repeat(200),
    'a* '.repeat(200),
  ];
  for (const list of lists) {
    const find = createWordFinder(list);
    for (const prompt of prompts) {
      const { user: began } = process.threadCpuUsage();
      find(prompt);
      expect(
        (process.threadCpuUsage().user - began) / 1000,
        `${prompt.slice(0, 6)} against ${list[0]?.slice(0, 6) ?? ''}`,
      ).toBeLessThan(800);
    }
  }
});
