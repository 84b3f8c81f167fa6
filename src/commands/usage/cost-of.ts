/** What pictures may have cost. */
import type { CostRange } from '../../languages/formats.ts';
import type { Models } from '../../services/models/models.ts';

/**
 * Gives the US dollars of so many pictures: from what they cost with the cheapest of the models that the bot is set to, and of
 * those that take pictures for them, up to the dearest. The ledger counts pictures, whichever model makes them.
 */
export type CostOf = (images: number) => CostRange;

export function createCostOf(models: Pick<Models, 'standing' | 'priceOf'>): CostOf {
  return (images) => {
    const ids = models.standing().flatMap(({ id, editing = id }) => [id, editing]);
    const costs = ids.map((id) => images * models.priceOf(id));
    return { least: Math.min(...costs), most: Math.max(...costs) };
  };
}
