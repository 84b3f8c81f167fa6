/**
 * `bytedance/seedream-4-5/sequential`: its page says that the prompt is to be under 600 characters and to name the number of
 * pictures, which is required as a field too. Its sizes were not seen. Upstream has no fast way of it.
 */
import type { Profile } from '../profile.ts';

export const SEEDREAM_4_5 = {
  id: 'bytedance/seedream-4-5/sequential',
  name: 'Seedream 4.5',
  text: { field: 'prompt', maxCharacters: 599, namesNumber: true },
  number: { field: 'sequential_image_generation_options', max: 15 },
  imagesPerJob: 15,
  fixed: {},
  editing: 'bytedance/seedream-4-5/edit-sequential',
  // Upstream's list price; RunComfy's own was not seen.
  fallbackPriceUsd: 0.04,
  unseen: ['size', 'seed', 'quality'],
} as const satisfies Profile;
