/** A profile as its model's live schema has it: what is still offered, and where the model can no longer be asked. Pure. */
import { buildBody, exampleRequest, type Body } from './body.ts';
import { createBodyCheck, type BodyProblem } from './check-body.ts';
import type { FieldValue, Profile } from './profile.ts';
import { findParts, isContent, numberMax, qualitiesOf, referencesOf, seedOf, sizesOf } from './rules.ts';
import { fieldOf, type InputSchema, type SchemaField } from './schema.ts';

/** Why nothing can be asked of a model any more, by the name of its field. */
export interface SchemaProblem {
  field: string;
  why:
    /** The profile sends this field, and the model has it no more. */
    | 'gone'
    /** The model requires this field, and nothing fills it. */
    | 'required'
    /** What the bot sends in this field is taken no more. */
    | 'refused';
  /** In English, what the schema has against it. */
  sentence?: string | undefined;
}

export interface Fitted {
  profile: Profile;
  /** Empty where the model can be asked. */
  problems: SchemaProblem[];
  /** What the schema has against a body: nothing, for one that the model takes. */
  check: (body: Body) => BodyProblem[];
}

/**
 * A profile with what the live schema says: its choices, lengths and numbers, and the parts that were never seen. A part that
 * a job can do without (seed, quality, a fixed field) is left out where the model has it no more.
 */
export function fitProfile(written: Profile, schema: InputSchema): Fitted {
  const problems: SchemaProblem[] = [];
  const says = (name: string) => fieldOf(schema, name);
  const { id, name, imagesPerJob, editing, fallbackPriceUsd, unseen } = written;

  /** What the schema makes of a part that no job can do without. */
  function keep<T extends { field: string }>(
    part: T | undefined,
    fit: (part: T, field: SchemaField) => T | undefined,
  ): T | undefined {
    if (part === undefined) return undefined;
    const field = says(part.field);
    const fitted = field && fit(part, field);
    if (fitted === undefined) problems.push({ field: part.field, why: field === undefined ? 'gone' : 'refused' });
    return fitted ?? part;
  }

  const { text, number, size, seed, quality, references } = written;
  const parts = {
    number: keep(number, ({ field }, live) => (numberMax(live) > 0 ? { field, max: numberMax(live) } : undefined)),
    size: keep(size, (part, live) => (live.enum ? sizesOf(part.field, live, part.default) : part)),
    seed: seed && seedOf(seed.field, says(seed.field), seed.max),
    quality: quality && qualitiesOf(quality.field, says(quality.field), quality.default),
    references: keep(references, (part, live) => {
      const required = part.min > 0 || schema.required.includes(part.field);
      return referencesOf(part.field, live, { required, limits: part });
    }),
    ...findParts(schema, unseen),
  };
  const profile: Profile = {
    id,
    name,
    imagesPerJob,
    editing,
    fallbackPriceUsd,
    ...parts,
    text: keep(text, (part, { maxLength = part.maxCharacters }) => ({ ...part, maxCharacters: maxLength })) ?? text,
    fixed: keepFixed({ ...written.fixed, ...written.fixedWhereOffered }, schema),
    unseen: [],
  };
  const filled = fillRequired(profile, schema, problems);
  const check = createBodyCheck(schema);
  const found = check(buildBody(filled, exampleRequest(filled)));
  return { profile: filled, problems: [...problems, ...beside(problems, found)], check };
}

/** Fixed fields that the model still has, and takes the value of. */
function keepFixed(fixed: Profile['fixed'], schema: InputSchema): Profile['fixed'] {
  return Object.fromEntries(
    Object.entries(fixed).filter(([name, value]) => {
      const field = fieldOf(schema, name);
      return field !== undefined && (field.enum?.some((choice) => choice === value) ?? true);
    }),
  );
}

/** Sends what the model requires beside the bot's own fields, where its schema says what: a default, or the only choice. */
function fillRequired(profile: Profile, schema: InputSchema, problems: SchemaProblem[]): Profile {
  const sent = buildBody(profile, exampleRequest(profile));
  const added: Record<string, FieldValue> = {};
  for (const name of schema.required.filter((each) => !Object.hasOwn(sent, each))) {
    const value = isContent(name) ? undefined : settingIn(fieldOf(schema, name));
    if (value === undefined) problems.push({ field: name, why: 'required' });
    else added[name] = value;
  }
  return { ...profile, fixed: { ...profile.fixed, ...added } };
}

/** The value of a setting that nobody chooses. Lists and addresses are content: pages have examples as their defaults. */
function settingIn({ default: fallback, enum: choices = [] }: SchemaField = {}): string | number | boolean | undefined {
  const value = fallback ?? (choices.length === 1 ? choices[0] : undefined);
  if (typeof value === 'string') return /^\w+:\/\//.test(value) ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

/** What a schema has against a request as the bot makes them, beside what is known already: one problem a field. */
function beside(known: SchemaProblem[], found: BodyProblem[]): SchemaProblem[] {
  const others = found.filter(({ field }) => !known.some((problem) => problem.field === field));
  const first = new Map(others.map(({ field, sentence }) => [field, sentence] as const).toReversed());
  return [...first].map(([field, sentence]) => ({ field, why: 'refused', sentence }));
}
