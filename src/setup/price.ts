/** What a picture costs, for whoever decides on limits. */
import type { Config } from '../config.ts';
import { getWithToken } from '../doctor/get-with-token.ts';
import { knowModel, parseModel, pricePerImage } from '../services/models/models.ts';

/** US dollars, where nobody says what a model costs: Seedream 4.0's, as `.env.example` has it. */
const UNKNOWN_PRICE = 0.03;

/** US dollars a picture of the dearest model that is set. Reads the models' pages, which costs nothing. */
export async function readDearestPrice({
  runcomfy,
  pricePerImageUsd,
}: Pick<Config, 'runcomfy' | 'pricePerImageUsd'>): Promise<number> {
  if (pricePerImageUsd !== undefined) return pricePerImageUsd;
  const prices = await Promise.all(
    runcomfy.models.map(async (id) => {
      const answer = await getWithToken(`${runcomfy.base}/models/${id}`, `Bearer ${runcomfy.token}`);
      const page = typeof answer === 'string' || answer.status !== 200 ? undefined : parseModel(answer.body, id);
      const known = knowModel(id, page);
      return known === undefined ? UNKNOWN_PRICE : pricePerImage(known.profile, page);
    }),
  );
  return Math.max(...prices);
}
