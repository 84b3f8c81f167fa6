/** Seedream 4.0: the model of the specification, and its sibling that starts from pictures. */
import { referenceValidations, UPSTREAM_REFERENCES } from './references.ts';
import type { Model, Property } from './model.ts';

export const NUMBER: Property = {
  title: 'Maximum Number of Output Images',
  description:
    'This value must align with the number of images specified in the prompt above. The final price will be calculated based on this value.',
  type: 'integer',
  enum: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  default: 3,
};

/** The page's own, but for `title` of the whole. */
const PROPERTIES: Readonly<Record<string, Property>> = {
  text: {
    title: 'Prompt',
    description:
      "Your prompt needs to contain the number of images you want to generate. Example: 'Generate 3 images of a beautiful sunset over a calm ocean.'",
    type: 'string',
    default: 'Generate 3 images of a beautiful sunset over a calm ocean.',
    maxLength: 600,
  },
  sequential_image_generation_options: NUMBER,
  image_size: {
    title: 'Aspect Ratio (W:H)',
    description: 'The aspect ratio of the image to generate.',
    type: 'string',
    enum: [
      '2048:2048 (1:1)',
      '2304:1728 (4:3)',
      '1728:2304 (3:4)',
      '2560:1440 (16:9)',
      '1440:2560 (9:16)',
      '2496:1664 (3:2)',
      '1664:2496 (2:3)',
      '3024:1296 (21:9)',
    ],
    default: '2560:1440 (16:9)',
  },
  seed: { title: 'Seed', description: '', type: 'integer' },
  optimize_prompt_options: {
    title: 'Optimize Prompt',
    description:
      'Standard mode produces higher-quality content but takes longer to generate. Fast mode generates content more quickly, with lower quality.',
    type: 'string',
    enum: ['fast', 'standard'],
    default: 'fast',
  },
  sequential_image_generation: {
    title: 'sequential_image_generation',
    description: '',
    type: 'string',
    default: 'auto',
  },
};

/** The model of the specification. */
export const SEQUENTIAL: Model = {
  id: 'bytedance/seedream-4-0/sequential',
  name: 'Seedream 4.0 Sequential',
  description: 'Sets of pictures from a text.',
  categories: ['text-to-image'],
  // Upstream's list price; RunComfy's own for this model is not known.
  priceUsd: 0.03,
  priceUnit: 'image',
  pricingNote: '$0.03 per image, by the number asked for.',
  inputSchema: { type: 'object', title: 'Input schema', required: ['text'], properties: PROPERTIES },
  namesNumber: true,
};

export const SEEDREAM_4_0: readonly Model[] = [
  SEQUENTIAL,
  {
    id: 'bytedance/seedream-4-0/edit-sequential',
    name: 'Seedream 4.0 Edit Sequential',
    description: 'Sets of pictures from a text and pictures.',
    categories: ['image-to-image'],
    // Price, sizes and lengths of this model were not seen: its sibling's. Its example bodies have `images` and `text`.
    priceUsd: 0.03,
    priceUnit: 'image',
    pricingNote: '$0.03 per image, by the number asked for.',
    inputSchema: {
      type: 'object',
      title: 'Input schema',
      required: ['images', 'text'],
      properties: {
        images: {
          title: 'Images',
          description: 'Publicly accessible https addresses of the images to edit.',
          type: 'array',
          format: 'image_uris',
          minItems: 1,
          // Not seen: the fewest that any source names for upstream's 4.0 (10 to 14).
          maxItems: 10,
          validations: referenceValidations(10),
        },
        ...PROPERTIES,
      },
    },
    namesNumber: true,
    references: UPSTREAM_REFERENCES,
  },
];
