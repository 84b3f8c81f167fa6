/** The sentences of each language as a list, filled in, and found again in what people read. */
import { en } from '../../src/languages/en.ts';

interface Branch {
  [key: string]: string | Branch;
}

/** Every sentence by its key, as it is written. */
export function sentencesOf(language: Branch, path = ''): Map<string, string> {
  const entries = Object.entries(language).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : [...sentencesOf(value, `${path}${key}.`)],
  );
  return new Map(entries);
}

const PLACEHOLDER = /\{\{(\w+)\}\}/g;

/** The names of a sentence's placeholders, each once. */
export function placeholdersOf(sentence: string): string[] {
  return [...new Set([...sentence.matchAll(PLACEHOLDER)].map(([, name = '']) => name))].sort();
}

/** Values that are as long as any that the bot fills in; a number that is as long as any for those not named here. */
const LONG: Record<string, string> = {
  at: '<t:4102444800:R>',
  frees: '<t:4102444800:R>',
  resets: '<t:4102444800:R>',
  span: '1000000 minutes',
  flags: 'x'.repeat(200),
  options: 'x'.repeat(100),
  size: 'Ultrapanorámico 1000:1000',
  ratio: '1000:1000',
  prompt: 'x'.repeat(300),
  where: 'x'.repeat(100),
  until: '<t:4102444800:R>',
  by: '<@1100000000000000000>',
  role: '<@&1100000000000000000>',
  channel: '<#1100000000000000000>',
  cost: 'USD 1,000,000,000.00',
  price: 'USD 0.123456',
  pictures: '1000000000 pictures or whatever they are called',
  permissions: '**Enviar mensagens em tópicos**, '.repeat(4),
  reason: 'x'.repeat(300),
  word: 'x'.repeat(100),
  name: 'x'.repeat(100),
  numbers: '15, '.repeat(100),
  month: '2026-11',
  day: '23 de nov.',
  links: '',
};

/** A sentence with the longest values in its placeholders. */
export function filled(sentence: string): string {
  return sentence.replace(PLACEHOLDER, (_, name: string) => LONG[name] ?? '1000000000');
}

/** What finds a sentence in a text, whatever was filled in; nothing where it has no words of its own. */
function finderOf(sentence: string): RegExp | undefined {
  const parts = sentence.split(/\{\{\w+\}\}/);
  if (!parts.some((part) => /\p{L}/u.test(part))) return undefined;
  const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^\\n]+?');
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'u');
}

const finders = [...sentencesOf(en)].flatMap(([key, sentence]) => {
  const finder = finderOf(sentence);
  return finder === undefined ? [] : [{ key, finder }];
});

/** The keys of the English sentences that a text holds. */
export function englishIn(text: string): string[] {
  return finders.filter(({ finder }) => finder.test(text)).map(({ key }) => key);
}
