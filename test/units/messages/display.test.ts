import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { altText, readShownText, showText } from '../../../src/services/messages/display.ts';
import { plainText } from '../../../src/services/plain-text.ts';
import { anyCharacter } from '../../support/any-character.ts';

/** What Discord draws of escaped text: a backslash hides before whatever is no letter, digit or white space. */
const drawn = (shown: string): string => shown.replace(/\\([^0-9A-Za-z\s])/gu, '$1').replaceAll('\u200B', '');

/** What is left for Discord's markdown to act on, a letter in the place of each escape. */
const unescaped = (shown: string): string => shown.replace(/\\[^0-9A-Za-z\s]/gu, 'x');

const hostileText = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        '@everyone',
        '@here',
        '<@1>',
        '<@!1>',
        '<@&1>',
        '<#1>',
        '<:a:1>',
        '<a:a:1>',
        '<t:1:R>',
        '</a:1>',
        '<id:customize>',
        '[a](https://x.yz)',
        '](',
        '[',
        '<',
        '>',
        'https://x.yz',
        'discord.gg/abc',
        '<https://x.yz>',
        '**',
        '__',
        '_',
        '~~',
        '`',
        '```',
        '||',
        '\\',
        '\n',
        '# ',
        '-# ',
        '> ',
        '- ',
        '1. ',
        ':',
        '.',
        'a',
        ' ',
        '\u202E',
        '\u200B',
        '@',
        '\u0301',
        '👩‍🚀',
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join('')),
);

describe("a member's text in a message", () => {
  it.each([
    ['*a* _b_ **c** __d__ ~~e~~ ||f||', String.raw`\*a\* \_b\_ \*\*c\*\* \_\_d\_\_ \~\~e\~\~ \|\|f\|\|`],
    ['`a` ```b```', '\\`a\\` \\`\\`\\`b\\`\\`\\`'],
    ['# a', String.raw`\# a`],
    ['> a', String.raw`\> a`],
    ['- a', String.raw`\- a`],
    ['-# a', String.raw`\-\# a`],
    ['1. a', String.raw`1\. a`],
    ['[a](https://x.yz)', String.raw`\[a\]\(https\://x\.yz)`],
    ['<@1> <@&1> <#1>', String.raw`\<\@1\> \<\@&1\> \<\#1\>`],
    ['<:a:1> <t:1:R> </a:1>', String.raw`\<\:a\:1\> \<t\:1\:R\> \</a\:1\>`],
    ['discord.gg/abc', String.raw`discord\.gg/abc`],
    ['a\\', 'a\\\\'],
    ['@everyone', '\\@\u200Beveryone'],
    ['a cat, a dog: 5 images.', 'a cat, a dog: 5 images.'],
  ])('shows %j as typed', (typed, shown) => {
    expect(showText(typed, 100)).toBe(shown);
    expect(drawn(shown)).toBe(typed);
  });

  it('stands on one line', () => {
    expect(showText(' a\n\n# b\r\n> c ', 100)).toBe(String.raw`a \# b \> c`);
  });

  it('can neither hide nor reorder what stands around it', () => {
    expect(showText('a\u202Ecba\u2066\u200Bd\u061C', 100)).toBe('acbad');
    expect(showText(`a${'\u0301'.repeat(500)}b`, 100).length).toBeLessThan(10);
  });

  it('is cut between characters and between escapes', () => {
    expect(showText('abcdef', 6)).toBe('abcdef');
    expect(showText('abcdef', 5)).toBe('abcd…');
    expect(showText('abc def', 5)).toBe('abc…');
    expect(showText('a***', 5)).toBe(String.raw`a\*…`);
    expect(showText('ab👩‍🚀cd', 6)).toBe('ab…');
    expect(showText('****', 2)).toBe('…');
    expect(showText('abc', 0)).toBe('');
  });

  it('never pings, links, formats, or passes its length', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 0, max: 400 }), (text, maxLength) => {
        const shown = showText(text, maxLength);
        expect(shown.length).toBeLessThanOrEqual(maxLength);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown).not.toMatch(
          /@everyone|@here|<[@#]|<a?:\S|<t:|<id:|<\/\w+:|[a-z]:\/\/|\]\(|discord\.gg|[\u202A-\u202E\u2066-\u2069\n]/iu,
        );
        expect(unescaped(shown)).not.toMatch(/[\\*_~`|<>[\]@#]|^[-+]|^\d+\./u);
      }),
      { numRuns: 3000 },
    );
  });

  it('loses nothing but what is cut', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 400 }), (text, maxLength) => {
        const whole = altText(text, 10_000);
        expect(drawn(showText(text, 10_000))).toBe(whole);
        const shown = showText(text, maxLength);
        if (drawn(shown) !== whole) {
          expect(shown.endsWith('…')).toBe(true);
          expect(whole.startsWith(drawn(shown).slice(0, -1))).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('alt text', () => {
  it('is plain: nothing escaped, on one line, at most 1024 characters', () => {
    expect(altText('*a*\n[b](https://x.yz)\u202E')).toBe('*a* [b](https://x.yz)');
    expect(altText('x'.repeat(1024))).toBe('x'.repeat(1024));
    expect(altText('x'.repeat(1025))).toBe(`${'x'.repeat(1023)}…`);
  });

  it('never splits a character', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 0, max: 60 }), (text, maxLength) => {
        const shown = altText(text, maxLength);
        expect(shown.length).toBeLessThanOrEqual(maxLength);
        expect(shown.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('a text read back from where it was shown', () => {
  it.each(['a \\ b', '\\*not bold\\*', 'C:\\new\\(old)', '\\\\', 'ends with \\', '¯\\_(ツ)_/¯', '@everyone \\@here'])(
    'is the text that was typed: %s',
    (typed) => {
      expect(readShownText(showText(typed, 2000))).toBe(typed);
    },
  );

  it('is its plain text, whatever it holds', () => {
    fc.assert(
      fc.property(hostileText, (typed) => {
        // Marks stacked over other lines are not shown, so they are not read either.
        const plain = plainText(typed).replace(/(\p{M}{4})\p{M}+/gu, '$1');
        expect(readShownText(showText(typed, 10_000))).toBe(plain);
      }),
      { numRuns: 2000 },
    );
  });
});
