/** Sentences in the reader's language, by i18next. Nothing is escaped: what a member typed goes through display.ts first. */
import i18next, { type ParseKeys, type TFunction } from 'i18next';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import { ptBR } from './pt-BR.ts';
import type { Sentences } from './sentences.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** Gives the sentence of a key in one language, which it names as `Intl` does (`en`, `pt-BR`). */
export type Translate = TFunction & { readonly language: string };

/** Keys of what a command's definition says: plain text without placeholders. */
export type DefinitionKey = Extract<ParseKeys, `command.${string}` | `quality.${string}`>;

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

const instance = i18next.createInstance();
void instance.init({
  resources: Object.fromEntries(
    Object.entries({ en, ...OTHERS }).map(([locale, translation]) => [locale, { translation }]),
  ),
  fallbackLng: 'en',
  initAsync: false,
  interpolation: { escapeValue: false },
});

function translateTo(locale: string): Translate {
  return Object.assign(instance.getFixedT(locale), { language: locale });
}

const english = translateTo('en');
const translations = new Map(LOCALES.map((locale) => [locale, translateTo(locale)]));

/** The sentences of a Discord locale (`pt-BR`, `es-ES`, ...); English where the bot does not speak it. */
export function translate(locale: string): Translate {
  return translations.get(locale) ?? english;
}
