/**
 * `bytedance/seedream-5.0-pro/text-to-image`, as its page describes it: a prompt of 600 English words, one picture a request,
 * no seed.
 */
import type { Profile } from '../profile.ts';

const RATIOS = ['1:1', '4:3', '3:4', '16:9', '9:16', '3:2', '2:3', '21:9'] as const;

export const SEEDREAM_5_0_PRO = {
  id: 'bytedance/seedream-5.0-pro/text-to-image',
  name: 'Seedream 5.0 Pro',
  text: { field: 'prompt', maxWords: 600, namesNumber: false },
  imagesPerJob: 15,
  size: { field: 'aspect_ratio', choices: RATIOS.map((ratio) => ({ value: ratio, ratio })), default: '16:9' },
  // 2K costs twice as much, and the catalogue's base price does not say so.
  fixed: { resolution: '1K' },
  editing: 'bytedance/seedream-5.0-pro/image-to-image',
  // The price of 1K.
  fallbackPriceUsd: 0.04,
  unseen: [],
} as const satisfies Profile;
