/** What the bot knows of models. The door. */
import { deriveProfile } from './derive-profile.ts';
import { fitProfile, type Fitted } from './fit-profile.ts';
import type { ModelPage } from './page.ts';
import type { Profile } from './profile.ts';
import { writtenProfile } from './profiles/profiles.ts';

export { buildBody, exampleRequest, type Body } from './body.ts';
export type { SchemaProblem } from './fit-profile.ts';
export { parseModel, type ModelPage } from './page.ts';
export type { Profile } from './profile.ts';

/** The models that jobs can be made with. */
export interface Models {
  /** What is known of a model now; `undefined` where that is not enough to send it anything. */
  find(id: string): Profile | undefined;
}

/** The models as they are written down, whatever their live schemas say. */
export const writtenModels: Models = { find: writtenProfile };

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
