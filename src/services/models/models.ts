/** What the bot knows of models. The door. */
import type { Profile } from './profile.ts';
import { writtenProfile } from './profiles/profiles.ts';

export { buildBody, type Body, type PictureRequest } from './body.ts';
export type { Profile, Quality, SizeChoice } from './profile.ts';

/** The models that jobs can be made with. */
export interface Models {
  /** What is known of a model now; `undefined` where that is not enough to send it anything. */
  find(id: string): Profile | undefined;
}

/** The models as they are written down, whatever their live schemas say. */
export const writtenModels: Models = { find: writtenProfile };
