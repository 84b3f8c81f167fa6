/** What the catalogue says of the model, beside what the bot has written down of it. */
import {
  describeProblem,
  knowModel,
  parseModel,
  writtenModels,
  type ModelPage,
  type Profile,
} from '../../../services/models/models.ts';
import { differs, handled, met, metIf, unseen, type Found } from '../outcome.ts';
import { show } from '../shown.ts';
import { isRefusal, type RunComfyCalls } from './calls.ts';

/** What is known of the model, as the bot would know it after its start; `undefined` where it could not be asked. */
export interface LiveModel {
  profile: Profile;
  page: ModelPage | undefined;
}

export async function checkCatalogue(
  id: string,
  { calls, found }: { calls: RunComfyCalls; found: Found },
): Promise<LiveModel | undefined> {
  const read = await calls.read((api) => api.model(id));
  const page = 'value' in read ? parseModel(read.value, id) : undefined;
  const known = knowModel(id, page);
  if (page?.schema === undefined) {
    // A model that is written down is asked for as it stands there, unless RunComfy says that it has it no more.
    const copes = known !== undefined && !isRefusal(read, 'not_found');
    found.note('catalogue-page', (copes ? handled : differs)(calls.shown()));
  } else {
    found.note('catalogue-page', met(`${Object.keys(page.schema.properties).length} fields`));
  }
  if (page !== undefined) checkPrice(id, { page, price: calls.fields(), found });
  if (known === undefined) return undefined;
  const { profile, problems } = known;
  if (page?.schema !== undefined) {
    const sentences = problems.map(describeProblem);
    found.note('catalogue-fields', metIf(problems.length === 0, sentences.join('; ') || 'the request fits the schema'));
    found.note('catalogue-choices', compareChoices(writtenModels.find(id), profile));
  }
  return problems.length === 0 ? { profile, page } : undefined;
}

function checkPrice(
  id: string,
  { page, price, found }: { page: ModelPage; price: Record<string, unknown>; found: Found },
): void {
  const { base_price_usd: told, price_unit: unit } = price;
  const shown = `base_price_usd ${show(told)}, price_unit ${show(unit)}`;
  if (page.priceUsd === undefined) found.note('catalogue-price', handled(`${shown}: the bot goes by its own price`));
  else found.note('catalogue-price', met(shown));
  const written = writtenModels.find(id)?.fallbackPriceUsd;
  if (page.priceUsd === undefined || written === undefined) return;
  const isSame = page.priceUsd === written;
  found.note('price-as-written', (isSame ? met : handled)(`${page.priceUsd} USD, written down is ${written} USD`));
}

/** What of a profile its model's page can change, a line each. */
function choicesOf({ text, number, size, quality }: Profile): Map<string, string> {
  return new Map([
    ['longest prompt', String(text.maxCharacters ?? 'any')],
    ['pictures a request', String(number?.max ?? 1)],
    ['sizes', (size?.choices ?? []).map(({ value }) => value).join(', ') || 'none'],
    ['qualities', quality?.choices.join(', ') ?? 'none'],
  ]);
}

/** By which name a part of a profile stands among {@link choicesOf}. */
const PARTS = new Map<string, Profile['unseen'][number]>([
  ['pictures a request', 'number'],
  ['sizes', 'size'],
  ['qualities', 'quality'],
]);

function compareChoices(written: Profile | undefined, live: Profile) {
  if (written === undefined) return unseen('the bot has written down nothing of this model');
  const ours = choicesOf(written);
  const compared = [...choicesOf(live)].filter(([name]) => {
    const part = PARTS.get(name);
    return part === undefined || !written.unseen.includes(part);
  });
  const other = compared.filter(([name, value]) => ours.get(name) !== value);
  if (other.length === 0) return met(compared.map(([name]) => name).join(', '));
  return handled(other.map(([name, value]) => `${name}: ${value}, written down: ${ours.get(name) ?? ''}`).join('; '));
}
