/** What the catalogue's page says of a model. Pure. */
import { z } from 'zod';
import { plainText } from '../plain-text.ts';
import { normaliseSchema, type InputSchema } from './schema.ts';

/** Longest name of a model that is shown: what Discord takes as the name of a choice (characters). */
const NAME_MAX = 100;

/** Dearer than any picture: a price above is none. */
const PRICE_MAX_USD = 1000;

/** Each part is `undefined` where the page does not say it, or says nonsense. */
export interface ModelPage {
  name: string | undefined;
  /** US dollars a picture. */
  priceUsd: number | undefined;
  schema: InputSchema | undefined;
}

const usd = z.number().positive().max(PRICE_MAX_USD);

const pageSchema = z.object({
  model_id: z.string().optional().catch(undefined),
  display_name: z
    .string()
    .transform((name) => plainText(name).slice(0, NAME_MAX))
    .optional()
    .catch(undefined),
  base_price_usd: z
    .union([
      usd,
      z
        .string()
        .regex(/^\d*\.?\d+$/)
        .transform(Number)
        .pipe(usd),
    ])
    .optional()
    .catch(undefined),
  // An output of an image model is a picture; a price a second is none of a picture.
  price_unit: z.enum(['output', 'image']).nullish().catch(null),
  input_schema: z.unknown(),
});

/**
 * Reads a page of the catalogue, as it was answered for a model.
 *
 * @returns `undefined` where it says nothing of the model: HTML, another JSON, another model's page.
 */
export function parseModel(page: unknown, id: string): ModelPage | undefined {
  const read = pageSchema.safeParse(page).data;
  if (read === undefined || (read.model_id !== undefined && read.model_id !== id)) return undefined;
  const { display_name: name, base_price_usd: price, price_unit: unit, input_schema: published } = read;
  const schema = normaliseSchema(published);
  const priceUsd = unit === null ? undefined : price;
  if (read.model_id === undefined && schema === undefined) return undefined;
  return { name: name === '' ? undefined : name, priceUsd, schema };
}
