/** `bytedance/seedream-4-5/edit-sequential`: an example body was seen (`images`, `prompt`, the number), its schema was not. */
import type { Profile } from '../profile.ts';
import { REFERENCE_LIMITS } from './references.ts';
import { SEEDREAM_4_5 } from './seedream-4.5.ts';

export const SEEDREAM_4_5_EDIT = {
  id: SEEDREAM_4_5.editing,
  name: 'Seedream 4.5 Edit',
  text: SEEDREAM_4_5.text,
  number: SEEDREAM_4_5.number,
  // References and pictures together are at most 15 upstream, and there is one reference at least.
  imagesPerJob: 14,
  references: { field: 'images', ...REFERENCE_LIMITS },
  fixed: {},
  editing: SEEDREAM_4_5.editing,
  fallbackPriceUsd: SEEDREAM_4_5.fallbackPriceUsd,
  unseen: ['size', 'seed', 'quality'],
} as const satisfies Profile;
