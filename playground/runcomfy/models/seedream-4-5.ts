/** Seedream 4.5: sets, sets from pictures, and one picture from pictures. */
import { NUMBER } from './seedream-4-0.ts';
import { referenceValidations, UPSTREAM_REFERENCES } from './references.ts';
import type { Model, Property, ReferenceLimits } from './model.ts';

const PROMPT: Property = {
  title: 'Prompt',
  description:
    "The prompt should be less than 600 characters. Your prompt needs to contain the number of images you want to generate. Example: 'Generate 3 images of a beautiful sunset over a calm ocean.'",
  type: 'string',
  default: 'Generate 3 images of a beautiful sunset over a calm ocean.',
};

/** As `4-5/edit` has it; of the two for sets it was not seen. Which sizes beside the first was not seen either: those of 4.0. */
const RESOLUTION: Property = {
  title: 'Resolution',
  description: 'The resolution of the image to generate.',
  type: 'string',
  enum: [
    '2048x2048 (1:1)',
    '2304x1728 (4:3)',
    '1728x2304 (3:4)',
    '2560x1440 (16:9)',
    '1440x2560 (9:16)',
    '2496x1664 (3:2)',
    '1664x2496 (2:3)',
    '3024x1296 (21:9)',
  ],
  default: '2048x2048 (1:1)',
};

/** Not seen of this model; an integer whose default is no integer is seen of others. */
const SEED: Property = { title: 'Seed', description: '', type: 'integer', default: null };

const IMAGES: Property = {
  title: 'Images',
  description: 'Publicly accessible https addresses of 1 to 14 images, jpeg or png.',
  type: 'array',
  format: 'image_uris',
  minItems: 1,
  maxItems: 14,
  validations: referenceValidations(10),
};

/** The page of `4-5/edit` takes jpeg and png alone. */
const REFERENCES: ReferenceLimits = { ...UPSTREAM_REFERENCES, types: ['jpeg', 'png'] };

/** Not seen. */
const PRICE = { priceUsd: 0.04, priceUnit: 'image', pricingNote: '$0.04 per image.' } as const;

export const SEEDREAM_4_5: readonly Model[] = [
  {
    id: 'bytedance/seedream-4-5/sequential',
    name: 'Seedream 4.5 Sequential',
    description: 'Sets of pictures from a text.',
    categories: ['text-to-image'],
    ...PRICE,
    inputSchema: {
      type: 'object',
      title: 'Input schema',
      required: ['prompt', 'sequential_image_generation_options'],
      properties: {
        prompt: PROMPT,
        sequential_image_generation_options: NUMBER,
        resolution: RESOLUTION,
        seed: SEED,
      },
    },
    namesNumber: true,
    promptCharacters: 599,
  },
  {
    id: 'bytedance/seedream-4-5/edit-sequential',
    name: 'Seedream 4.5 Edit Sequential',
    description: 'Sets of pictures from a text and pictures.',
    categories: ['image-to-image'],
    ...PRICE,
    inputSchema: {
      type: 'object',
      title: 'Input schema',
      required: ['images', 'prompt', 'sequential_image_generation_options', 'image_urls'],
      properties: {
        // Its example has a number and names none in the prompt.
        images: IMAGES,
        prompt: { ...PROMPT, description: 'The prompt should be less than 600 characters.' },
        sequential_image_generation_options: NUMBER,
        resolution: RESOLUTION,
        seed: SEED,
      },
    },
    promptCharacters: 599,
    references: REFERENCES,
  },
  {
    id: 'bytedance/seedream-4-5/edit',
    name: 'Seedream 4.5 Edit',
    description: 'A picture from a text and pictures.',
    categories: ['image-to-image'],
    ...PRICE,
    priceUnit: 'output',
    inputSchema: {
      type: 'object',
      title: 'Input schema',
      // As its page has it, without such a field.
      required: ['prompt', 'image_urls'],
      properties: { prompt: { title: 'Prompt', type: 'string' }, images: IMAGES, resolution: RESOLUTION },
    },
    references: REFERENCES,
  },
];
