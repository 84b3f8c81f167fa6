/** The catalogue as the vendor's clients read it. */
import type { Answer } from '../api/answer.ts';
import type { Model } from './model.ts';

/** Models of a list where nobody says how many, and at most. */
const LIMIT = 50;
const LIMIT_MAX = 200;

const WEBSITE = 'https://www.runcomfy.com/models';

/** What list and page both say of a model. */
function summary({ id, name, description, categories, priceUsd, priceUnit, pricingNote, page }: Model) {
  return {
    model_id: id,
    kind: 'model',
    display_name: name,
    description,
    categories,
    base_price_usd: priceUsd,
    price_unit: priceUnit,
    pricing_note: pricingNote,
    model_url: `${WEBSITE}/${page ?? id}`,
  };
}

/** A model's page. What `inputs` and `required_inputs` hold was not seen: names here. */
export function answerModel(model: Model): Answer {
  const { inputSchema } = model;
  return {
    status: 200,
    body: {
      ...summary(model),
      inputs: Object.keys(inputSchema.properties),
      required_inputs: inputSchema.required ?? [],
      input_schema: inputSchema,
    },
  };
}

function wholeNumber(text: string | null, fallback: number): number {
  return text !== null && /^\d+$/.test(text) ? Number(text) : fallback;
}

/** The list: `search` in id, name and description, `category`, `kind`, and a part of it by `limit` and `offset`. */
export function answerModels(models: readonly Model[], query: URLSearchParams): Answer {
  const search = query.get('search')?.trim().toLowerCase() ?? '';
  const category = query.get('category')?.trim() ?? '';
  const found = models.filter(
    ({ id, name, description, categories }) =>
      `${id} ${name} ${description}`.toLowerCase().includes(search) &&
      (category === '' || categories.includes(category)) &&
      ['', 'model'].includes(query.get('kind') ?? ''),
  );
  const offset = wholeNumber(query.get('offset'), 0);
  const limit = Math.min(wholeNumber(query.get('limit'), LIMIT), LIMIT_MAX);
  const withSchema = query.get('include_schema') === 'true';
  const shown = found
    .slice(offset, offset + limit)
    .map((model) => ({ ...summary(model), ...(withSchema && { input_schema: model.inputSchema }) }));
  return { status: 200, body: { models: shown, total: found.length, limit, offset } };
}

/** Every category that a model is of. */
export function answerCategories(models: readonly Model[]): Answer {
  return { status: 200, body: { categories: [...new Set(models.flatMap(({ categories }) => categories))] } };
}
