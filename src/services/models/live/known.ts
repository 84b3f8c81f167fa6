/** What is known of a model by its profile and by its page. Pure. */
import { deriveProfile } from '../derive-profile.ts';
import { fitProfile, type Fitted, type SchemaProblem } from '../fit-profile.ts';
import type { ModelPage } from '../page.ts';
import type { Profile } from '../profile.ts';
import { writtenProfile } from '../profiles/profiles.ts';

/** How a model's page is understood: as {@link knowModel}, or by one that remembers pages, as that takes milliseconds. */
export type KnowModel = (id: string, page: ModelPage | undefined) => Fitted | undefined;

/**
 * What is known of a model by its profile, where there is one, and by its page, where that says something.
 *
 * @returns `undefined` for a model without a profile whose page says nothing of what it takes.
 */
export function knowModel(id: string, page: ModelPage | undefined): Fitted | undefined {
  const written = writtenProfile(id);
  if (page?.schema === undefined) return written && { profile: written, problems: [], check: () => [] };
  return written === undefined ? deriveProfile({ id, name: page.name }, page.schema) : fitProfile(written, page.schema);
}

/** US dollars a picture costs: what the catalogue says, else what the profile does. */
export function pricePerImage({ fallbackPriceUsd }: Profile, page: ModelPage | undefined): number {
  return page?.priceUsd ?? fallbackPriceUsd;
}

/** What keeps a model from being asked, in English and for whoever hosts the bot: a sentence without its end. */
export function describeProblem({ field, why, sentence }: SchemaProblem): string {
  switch (why) {
    case 'gone':
      return `the bot fills the field "${field}", which the model does not have`;
    case 'required':
      return `the model requires the field "${field}", which the bot cannot fill`;
    case 'refused':
      return `the field "${field}" does not take what the bot sends${sentence === undefined ? '' : ` (${sentence})`}`;
  }
}
