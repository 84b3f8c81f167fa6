/** The page that reads two languages back quotes the sentences as they are now. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { de } from '../../../src/languages/de.ts';
import { ja } from '../../../src/languages/ja.ts';
import { sentencesOf } from '../../support/sentences.ts';

const PAGE = readFileSync(new URL('../../../docs/back-translation.md', import.meta.url), 'utf8');

/** Keys and sentences of a language's table; a line break is a slash there, and columns may be padded. */
function rowsOf(name: string): [string, string][] {
  const table = PAGE.split(`\n## ${name}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...table.matchAll(/^\| `([^`]+)`\s*\| (.*?)\s*\| .*\|$/gm)].map(([, key = '', sentence = '']) => [
    key,
    sentence,
  ]);
}

test.each([
  ['German', de],
  ['Japanese', ja],
])('%s', (name, language) => {
  const sentences = sentencesOf(language);
  const rows = rowsOf(name);
  expect(rows.length).toBeGreaterThan(50);
  for (const [key, sentence] of rows) expect(sentence, key).toBe(sentences.get(key)?.replaceAll('\n', ' / '));
});
