/** `bytedance/seedream-5/lite/text-to-image`: `prompt`, one picture a request, and the price are its page's; no more was seen. */
import type { Profile } from '../profile.ts';

export const SEEDREAM_5_LITE = {
  id: 'bytedance/seedream-5/lite/text-to-image',
  name: 'Seedream 5.0 Lite',
  text: { field: 'prompt', namesNumber: false },
  imagesPerJob: 15,
  fixed: {},
  editing: 'bytedance/seedream-5/lite/edit',
  fallbackPriceUsd: 0.028,
  unseen: ['size', 'seed', 'quality'],
} as const satisfies Profile;
