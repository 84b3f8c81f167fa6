/** The rules by which a model's fields are known from their names, and what its schema says of them. Pure. */
import type {
  NumberField,
  Profile,
  Quality,
  QualityField,
  ReferenceField,
  SchemaPart,
  SeedField,
  SizeField,
} from './profile.ts';
import { REFERENCE_LIMITS } from './profiles/references.ts';
import { fieldOf, type InputSchema, type SchemaField } from './schema.ts';
import { findSize, sizeChoice } from './sizes.ts';

/** Most pictures a request that are asked for, whatever a schema allows: the most of any model that was seen. */
const NUMBER_MAX = 15;

/** Seeds are offered up to here: signed 32-bit integers, which every model seen takes. */
const SEED_MAX = 2_147_483_647;

/** Characters that a field must have room for to take an address: a signed one of Discord's has some 180 and the file's name. */
const ADDRESS_ROOM = 300;

const TEXT = ['text', 'prompt'];
const SIZES = ['image_size', 'size', 'resolution', 'aspect_ratio'];
const REFERENCES = ['images', 'image_urls', 'image'];
const QUALITY = 'optimize_prompt_options';

function isWhole({ type }: SchemaField): boolean {
  return type === 'integer' || type === 'number' || type === undefined;
}

/** The field that takes the prompt. */
export function findText(schema: InputSchema): string | undefined {
  return TEXT.find((name) => fieldOf(schema, name) !== undefined);
}

/** Whether a field takes what a picture is made of. */
export function isContent(name: string): boolean {
  return [...TEXT, ...REFERENCES].includes(name);
}

/** The largest number up to which each from 1 on can be asked for; 0 where not even 1 can. */
export function numberMax(field: SchemaField): number {
  const { enum: choices, minimum = 1, maximum = NUMBER_MAX } = field;
  const takes = (number: number) =>
    isWhole(field) && number >= minimum && number <= maximum && (choices?.includes(number) ?? true);
  let max = 0;
  while (max < NUMBER_MAX && takes(max + 1)) max += 1;
  return max;
}

function findNumber(schema: InputSchema): NumberField | undefined {
  for (const [field, says] of Object.entries(schema.properties)) {
    const max = /(^|_)options$|^num_images$|^max_images$/.test(field) && says.type !== 'string' ? numberMax(says) : 0;
    if (max > 0) return { field, max };
  }
  return undefined;
}

/**
 * The sizes that a field offers.
 *
 * @param wanted - the default, if it is still offered or another one of its ratio is; else the model's own, or the first.
 */
export function sizesOf(field: string, says: SchemaField, wanted?: string): SizeField | undefined {
  const choices = says.enum?.filter((value) => typeof value === 'string').map(sizeChoice);
  const [first] = choices ?? [];
  if (choices === undefined || first === undefined) return undefined;
  const same = choices.find(({ value }) => value === wanted);
  const own = choices.find(({ value }) => value === says.default);
  const alike = wanted === undefined ? undefined : findSize({ choices }, wanted);
  return { field, choices, default: (same ?? alike ?? own ?? first).value };
}

/** The aspect ratio of jobs where none is chosen; a model that must have references goes by its own default, as they have one. */
const RATIO_DEFAULT = '16:9';

/** A field whose values have aspect ratios goes before one with classes such as `2K`. */
function findSizes(schema: InputSchema, wanted: string | undefined): SizeField | undefined {
  const found = SIZES.flatMap((name) => {
    const says = fieldOf(schema, name);
    return (says && sizesOf(name, says, wanted)) ?? [];
  });
  return found.find(({ choices }) => choices.some(({ ratio }) => ratio !== undefined)) ?? found[0];
}

export function seedOf(field: string, says: SchemaField | undefined, max = SEED_MAX): SeedField | undefined {
  if (says === undefined || !isWhole(says) || says.enum !== undefined) return undefined;
  return (says.minimum ?? 0) > 0 ? undefined : { field, max: Math.min(max, says.maximum ?? max) };
}

export function qualitiesOf(
  field: string,
  says: SchemaField | undefined,
  wanted: Quality = 'fast',
): QualityField | undefined {
  const choices = (['fast', 'standard'] as const).filter((quality) => says?.enum?.includes(quality));
  const fallback = choices.includes(wanted) ? wanted : choices[0];
  return fallback && { field, choices, default: fallback };
}

/** The references that a field takes; what it does not say is as in `limits`. */
export function referencesOf(
  field: string,
  says: SchemaField,
  { required, limits = REFERENCE_LIMITS }: { required: boolean; limits?: Omit<ReferenceField, 'field'> },
): ReferenceField | undefined {
  const list = says.type === 'array';
  const takesAddress = list || (says.type === 'string' && (says.maxLength ?? Infinity) >= ADDRESS_ROOM);
  if (!takesAddress || says.enum !== undefined) return undefined;
  const rule = (name: string) => says.validations?.find((each) => each?.validation_rule === name)?.validation_value;
  const megabytes = rule('file_size_mb<');
  return {
    ...limits,
    field,
    list,
    min: required ? Math.max(1, list ? (says.minItems ?? 1) : 1) : 0,
    max: list ? (says.maxItems ?? limits.max) : 1,
    maxBytes: megabytes === undefined ? limits.maxBytes : megabytes * 1000 * 1000,
    maxRatio: rule('width/height<') ?? limits.maxRatio,
  };
}

function findReferences(schema: InputSchema): ReferenceField | undefined {
  for (const name of REFERENCES) {
    const says = fieldOf(schema, name);
    const found = says && referencesOf(name, says, { required: schema.required.includes(name) });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The parts of a profile that were never seen, as the rules find them in the live schema. */
export function findParts(schema: InputSchema, parts: readonly SchemaPart[]): Pick<Profile, SchemaPart> {
  const wanted = schema.required.some((name) => REFERENCES.includes(name)) ? undefined : RATIO_DEFAULT;
  const found: Required<Pick<Profile, SchemaPart>> = {
    number: findNumber(schema),
    size: findSizes(schema, wanted),
    seed: seedOf('seed', fieldOf(schema, 'seed')),
    quality: qualitiesOf(QUALITY, fieldOf(schema, QUALITY)),
    references: findReferences(schema),
  };
  return Object.fromEntries(parts.map((part) => [part, found[part]]));
}
