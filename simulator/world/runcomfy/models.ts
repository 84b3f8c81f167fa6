/** The models that are offered: those of the playground's catalogue, and one that makes a few pictures a request. */
import { createCatalogue } from '../../../playground/runcomfy/models/catalogue.ts';

/** A model that nobody wrote a profile for, which makes up to four pictures a request. */
const QUARTET = 'studio/quartet/text-to-image';

/** What the bot may be set to: models that make a whole set in one request, and those that need several for one job. */
export const MODELS = {
  sets: ['bytedance/seedream-4-0/sequential'],
  singles: ['bytedance/seedream-5/lite/text-to-image', 'bytedance/seedream-5.0-pro/text-to-image', QUARTET],
} as const;

/** The options of `/seedream` that a model has no field for, so that Discord offers them not where it is the only one. */
export const LACKS: Readonly<Record<string, readonly string[]>> = {
  'bytedance/seedream-5/lite/text-to-image': ['quality'],
  'bytedance/seedream-5.0-pro/text-to-image': ['quality', 'seed'],
  [QUARTET]: ['quality'],
};

/** Models that have no sibling which starts from pictures. */
export const WITHOUT_PICTURES: readonly string[] = [QUARTET];

/** The models, each with the rules of its page. */
export function createModels(): Pick<ReturnType<typeof createCatalogue>, 'find'> {
  const catalogue = createCatalogue();
  catalogue.addModel({
    id: QUARTET,
    name: 'Quartet',
    inputSchema: {
      type: 'object',
      required: ['prompt'],
      properties: {
        prompt: { type: 'string' },
        num_images: { type: 'integer', minimum: 1, maximum: 4, default: 1 },
        aspect_ratio: {
          type: 'string',
          enum: ['16:9', '1:1', '4:3', '3:4', '9:16', '3:2', '2:3', '21:9'],
          default: '1:1',
        },
        seed: { type: 'integer', default: null },
      },
    },
  });
  return catalogue;
}
