/** A submit's body, built from what a job asks for by what is known of its model. Pure. */
import { findSize } from './sizes.ts';
import type { FieldValue, Profile, Quality, SeedField } from './profile.ts';

/** What is asked of a model, in the bot's own words. */
export interface PictureRequest {
  text: string;
  /** How many pictures. */
  count: number;
  /** A size of the model's own, or another model's, which is taken by its aspect ratio. */
  size: string;
  seed: number;
  quality: Quality;
  /** Addresses of the pictures to start from. */
  references?: readonly string[] | undefined;
}

/** What is sent, by the model's own fields. */
export type Body = Readonly<Record<string, FieldValue>>;

/**
 * The body of a request. What the model has no field for is left out; a size that it does not have stands as it is, for the
 * check against the schema to refuse.
 */
export function buildBody(profile: Profile, request: PictureRequest): Body {
  const { text, number, size, seed, quality, references, fixed } = profile;
  const given = request.references ?? [];
  return {
    [text.field]: request.text,
    ...(number && { [number.field]: request.count }),
    ...(size && { [size.field]: findSize(size, request.size)?.value ?? request.size }),
    ...(seed && { [seed.field]: request.seed }),
    ...(quality && { [quality.field]: qualityOf(quality, request.quality) }),
    ...(references && given.length > 0 && { [references.field]: references.list ? given : (given[0] ?? '') }),
    ...fixed,
  };
}

/**
 * The seed of one of a job's requests, so that pictures that are made one by one differ, and the set can be made again by the
 * seed of its first: each has the seed after the one before it, and 0 comes after the largest.
 *
 * @param first - the job's seed.
 * @param number - which request of the job it is, from 1.
 */
export function seedOfRequest(first: number, number: number, { max }: Pick<SeedField, 'max'>): number {
  return (first + number - 1) % (max + 1);
}

/** A request as the bot makes them where nothing is chosen: what a model's schema is tried with. */
export function exampleRequest({ text, size, quality, references }: Profile): PictureRequest {
  const pictures = Array.from({ length: references?.min ?? 0 }, (_, index) => `${EXAMPLE_PICTURE}${index + 1}.png`);
  return {
    text: text.namesNumber ? 'Generate 1 image: a lighthouse at night' : 'a lighthouse at night',
    count: 1,
    size: size?.default ?? '',
    seed: 1,
    quality: quality?.default ?? 'fast',
    references: pictures,
  };
}

const EXAMPLE_PICTURE = 'https://cdn.discordapp.com/attachments/1/1/';

/** A quality that a model does not have is not worth refusing a job for. */
function qualityOf({ choices, default: fallback }: NonNullable<Profile['quality']>, asked: Quality): Quality {
  return choices.includes(asked) ? asked : fallback;
}
