/** What the bot knows of models. The door. */
import type { Models } from './live/offer.ts';
import { writtenProfile } from './profiles/profiles.ts';

export { buildBody, exampleRequest, seedOfRequest, type Body } from './body.ts';
export type { SchemaProblem } from './fit-profile.ts';
export type { KeptModels, PageRead, ReadPage } from './live/catalogue.ts';
export { describeProblem, knowModel, pricePerImage, type KnowModel } from './live/known.ts';
export type { ModelTrouble, Models, Offer } from './live/offer.ts';
export { createModels } from './live/offers.ts';
export { keptModelSchema } from './live/standing.ts';
export { parseModel, type ModelPage } from './page.ts';
export type { Profile } from './profile.ts';
export { findSize, ratioIn } from './sizes.ts';

/** The models as they are written down, whatever their live schemas say. */
export const writtenModels: Pick<Models, 'find' | 'refused' | 'taken'> = {
  find: writtenProfile,
  refused: () => undefined,
  taken: () => undefined,
};
