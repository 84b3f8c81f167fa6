/**
 * `bytedance/seedream-4-0/sequential`, as its page describes it: https://www.runcomfy.com/models/bytedance/seedream-4-0/sequential.
 * Every number, default and choice here is that page's own, unless another source is named.
 */
import type { Profile } from '../profile.ts';

export const SEEDREAM_4_0 = {
  id: 'bytedance/seedream-4-0/sequential',
  name: 'Seedream 4.0',
  text: { field: 'text', maxCharacters: 600, namesNumber: true },
  number: { field: 'sequential_image_generation_options', max: 15 },
  imagesPerJob: 15,
  size: {
    field: 'image_size',
    choices: [
      { value: '2048:2048 (1:1)', ratio: '1:1' },
      { value: '2304:1728 (4:3)', ratio: '4:3' },
      { value: '1728:2304 (3:4)', ratio: '3:4' },
      { value: '2560:1440 (16:9)', ratio: '16:9' },
      { value: '1440:2560 (9:16)', ratio: '9:16' },
      { value: '2496:1664 (3:2)', ratio: '3:2' },
      { value: '1664:2496 (2:3)', ratio: '2:3' },
      { value: '3024:1296 (21:9)', ratio: '21:9' },
    ],
    default: '2560:1440 (16:9)',
  },
  // The page names no range; upstream Seedream 4.0 takes signed 32-bit integers.
  seed: { field: 'seed', max: 2_147_483_647 },
  quality: { field: 'optimize_prompt_options', choices: ['fast', 'standard'], default: 'fast' },
  fixed: { sequential_image_generation: 'auto' },
  editing: 'bytedance/seedream-4-0/edit-sequential',
  // Upstream's list price.
  fallbackPriceUsd: 0.03,
  unseen: [],
} as const satisfies Profile;
