/** Whether a model is still there, by what its page and the submits to it have said. Pure. */
import { z } from 'zod';
import type { ModelPage } from '../page.ts';

/** Spans in milliseconds. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** What a page says that is read later by these names alone, whatever else stands on it. */
const pageSchema = z.object({
  model_id: z.unknown().optional(),
  display_name: z.unknown().optional(),
  base_price_usd: z.unknown().optional(),
  price_unit: z.unknown().optional(),
  input_schema: z.unknown().optional(),
});

/** What is kept of a model: for the next start, and for the other processes. Moments in milliseconds since the epoch. */
export const keptModelSchema = z.object({
  version: z.literal(1),
  /** When the last of this was found out. */
  at: z.number(),
  /** The last page that said something of the model. */
  page: pageSchema.optional(),
  /** Since when the page says that there is no such model. Once may be a slip. */
  missedSince: z.number().optional(),
  /** Since when the model is gone. */
  goneSince: z.number().optional(),
  /** How often in a row submits were answered that there is no such model, while its page did not say so; and when last. */
  refusals: z.int().min(0),
  refusedAt: z.number().optional(),
});
export type KeptModel = z.infer<typeof keptModelSchema>;

/** A model that nothing has been found out of. */
export const NOTHING_KEPT: KeptModel = { version: 1, at: 0, refusals: 0 };

/**
 * The part of a page that is kept. What it does not say, or in no sense that can be made, stays as it was said last.
 *
 * @param says - what is read of the page.
 */
export function partOfPage(page: unknown, says: ModelPage, { page: before }: KeptModel): KeptModel['page'] {
  const { base_price_usd, price_unit, input_schema } = before ?? {};
  return {
    ...pageSchema.safeParse(page).data,
    ...(says.priceUsd === undefined && base_price_usd !== undefined && { base_price_usd, price_unit }),
    ...(says.schema === undefined && input_schema !== undefined && { input_schema }),
  };
}

/**
 * After a page of the model. Where submits say that the model is gone and its page does not, the first of them was a slip; the next
 * is believed for a minute, then one for two, and so on, up to an hour.
 */
export function afterPage(kept: KeptModel, page: KeptModel['page'], now: number): KeptModel {
  const { goneSince, refusals, refusedAt = 0 } = kept;
  const disputed = refusals < 2 ? 0 : Math.min(HOUR, MINUTE * 2 ** (refusals - 2));
  const stays = goneSince !== undefined && now - refusedAt < disputed;
  return { version: 1, at: kept.at, page, refusals, refusedAt, ...(stays && { goneSince }) };
}

/** After the catalogue's word that there is no such model: twice, a minute apart, it is believed. */
export function afterMissingPage(kept: KeptModel, now: number): KeptModel {
  const { missedSince = now, goneSince } = kept;
  const gone = goneSince ?? (now - missedSince >= MINUTE ? now : undefined);
  return { ...kept, missedSince, refusals: 0, ...(gone !== undefined && { goneSince: gone }) };
}

/** After a submit that was answered that there is no such model. Several at once are one word of it. */
export function afterRefusal(kept: KeptModel, now: number): KeptModel {
  if (kept.goneSince !== undefined) return { ...kept, refusedAt: now };
  return { ...kept, goneSince: now, refusals: kept.refusals + 1, refusedAt: now };
}

/** After a submit that the model took. */
export function afterTaken({ version, at, page }: KeptModel): KeptModel {
  return { version, at, ...(page && { page }), refusals: 0 };
}

/** Whether its page is worth a look every minute. */
export function isWatched({ missedSince, goneSince }: KeptModel): boolean {
  return missedSince !== undefined || goneSince !== undefined;
}

/** Whether a request may try a model that is gone, and whose page says nothing: once an hour. */
export function isToBeTried({ goneSince, refusedAt = 0 }: KeptModel, now: number): boolean {
  return goneSince !== undefined && now - Math.max(goneSince, refusedAt) >= HOUR;
}
