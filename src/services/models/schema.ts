/**
 * A model's `input_schema`, made clean JSON Schema. Published ones are not: they know a type `float`, defaults that their type
 * does not allow, formats of the vendor's own, and require fields that they do not have. Pure.
 */
import { z } from 'zod';

const TYPES: Readonly<Record<string, FieldType>> = {
  string: 'string',
  str: 'string',
  integer: 'integer',
  int: 'integer',
  number: 'number',
  float: 'number',
  double: 'number',
  boolean: 'boolean',
  bool: 'boolean',
  array: 'array',
  object: 'object',
};
type FieldType = 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';

/** A keyword that makes no sense says nothing. */
const keyword = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const size = z.int().min(0);

const fieldSchema = z.object({
  type: z
    .union([z.string(), z.array(z.string())])
    .transform((type) => (Array.isArray(type) ? type : [type]).map((name) => TYPES[name]).find(Boolean))
    .optional()
    .catch(undefined),
  enum: keyword(
    z
      .array(z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .transform((values) => values.filter((value) => value !== null))
      .refine((values) => values.length > 0),
  ),
  default: z.json().optional().catch(undefined),
  minLength: keyword(size),
  maxLength: keyword(size),
  minimum: keyword(z.number()),
  maximum: keyword(z.number()),
  exclusiveMinimum: keyword(z.number()),
  exclusiveMaximum: keyword(z.number()),
  multipleOf: keyword(z.number().positive()),
  pattern: keyword(z.string().refine(isPattern)),
  minItems: keyword(size),
  maxItems: keyword(size),
  /** The vendor's own rules for pictures. */
  validations: keyword(
    z.array(z.object({ validation_rule: z.string(), validation_value: z.number() }).optional().catch(undefined)),
  ),
});

/** What a field takes. Without a type it takes anything. */
export type SchemaField = z.infer<typeof fieldSchema>;

export interface InputSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, SchemaField>>;
  /** Each is one of the properties. */
  readonly required: readonly string[];
  /** What a model has no field for is not sent to it. */
  readonly additionalProperties: false;
}

const inputSchema = z.object({
  properties: z.record(z.string(), z.unknown()),
  required: z.array(z.unknown()).catch([]),
});

/** A published schema made clean; `undefined` where it names no fields, and so says nothing. */
export function normaliseSchema(published: unknown): InputSchema | undefined {
  const read = inputSchema.safeParse(published).data;
  if (read === undefined) return undefined;
  const names = Object.keys(read.properties);
  if (names.length === 0) return undefined;
  const properties = Object.fromEntries(
    Object.entries(read.properties).map(([name, field]) => [name, normaliseField(field)]),
  );
  const required = names.filter((name) => read.required.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

function normaliseField(published: unknown): SchemaField {
  const { type, enum: choices, default: fallback, ...rest } = fieldSchema.safeParse(published).data ?? {};
  const fits = (value: unknown) => type === undefined || typeOf(value, type);
  // Choices are what the model takes, whatever stands beside them; those of another type only where there is none of its own.
  const own = choices?.filter(fits) ?? [];
  const taken = own.length > 0 ? own : choices;
  const isDefault =
    fallback !== undefined && fallback !== null && (taken?.some((value) => value === fallback) ?? fits(fallback));
  const limits = taken === undefined ? { type, ...rest } : { type: own.length > 0 ? type : undefined, enum: taken };
  const all = { ...limits, ...(isDefault && { default: fallback }) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function typeOf(value: unknown, type: FieldType): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && !Array.isArray(value);
  }
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** A field by its name; `undefined` where the model has none. */
export function fieldOf({ properties }: InputSchema, name: string): SchemaField | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}
