/** `bytedance/seedream-4-0/edit-sequential`: example bodies were seen (`images`, `text`), its schema was not. */
import type { Profile } from '../profile.ts';
import { REFERENCE_LIMITS } from './references.ts';
import { SEEDREAM_4_0 } from './seedream-4.0.ts';

export const SEEDREAM_4_0_EDIT = {
  id: SEEDREAM_4_0.editing,
  name: 'Seedream 4.0 Edit',
  text: SEEDREAM_4_0.text,
  number: SEEDREAM_4_0.number,
  // References and pictures together are at most 15 upstream, and there is one reference at least.
  imagesPerJob: 14,
  references: { field: 'images', ...REFERENCE_LIMITS },
  fixed: {},
  editing: SEEDREAM_4_0.editing,
  fallbackPriceUsd: SEEDREAM_4_0.fallbackPriceUsd,
  unseen: ['size', 'seed', 'quality'],
} as const satisfies Profile;
