/** Sentences in the reader's language, by i18next. Nothing is escaped: what a member typed goes through display.ts first. */
import i18next, { type ParseKeys, type TFunction } from 'i18next';
import { en } from './en.ts';
import { es } from './es.ts';
import type { Sentences } from './sentences.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** Gives the sentence of a key in one language. */
export type Translate = TFunction;

/** Keys of what a command's definition says: plain text without placeholders. */
export type DefinitionKey = Extract<ParseKeys, `command.${string}` | `quality.${string}`>;

/** The languages other than English, by Discord's names of the locales they serve. */
const OTHERS: Record<string, Sentences> = { 'es-ES': es, 'es-419': es };

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

/** The sentences of a Discord locale (`pt-BR`, `es-ES`, ...); English where the bot does not speak it. */
export function translate(locale: string): Translate {
  return instance.getFixedT(locale);
}
