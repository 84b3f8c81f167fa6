/**
 * Whether a model takes a body, by its schema. A schema made clean says the few things below and nothing else, so no validator of
 * JSON Schema is needed: loading one and compiling a schema by it would be a tenth of each start. A test holds this to Ajv. Pure.
 */
import type { Body } from './body.ts';
import type { FieldValue } from './profile.ts';
import { fieldOf, isOfType, type InputSchema, type SchemaField } from './schema.ts';

/** What a schema has against a body. */
export interface BodyProblem {
  /** The model's field. */
  field: string;
  /** In English: "must be equal to one of the allowed values". */
  sentence: string;
}

/** What a schema has against bodies: nothing, for one that its model takes. */
export function createBodyCheck(schema: InputSchema): (body: Body) => BodyProblem[] {
  return (body) => [
    ...schema.required
      .filter((field) => !Object.hasOwn(body, field))
      .map((field) => ({ field, sentence: 'is missing' })),
    ...Object.entries(body).flatMap(([field, value]) => {
      const taken = fieldOf(schema, field);
      const sentences = taken === undefined ? ['is none of its fields'] : againstValue(value, taken);
      return sentences.map((sentence) => ({ field, sentence }));
    }),
  ];
}

/** What a field has against a value. As in JSON Schema, a limit for one type says nothing of values of another. */
function againstValue(value: FieldValue, field: SchemaField): string[] {
  const { type, enum: choices } = field;
  return [
    ...(type === undefined || isOfType(value, type) ? [] : [`must be ${type}`]),
    ...(choices?.every((choice) => choice !== value) ? ['must be equal to one of the allowed values'] : []),
    ...(typeof value === 'number' ? againstNumber(value, field) : []),
    ...(typeof value === 'string' ? againstString(value, field) : []),
    ...(Array.isArray(value)
      ? againstLength(value.length, { least: field.minItems, most: field.maxItems }, 'items')
      : []),
  ];
}

function againstNumber(
  value: number,
  { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: SchemaField,
): string[] {
  return [
    ...(minimum !== undefined && value < minimum ? [`must be >= ${minimum}`] : []),
    ...(maximum !== undefined && value > maximum ? [`must be <= ${maximum}`] : []),
    ...(exclusiveMinimum !== undefined && value <= exclusiveMinimum ? [`must be > ${exclusiveMinimum}`] : []),
    ...(exclusiveMaximum !== undefined && value >= exclusiveMaximum ? [`must be < ${exclusiveMaximum}`] : []),
    ...(multipleOf !== undefined && !Number.isInteger(value / multipleOf) ? [`must be multiple of ${multipleOf}`] : []),
  ];
}

function againstString(value: string, { minLength, maxLength, pattern }: SchemaField): string[] {
  // JSON Schema counts code points.
  const { length } = Array.from(value);
  return [
    ...againstLength(length, { least: minLength, most: maxLength }, 'characters'),
    ...(pattern !== undefined && !new RegExp(pattern, 'u').test(value) ? [`must match pattern "${pattern}"`] : []),
  ];
}

function againstLength(
  length: number,
  { least = 0, most = Infinity }: { least: number | undefined; most: number | undefined },
  counted: 'characters' | 'items',
): string[] {
  return [
    ...(length < least ? [`must NOT have fewer than ${least} ${counted}`] : []),
    ...(length > most ? [`must NOT have more than ${most} ${counted}`] : []),
  ];
}
