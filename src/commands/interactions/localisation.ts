/** Names and descriptions for a command's definition, in every language the bot speaks. */
import type { LocalizationMap } from 'discord.js';
import { LOCALES, translate, type DefinitionKey } from '../../languages/languages.ts';

function localisations(key: DefinitionKey): LocalizationMap {
  return Object.fromEntries(LOCALES.map((locale) => [locale, translate(locale)(key)]));
}

/** A description in English, and in the other languages for Discord to choose from. */
export function described(key: DefinitionKey): { description: string; description_localizations: LocalizationMap } {
  return { description: translate('en')(key), description_localizations: localisations(key) };
}

/** A choice's name likewise. */
export function named(key: DefinitionKey): { name: string; name_localizations: LocalizationMap } {
  return { name: translate('en')(key), name_localizations: localisations(key) };
}
