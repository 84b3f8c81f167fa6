/**
 * `bytedance/seedream-5.0-pro/image-to-image`, as its page describes it: 1 to 10 pictures of under 30 MB, neither side more than
 * 16 times the other. Of its sizes `auto` is known, which keeps the reference's.
 */
import type { Profile } from '../profile.ts';
import { REFERENCE_LIMITS } from './references.ts';
import { SEEDREAM_5_0_PRO } from './seedream-5.0-pro.ts';

export const SEEDREAM_5_0_PRO_EDIT = {
  id: SEEDREAM_5_0_PRO.editing,
  name: 'Seedream 5.0 Pro Edit',
  text: SEEDREAM_5_0_PRO.text,
  imagesPerJob: 15,
  size: {
    field: 'aspect_ratio',
    choices: [{ value: 'auto', ratio: undefined }, ...SEEDREAM_5_0_PRO.size.choices],
    default: 'auto',
  },
  references: { field: 'image', ...REFERENCE_LIMITS, maxBytes: 30 * 1000 * 1000 - 1 },
  fixed: {},
  // Seen of its sibling, which has the same prices.
  fixedWhereOffered: SEEDREAM_5_0_PRO.fixed,
  editing: SEEDREAM_5_0_PRO.editing,
  fallbackPriceUsd: SEEDREAM_5_0_PRO.fallbackPriceUsd,
  unseen: ['quality'],
} as const satisfies Profile;
