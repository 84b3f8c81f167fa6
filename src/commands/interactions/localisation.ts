/** Names and descriptions for a command's definition, in every language the bot speaks. */
import type { LocalizationMap } from 'discord.js';
import { LOCALES, translate, type DefinitionKey, type Translate, type Values } from '../../languages/languages.ts';
import { altText } from '../../services/messages/display.ts';

/** Discord takes names and descriptions of at most so many characters. */
const TEXT_MAX = 100;

/** What is filled in, as a language writes it. */
type ValuesIn = (t: Translate) => Values;

function textIn(locale: string, key: DefinitionKey, values: ValuesIn): string {
  const t = translate(locale);
  return altText(t(key, values(t)), TEXT_MAX);
}

function localisations(key: DefinitionKey, values: ValuesIn): LocalizationMap {
  return Object.fromEntries(LOCALES.map((locale) => [locale, textIn(locale, key, values)]));
}

const nothing: ValuesIn = () => ({});

/** A description in English, and in the other languages for Discord to choose from. */
export function described(
  key: DefinitionKey,
  values = nothing,
): { description: string; description_localizations: LocalizationMap } {
  return { description: textIn('en', key, values), description_localizations: localisations(key, values) };
}

/** A choice's name as each language writes it. */
export function namedAs(text: (t: Translate) => string): { name: string; name_localizations: LocalizationMap } {
  const nameIn = (locale: string) => altText(text(translate(locale)), TEXT_MAX);
  return { name: nameIn('en'), name_localizations: Object.fromEntries(LOCALES.map((each) => [each, nameIn(each)])) };
}

/** A choice's name likewise. */
export function named(key: DefinitionKey, values = nothing): { name: string; name_localizations: LocalizationMap } {
  return { name: textIn('en', key, values), name_localizations: localisations(key, values) };
}
