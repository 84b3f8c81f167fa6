/** A profile of a model that nobody wrote one for, from its live schema alone. Pure. */
import { fitProfile, type Fitted } from './fit-profile.ts';
import type { Profile } from './profile.ts';
import { findText } from './rules.ts';
import type { InputSchema } from './schema.ts';

/** US dollars a picture, where the catalogue names no price: the upstream list price of Seedream 4.0. */
const FALLBACK_PRICE_USD = 0.03;

/** Most pictures a job of any model. */
const IMAGES_PER_JOB = 15;

/** The field that a prompt would go to, for the sentence that there is none. */
const PROMPT = 'prompt';

/**
 * The profile that the written rules give: which field takes what goes by its name. `problems` is empty where the model can be
 * asked.
 */
export function deriveProfile(
  { id, name = id }: { id: string; name?: string | undefined },
  schema: InputSchema,
): Fitted {
  const text = findText(schema);
  const bare: Profile = {
    id,
    name,
    text: { field: text ?? PROMPT, namesNumber: false },
    imagesPerJob: IMAGES_PER_JOB,
    fixed: {},
    fallbackPriceUsd: FALLBACK_PRICE_USD,
    unseen: ['number', 'size', 'seed', 'quality', 'references'],
  };
  const { profile, ...fitted } = fitProfile(bare, schema);
  const { number, references } = profile;
  return {
    ...fitted,
    profile: {
      ...profile,
      // Models that make sets go by their text as well; `num_images` alone is the same prompt so many times.
      text: { ...profile.text, namesNumber: number !== undefined && number.field !== 'num_images' },
      ...(references && { editing: id }),
    },
  };
}
