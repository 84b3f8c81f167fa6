/** Sentences in the reader's language, by i18next. Nothing is escaped: what a member typed goes through display.ts first. */
import i18next, { type TFunction } from 'i18next';
import { en } from './en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** Gives the sentence of a key in one language. */
export type Translate = TFunction;

const instance = i18next.createInstance();
void instance.init({
  resources: { en: { translation: en } },
  fallbackLng: 'en',
  initAsync: false,
  interpolation: { escapeValue: false },
});

/** The sentences of a Discord locale (`pt-BR`, `es-ES`, ...); English where the bot does not speak it. */
export function translate(locale: string): Translate {
  return instance.getFixedT(locale);
}
