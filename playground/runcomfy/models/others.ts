/** Models of other makers, so that the catalogue holds more than one family. */
import { referenceValidations, UPSTREAM_REFERENCES } from './references.ts';
import type { Model } from './model.ts';

/** As the vendor's own ComfyUI nodes carry it. */
const ASPECT_RATIOS = ['21:9', '16:9', '3:2', '4:3', '5:4', '1:1', '4:5', '3:4', '2:3', '9:16', '4:1', '1:4'];

export const OTHERS: readonly Model[] = [
  {
    id: 'google/nano-banana-2-lite/text-to-image',
    name: 'Nano Banana 2 Lite Text to Image',
    description: 'A picture from a text.',
    categories: ['text-to-image'],
    // Not seen.
    priceUsd: 0.02,
    priceUnit: 'output',
    pricingNote: '',
    inputSchema: {
      type: 'object',
      required: ['prompt'],
      properties: {
        prompt: { title: 'Prompt', type: 'string', default: '' },
        aspect_ratio: { type: 'string', enum: ['auto', ...ASPECT_RATIOS], default: 'auto' },
      },
    },
  },
  {
    // Its fields are those of the vendor's guide to it; a `float` is seen of other models. The page's path is not the id.
    id: 'blackforestlabs/flux-1-kontext/pro/edit',
    page: 'blackforestlabs/flux-1-kontext-pro/image-to-image',
    name: 'Flux 1 Kontext Pro Edit',
    description: 'A picture from a text and a picture.',
    categories: ['image-to-image'],
    priceUsd: 0.04,
    priceUnit: 'output',
    pricingNote: '',
    inputSchema: {
      type: 'object',
      required: ['prompt', 'image'],
      properties: {
        prompt: { title: 'Prompt', type: 'string' },
        image: { type: 'string', format: 'image_uri', validations: referenceValidations(10) },
        aspect_ratio: { type: 'string', enum: ASPECT_RATIOS },
        guidance_scale: { type: 'float', default: 3.5, minimum: 1, maximum: 20 },
        seed: { type: 'integer', default: null },
      },
    },
    references: UPSTREAM_REFERENCES,
  },
];
