/** Whether pictures can be given to a model to start from, by what Discord says of them: nothing of them is downloaded. Pure. */
import type { Profile } from '../models/models.ts';
import { holds, type IsDiscords } from './addresses.ts';
import type { Reference } from './reference.ts';

/** Why a picture cannot be given; `number` is its place among those given, from 1. */
export type ReferenceProblem =
  | { reason: 'too_many'; given: number; max: number }
  | { reason: 'too_few'; min: number }
  /** It is neither of the formats that the model takes. */
  | { reason: 'format'; number: number }
  /** In megabytes. */
  | { reason: 'too_heavy'; number: number; max: number }
  | { reason: 'too_many_pixels'; number: number; max: number }
  /** Neither side may be more than `max` times the other. */
  | { reason: 'ratio'; number: number; max: number }
  /** Its address is not Discord's. */
  | { reason: 'elsewhere'; number: number }
  /** Its address holds no longer, and there is no fresh one to be had. */
  | { reason: 'expired'; number: number };

type Rules = NonNullable<Profile['references']>;

const FORMATS: Readonly<Record<string, Rules['formats'][number]>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/jpg': 'jpeg',
  'image/webp': 'webp',
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.webp': 'webp',
};

/** What ends a file's name. */
const EXTENSION = /\.[a-z0-9]+$/i;

/** What keeps pictures from being given to a model; `undefined` where nothing does that Discord tells of. */
export function checkReferences(
  references: readonly Reference[],
  rules: Rules,
  { isDiscords, now }: { isDiscords: IsDiscords; now: number },
): ReferenceProblem | undefined {
  if (references.length > rules.max) return { reason: 'too_many', given: references.length, max: rules.max };
  if (references.length < rules.min) return { reason: 'too_few', min: rules.min };
  for (const [index, reference] of references.entries()) {
    const number = index + 1;
    if (!isDiscords(reference.url)) return { reason: 'elsewhere', number };
    const problem = checkFile(reference, rules, number);
    if (problem !== undefined) return problem;
    if (reference.place === undefined && !holds(reference.url, now)) return { reason: 'expired', number };
  }
  return undefined;
}

function checkFile(
  { url, type, bytes = 0, width = 0, height = 0 }: Reference,
  { formats, maxBytes, maxMegapixels, maxRatio }: Rules,
  number: number,
): ReferenceProblem | undefined {
  const format = formatOf(url, type);
  // A file of an unknown kind that has a width is one that Discord could read: RunComfy may judge it.
  const isReadable = format === undefined ? type === undefined && width > 0 : formats.includes(format);
  if (!isReadable) return { reason: 'format', number };
  if (bytes > maxBytes) return { reason: 'too_heavy', number, max: Math.floor(maxBytes / 1_000_000) };
  if (width * height > maxMegapixels * 1_000_000) return { reason: 'too_many_pixels', number, max: maxMegapixels };
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  if (shorter > 0 && longer > maxRatio * shorter) return { reason: 'ratio', number, max: maxRatio };
  return undefined;
}

/** The format that a type says, or where there is none the file's name; `undefined` where they say none that is known. */
function formatOf(url: string, type: string | undefined): Rules['formats'][number] | undefined {
  const [said] = (type ?? EXTENSION.exec(URL.parse(url)?.pathname ?? '')?.[0] ?? '').toLowerCase().split(';');
  return FORMATS[said?.trim() ?? ''];
}
