/** `bytedance/seedream-5/lite/edit`: `prompt`, `image` as addresses, one picture a request; no more was seen. */
import type { Profile } from '../profile.ts';
import { REFERENCE_LIMITS } from './references.ts';
import { SEEDREAM_5_LITE } from './seedream-5-lite.ts';

export const SEEDREAM_5_LITE_EDIT = {
  id: SEEDREAM_5_LITE.editing,
  name: 'Seedream 5.0 Lite Edit',
  text: SEEDREAM_5_LITE.text,
  imagesPerJob: 15,
  references: { field: 'image', ...REFERENCE_LIMITS },
  fixed: {},
  editing: SEEDREAM_5_LITE.editing,
  fallbackPriceUsd: SEEDREAM_5_LITE.fallbackPriceUsd,
  unseen: ['size', 'seed', 'quality'],
} as const satisfies Profile;
