/** Sentences in the reader's language. Nothing is escaped: what a member typed must go through display.ts first. */
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import { ptBR } from './pt-BR.ts';
import type { Sentences } from './sentences.ts';

/** The paths to an object's strings: `gallery.delivered`. */
type PathOf<Tree> = {
  [Name in keyof Tree & string]: Tree[Name] extends string ? Name : `${Name}.${PathOf<Tree[Name]>}`;
}[keyof Tree & string];

/** One key for the forms of a plural: `gallery.lost` for `gallery.lost_one` and `gallery.lost_other`. */
type WithoutForm<Path> = Path extends `${infer Key}_${'one' | 'other'}` ? Key : Path;

/** The key of a sentence: `gallery.delivered`. */
type SentenceKey = WithoutForm<PathOf<Sentences>>;

/** The keys of texts in commands' definitions: plain text. */
export type DefinitionKey = Extract<SentenceKey, `command.${string}` | `quality.${string}` | 'model.choice'>;

/** What replaces a sentence's `{{placeholders}}`, by their names. */
export type Values = Readonly<Record<string, string | number | undefined>>;

/** Gives the sentence of a key in one language; `language` is that language as `Intl` names it (`en`, `pt-BR`). */
export interface Translate {
  /** @param values - `count` also chooses the form of a plural. */
  (key: SentenceKey, values?: Values): string;
  readonly language: string;
}

/** The languages other than English, by Discord's names of the locales they serve. */
export const OTHERS: Record<string, Sentences> = {
  'es-ES': es,
  'es-419': es,
  fr: fr,
  de: de,
  it: it,
  'pt-BR': ptBR,
  ja: ja,
};

/** Discord's locales other than English that the bot speaks. */
export const LOCALES: readonly string[] = Object.keys(OTHERS);

/** An object's strings by the paths to them. */
function byPath(tree: object, before = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? byPath(value, `${before}${name}.`) : [[before + name, String(value)]],
  );
}

function translateTo(language: string, sentences: Sentences): Translate {
  /** Each sentence cut at its placeholders: text and names by turns. */
  const texts = new Map(byPath(sentences).map(([key, text]) => [key, text.split(/\{\{(\w+)\}\}/)]));
  const plurals = new Intl.PluralRules(language);

  function partsOf(key: string, count: unknown): string[] {
    const form = typeof count === 'number' ? texts.get(`${key}_${plurals.select(count)}`) : undefined;
    // No sentence has a form of its own for what some languages call `many` (a million): it reads as `other` does.
    return form ?? texts.get(key) ?? texts.get(`${key}_other`) ?? [key];
  }

  const translate = (key: SentenceKey, values: Values = {}) =>
    partsOf(key, values['count'])
      .map((part, index) => (index % 2 === 0 ? part : String(values[part] ?? '')))
      .join('');
  return Object.assign(translate, { language });
}

const english = translateTo('en', en);
const translations = new Map(Object.entries(OTHERS).map(([locale, own]) => [locale, translateTo(locale, own)]));

/** The sentences of a Discord locale (`pt-BR`, `es-ES`, ...); English where the bot does not speak it. */
export function translate(locale: string): Translate {
  return translations.get(locale) ?? english;
}
