/** How texts, sizes, links and moments are shown in Discord. A member's text has no effect on anything around it. Pure. */
import { escapeMarkdown } from 'discord.js';
import { plainText } from '../plain-text.ts';

/** Longest `description` (alt text) of an attachment, in characters: Discord's own limit. */
const ALT_TEXT_MAX_LENGTH = 1024;

const ELLIPSIS = '…';

/** Always escaped: emphasis, code, spoilers, quotes, headings, links, mentions, emoji, timestamps, and the escape itself. */
const SPECIAL = new Set('\\*_~`|<>[]@#');

let segmenter: Intl.Segmenter | undefined;

/** Letters, digits and signs that are one character each, whatever stands beside them. */
const PLAIN = /^[ -~]*$/;

/** The characters as a reader counts them. The segmenter takes 20 ms to make, so it is made with the first text that needs it. */
function graphemesOf(text: string): Iterable<{ segment: string; index: number }> {
  if (PLAIN.test(text)) return Array.from(text, (segment, index) => ({ segment, index }));
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** More than four marks on one letter are not shown: they are there to cover the lines above and below. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** Whether a backslash must go before a character. Discord hides one before anything but letters, digits and white space. */
function isSpecial(text: string, at: number): boolean {
  const character = text[at] ?? '';
  if (SPECIAL.has(character)) return true;
  const [before, after] = [text[at - 1] ?? '', text[at + 1] ?? ''];
  switch (character) {
    case '-': // a list, a line of small text (-#)
    case '+':
      return at === 0;
    case '(': // the address of a masked link
      return before === ']';
    case ':': // https://, :emoji:
      return after !== ' ';
    case '.': // discord.gg, 1. numbered
      return /[\p{L}\p{N}]/u.test(after) || /\d/u.test(before);
    default:
      return false;
  }
}

/** Whether a mention must be broken up: Discord reads `@everyone` even after a backslash, so an invisible character follows the @. */
function breaksMention(text: string, at: number): boolean {
  return text[at] === '@' && /^@(?:everyone|here)/iu.test(text.slice(at, at + 9));
}

function escapeFrom(text: string, start: number, length: number): string {
  let escaped = '';
  for (let at = start; at < start + length; at += 1) {
    escaped += `${isSpecial(text, at) ? '\\' : ''}${text[at] ?? ''}${breaksMention(text, at) ? '\u200B' : ''}`;
  }
  return escaped;
}

/** Joins what `draw` gives for each grapheme up to a length, and ends with an ellipsis where something is left out. */
function cut(text: string, maxLength: number, draw: (start: number, length: number) => string): string {
  if (maxLength < 1) return '';
  let shown = '';
  let shownWithRoom = '';
  for (const { segment, index } of graphemesOf(text)) {
    shown += draw(index, segment.length);
    if (shown.length > maxLength) return shownWithRoom.trimEnd() + ELLIPSIS;
    if (shown.length < maxLength) shownWithRoom = shown;
  }
  return shown;
}

/**
 * A member's text for a place where Discord renders markdown (a description, a field's value, a message): on one line,
 * nothing in it pings, links, formats or reorders what follows it.
 *
 * @param maxLength in UTF-16 code units, escapes counted; what is longer ends with "…", no character or escape split.
 */
export function showText(text: string, maxLength: number): string {
  const typed = plainText(text).replace(STACKED_MARKS, '$1');
  const escaped = escapeFrom(typed, 0, typed.length);
  if (escaped.length <= maxLength) return escaped;
  return cut(typed, maxLength, (start, length) => escapeFrom(typed, start, length));
}

/**
 * A member's text for a place where Discord renders no markdown (alt text, an embed's footer or author): on one line,
 * nothing escaped.
 *
 * @param maxLength in UTF-16 code units; what is longer ends with "…", no character split.
 */
export function altText(text: string, maxLength: number = ALT_TEXT_MAX_LENGTH): string {
  const typed = plainText(text).replace(STACKED_MARKS, '$1');
  if (typed.length <= maxLength) return typed;
  return cut(typed, maxLength, (start, length) => typed.slice(start, start + length));
}

/** The text that {@link showText} was given, from what it returned; what was cut off is missing. */
export function readShownText(shown: string): string {
  return shown.replace(/\u200B/gu, '').replace(/\\([^\p{L}\p{N}\s])/gu, '$1');
}

/** A url as a masked link. */
export function showLink(label: string, url: string): string {
  return `[${escapeMarkdown(label)}](<${url.replace(/[<>\s]/g, encodeURIComponent).replaceAll(')', '%29')}>)`;
}

/** A moment (milliseconds since the epoch) that Discord's client shows as "in 2 minutes" and keeps up to date. */
export function showMoment(at: number): string {
  return `<t:${Math.floor(at / 1000)}:R>`;
}
