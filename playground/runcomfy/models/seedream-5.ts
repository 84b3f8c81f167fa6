/** Seedream 5.0 Lite and Pro: one picture a request. */
import { referenceValidations, UPSTREAM_REFERENCES } from './references.ts';
import type { Model, Property } from './model.ts';

/** Not seen of Lite: named as `4-5/edit` has it, sized as upstream recommends for 2K. */
const LITE_RESOLUTION: Property = {
  title: 'Resolution',
  type: 'string',
  enum: [
    '2048x2048 (1:1)',
    '2304x1728 (4:3)',
    '1728x2304 (3:4)',
    '2848x1600 (16:9)',
    '1600x2848 (9:16)',
    '2496x1664 (3:2)',
    '1664x2496 (2:3)',
    '3136x1344 (21:9)',
  ],
  default: '2048x2048 (1:1)',
};

/** Not seen; an integer whose default is no integer is seen of other models. */
const LITE_SEED: Property = { title: 'Seed', description: '', type: 'integer', default: null };

const LITE_PRICE = { priceUsd: 0.028, priceUnit: 'output', pricingNote: '$0.028 per image.' } as const;

/** As the vendor's own ComfyUI nodes carry it. */
const ASPECT_RATIOS = ['1:1', '4:3', '3:4', '16:9', '9:16', '2:3', '3:2', '21:9'];
const PRO_RESOLUTION: Property = { title: 'Resolution', type: 'string', enum: ['1K', '2K'], default: '2K' };
const PRO_FORMAT: Property = { title: 'Output Format', type: 'string', enum: ['png', 'jpeg'], default: 'png' };
const PRO_PROMPT: Property = {
  title: 'Prompt',
  description: 'At most 600 English words are recommended.',
  type: 'string',
};
const PRO_PRICE = {
  priceUsd: 0.04,
  priceUnit: 'output',
  pricingNote: '$0.04 per image at 1K, $0.08 at 2K.',
  prices: { field: 'resolution', usd: { '1K': 0.04, '2K': 0.08 } },
} as const;

export const SEEDREAM_5: readonly Model[] = [
  {
    id: 'bytedance/seedream-5/lite/text-to-image',
    name: 'Seedream 5.0 Lite Text to Image',
    description: 'A picture from a text.',
    categories: ['text-to-image'],
    ...LITE_PRICE,
    inputSchema: {
      type: 'object',
      title: 'Input schema',
      required: ['prompt'],
      properties: { prompt: { title: 'Prompt', type: 'string' }, resolution: LITE_RESOLUTION, seed: LITE_SEED },
    },
  },
  {
    id: 'bytedance/seedream-5/lite/edit',
    name: 'Seedream 5.0 Lite Edit',
    description: 'A picture from a text and pictures.',
    categories: ['image-to-image'],
    ...LITE_PRICE,
    inputSchema: {
      type: 'object',
      title: 'Input schema',
      required: ['prompt', 'image'],
      properties: {
        prompt: { title: 'Prompt', type: 'string' },
        // Upstream takes up to 14; the page's own number was not seen.
        image: {
          title: 'Image',
          type: 'array',
          format: 'image_uris',
          minItems: 1,
          maxItems: 14,
          validations: referenceValidations(10),
        },
        resolution: LITE_RESOLUTION,
        seed: LITE_SEED,
      },
    },
    references: UPSTREAM_REFERENCES,
  },
  {
    id: 'bytedance/seedream-5.0-pro/text-to-image',
    name: 'Seedream 5.0 Pro Text to Image',
    description: 'A picture from a text.',
    categories: ['text-to-image'],
    ...PRO_PRICE,
    inputSchema: {
      type: 'object',
      title: 'Input schema',
      required: ['prompt'],
      properties: {
        prompt: PRO_PROMPT,
        aspect_ratio: { title: 'Aspect Ratio', type: 'string', enum: ASPECT_RATIOS, default: '1:1' },
        resolution: PRO_RESOLUTION,
        output_format: PRO_FORMAT,
      },
    },
  },
  {
    id: 'bytedance/seedream-5.0-pro/image-to-image',
    name: 'Seedream 5.0 Pro Image to Image',
    description: 'A picture from a text and pictures.',
    categories: ['image-to-image'],
    ...PRO_PRICE,
    inputSchema: {
      type: 'object',
      title: 'Input schema',
      required: ['prompt', 'image'],
      properties: {
        prompt: PRO_PROMPT,
        aspect_ratio: { title: 'Aspect Ratio', type: 'string', enum: ['auto', ...ASPECT_RATIOS], default: '1:1' },
        resolution: PRO_RESOLUTION,
        output_format: PRO_FORMAT,
        image: {
          title: 'Image',
          type: 'array',
          format: 'image_uris',
          minItems: 1,
          maxItems: 10,
          validations: referenceValidations(30),
        },
      },
    },
    references: { types: UPSTREAM_REFERENCES.types, bytes: 30 * 1024 * 1024, pixels: UPSTREAM_REFERENCES.pixels },
  },
];
