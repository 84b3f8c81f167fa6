/** The Japanese ways to state a number of images: `5枚の画像`, `画像を5枚`, `5枚`, `写真3枚`, `5つの画像`. Pure. */
import type { Token } from './tokens.ts';
import { JA_COUNTERS, JA_FLAT, JA_NOUNS, JA_PARTICLES, JA_SHEETS, JA_STOPS } from './context-words.ts';

/** Most tokens between `5枚の` and the noun it describes. */
const NOUN_WITHIN_TOKENS = 30;

/** Whether images are what was named before the number: `画像を5枚`, `花びらが5枚`. */
function namedBefore(tokens: Token[], at: number, names: string[]): boolean {
  const before = tokens[at - 1]?.text ?? '';
  return names.includes(JA_PARTICLES.has(before) ? (tokens[at - 2]?.text ?? '') : before);
}

/** Whether `の` leads to a noun for images within the clause: `5枚の美しい猫の画像`. */
function leadsToNoun(tokens: Token[], from: number): boolean {
  for (const [distance, token] of tokens.slice(from, from + NOUN_WITHIN_TOKENS).entries()) {
    if (JA_NOUNS.includes(token.text)) return true;
    if (JA_STOPS.has(token.text) || (distance === 0 && JA_FLAT.includes(token.text))) return false;
  }
  return false;
}

/** Whether the number in `tokens[at]` up to `tokens[end]` counts images. */
export function statesInJapanese(tokens: Token[], at: number, end: number): boolean {
  const [next, after] = [tokens[end]?.text ?? '', tokens[end + 1]?.text];
  if (JA_NOUNS.includes(next)) return true;
  const sheets = next === JA_SHEETS;
  if ((!sheets && !JA_COUNTERS.has(next)) || after === '目' || namedBefore(tokens, at, JA_FLAT)) return false;
  if (after === 'の') return leadsToNoun(tokens, end + 2);
  return sheets || namedBefore(tokens, at, JA_NOUNS);
}
