/** Every model that the bot has a profile of. */
import type { Profile } from '../profile.ts';
import { SEEDREAM_4_0_EDIT } from './seedream-4.0-edit.ts';
import { SEEDREAM_4_0 } from './seedream-4.0.ts';
import { SEEDREAM_4_5_EDIT } from './seedream-4.5-edit.ts';
import { SEEDREAM_4_5 } from './seedream-4.5.ts';
import { SEEDREAM_5_LITE_EDIT } from './seedream-5-lite-edit.ts';
import { SEEDREAM_5_LITE } from './seedream-5-lite.ts';
import { SEEDREAM_5_0_PRO_EDIT } from './seedream-5.0-pro-edit.ts';
import { SEEDREAM_5_0_PRO } from './seedream-5.0-pro.ts';

export const PROFILES: readonly Profile[] = [
  SEEDREAM_4_0,
  SEEDREAM_4_0_EDIT,
  SEEDREAM_4_5,
  SEEDREAM_4_5_EDIT,
  SEEDREAM_5_LITE,
  SEEDREAM_5_LITE_EDIT,
  SEEDREAM_5_0_PRO,
  SEEDREAM_5_0_PRO_EDIT,
];

const byId = new Map(PROFILES.map((profile) => [profile.id, profile]));

/** The profile of a model as it is written down, before its live schema is read. */
export function writtenProfile(id: string): Profile | undefined {
  return byId.get(id);
}
