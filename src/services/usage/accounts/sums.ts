/** Lines of the book, summed. Pure. */
import { z } from 'zod';
import type { Line } from './line.ts';

/** What requests came to together. Money in millionths of a US dollar. */
const amountsSchema = z.object({
  /** Pictures that count, those of unknown fate among them. */
  pictures: z.int(),
  /** Pictures that were reserved and cost nothing. */
  freed: z.int(),
  /** What `pictures` cost by the prices that were known. */
  estimated: z.int(),
  /** What RunComfy says it billed. */
  billed: z.int(),
  /** Of `estimated`, what is of pictures that were made and of which RunComfy did not say what it billed. */
  untold: z.int(),
  /** Of `estimated`, what is of requests of unknown fate: billed or not. */
  unknown: z.int(),
});
export type Amounts = z.infer<typeof amountsSchema>;

/** A request of unknown fate, to be claimed or written off. */
const claimSchema = z.object({
  jobId: z.string(),
  guildId: z.string(),
  model: z.string(),
  images: z.int(),
  /** Millionths of a US dollar. */
  estimated: z.int(),
  /** RunComfy's id, where it told one. */
  requestId: z.string().optional(),
  /** When it was submitted, as far as is known (milliseconds since the epoch). */
  at: z.number(),
});
export type Claim = z.infer<typeof claimSchema>;

const shareSchema = amountsSchema.extend({
  guildId: z.string(),
  /** Left out for members whose names are not kept. */
  userId: z.string().optional(),
  model: z.string(),
});
/** What one member of a guild had of one model. */
export type Share = z.infer<typeof shareSchema>;

export const accountSchema = z.object({
  version: z.literal(1),
  shares: z.array(shareSchema),
  claims: z.array(claimSchema),
});
/** A month's account. */
export type Account = z.infer<typeof accountSchema>;

export const NOTHING: Amounts = { pictures: 0, freed: 0, estimated: 0, billed: 0, untold: 0, unknown: 0 };

/** The amounts of several together. */
export function sumOf(all: Iterable<Amounts>): Amounts {
  const sum = { ...NOTHING };
  for (const each of all) {
    for (const name of Object.keys(sum) as (keyof Amounts)[]) sum[name] += each[name];
  }
  return sum;
}

function amountsOf({ requests }: Line): Amounts {
  return sumOf(
    requests.map(({ images, fate, estimated, billed }) => {
      const counts = fate !== 'freed';
      return {
        pictures: counts ? images : 0,
        freed: counts ? 0 : images,
        estimated: counts ? estimated : 0,
        billed: billed ?? 0,
        untold: fate === 'counted' && billed === undefined ? estimated : 0,
        unknown: fate === 'unknown' ? estimated : 0,
      };
    }),
  );
}

function claimsOf(jobId: string, { guildId, model, requests }: Line): Claim[] {
  return requests
    .filter(({ fate }) => fate === 'unknown')
    .map(({ images, estimated, requestId, at }) => ({
      jobId,
      guildId,
      model,
      images,
      estimated,
      ...(requestId !== undefined && { requestId }),
      at,
    }));
}

/** Sums lines as they come. */
export interface Adder {
  /** @param names - whether its member is told apart. */
  add(jobId: string, line: Line, names: boolean): void;
  account(): Account;
}

export function createAdder(): Adder {
  const shares = new Map<string, Share>();
  const claims: Claim[] = [];
  return {
    add(jobId, line, names) {
      const { guildId, model } = line;
      const userId = names ? line.userId : undefined;
      const key = [guildId, userId ?? '', model].join(' ');
      const before = shares.get(key) ?? { ...NOTHING, guildId, ...(userId !== undefined && { userId }), model };
      shares.set(key, { ...before, ...sumOf([before, amountsOf(line)]) });
      claims.push(...claimsOf(jobId, line));
    },
    account: () => ({
      version: 1,
      shares: [...shares.values()],
      claims: claims.toSorted((one, other) => one.at - other.at),
    }),
  };
}

/** Shares by something of theirs, the one with most pictures first. */
export function sumsBy<Key>(shares: readonly Share[], keyOf: (share: Share) => Key): (Amounts & { key: Key })[] {
  return [...Map.groupBy(shares, keyOf)]
    .map(([key, own]) => ({ key, ...sumOf(own) }))
    .sort((one, other) => other.pictures - one.pictures || other.freed - one.freed);
}
