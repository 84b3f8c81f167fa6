/** Answers as a report shows them: cut, on one line, without the part of addresses that opens them. Pure. */

/** Longest part of an answer that is shown, in characters. */
const SHOWN_MAX = 400;

/** A text on one line, as short as a report needs it. */
export function shorten(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  const characters = Array.from(line);
  return characters.length > SHOWN_MAX ? `${characters.slice(0, SHOWN_MAX - 1).join('')}…` : line;
}

/** Any value as JSON. Of addresses the query is left out, which may be a signature. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing that is JSON';
  return shorten(JSON.stringify(value).replaceAll(/(https?:\/\/[^\s"\\?#]*)[?#][^\s"\\]*/gi, '$1?…'));
}

/** An HTTP answer: its status, and its body. */
export function showAnswer(status: number, body: unknown): string {
  return `HTTP ${status}, ${show(body)}`;
}
