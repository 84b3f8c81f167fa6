/** What a member typed, without what can't be seen. Pure. */

/**
 * Characters that draw nothing and only hide or reorder others: zero-width characters, bidi and format controls (not the
 * few of those that are drawn), tag characters, fillers, stray variation selectors. The two that emoji are built with (a
 * joiner between two emoji, a selector after one) stay where they do that.
 */
const HIDDEN =
  /(?!(?<=\p{ExtPict}(?:\uFE0F|\p{EMod})?)\u200D\p{ExtPict})(?!(?<=\p{ExtPict})[\uFE0E\uFE0F]|\uFE0F\u20E3)[\p{DI}\uFFFC[\p{Cf}--[\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}]]]/gv;

/** Those among which hidden ones are: nearly every text has none, which is seen in a fifth of the time. */
const PERHAPS_HIDDEN = /[\p{DI}\uFFFC\p{Cf}]/u;

/** Controls other than the white space among them, and halves of surrogate pairs. */
const UNPRINTABLE = /[\p{Cs}[\p{Cc}--[\s\x85]]]/gv;

/** Every white space, U+0085 and the braille blank too. */
const SPACE = /[\s\x85\u2800]+/gu;

/**
 * A member's text on one line: no control characters, lone surrogates or invisible characters, white space (line
 * breaks too) as single spaces, none at the ends. Doing it twice changes nothing more.
 */
export function plainText(text: string): string {
  const printable = text.replace(UNPRINTABLE, '');
  const shown = PERHAPS_HIDDEN.test(printable) ? printable.replace(HIDDEN, '') : printable;
  return shown.replace(SPACE, ' ').trim();
}
