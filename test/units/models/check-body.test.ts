/** A body is checked by its model's schema as a validator of JSON Schema does it: whatever the schema, whatever the body. */
import { Ajv, type ErrorObject } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Body } from '../../../src/services/models/body.ts';
import { createBodyCheck, type BodyProblem } from '../../../src/services/models/check-body.ts';
import { normaliseSchema, type InputSchema } from '../../../src/services/models/schema.ts';

const FIELDS = ['prompt', 'size', 'a/b~c', '', '__proto__', 'constructor'];

const size = fc.integer({ min: 0, max: 4 });
const number = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constantFrom(0.1, 0.3, 1.5, 2.5));
const text = fc.oneof(
  fc.constantFrom('', '1:1', 'fast', '😀😀', '\uD800', 'é'),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const value = fc.oneof(
  text,
  number,
  fc.boolean(),
  fc.constant(null),
  fc.array(text, { maxLength: 6 }),
  fc.constant({ nested: 1 }),
);

const field = fc.record(
  {
    type: fc.constantFrom('string', 'integer', 'float', 'boolean', 'array', 'object', 'image_uri'),
    enum: fc.array(fc.oneof(text, number, fc.boolean()), { maxLength: 3 }),
    minLength: size,
    maxLength: size,
    minimum: number,
    maximum: number,
    exclusiveMinimum: number,
    exclusiveMaximum: number,
    multipleOf: fc.constantFrom(0.1, 0.5, 1, 2, 3),
    pattern: fc.constantFrom('^\\d+:\\d+$', '^.{2}$', ''),
    minItems: size,
    maxItems: size,
  },
  { requiredKeys: [] },
);
const entries = <T>(each: fc.Arbitrary<T>) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...FIELDS), each), { selector: ([name]) => name, maxLength: 4 })
    .map((named): Record<string, T> => Object.fromEntries(named));
const published = fc.record({
  properties: entries(field),
  required: fc.array(fc.constantFrom(...FIELDS), { maxLength: 2 }),
});

/** What Ajv has against a body. */
function problemsByAjv(schema: InputSchema, body: Body): BodyProblem[] {
  const ajv = new Ajv({ strict: false, validateSchema: false, ownProperties: true, allErrors: true, logger: false });
  const validate = ajv.compile(schema);
  return validate(body) ? [] : (validate.errors ?? []).map(problemOf);
}

function problemOf({ keyword, params, instancePath, message = '' }: ErrorObject): BodyProblem {
  if (keyword === 'required') return { field: String(params['missingProperty']), sentence: 'is missing' };
  if (keyword === 'additionalProperties') {
    return { field: String(params['additionalProperty']), sentence: 'is none of its fields' };
  }
  return { field: instancePath.slice(1).replaceAll('~1', '/').replaceAll('~0', '~'), sentence: message };
}

const inOrder = (problems: BodyProblem[]) => problems.map(({ field: name, sentence }) => `${name}: ${sentence}`).sort();

test('what is against a body is what Ajv has against it, in the same words', () => {
  const said = new Set<string>();
  let taken = 0;
  fc.assert(
    fc.property(published, entries(value), (input, body) => {
      const schema = normaliseSchema(input);
      if (schema === undefined) return;
      const found = createBodyCheck(schema)(body);
      expect([schema, body, inOrder(found)]).toEqual([schema, body, inOrder(problemsByAjv(schema, body))]);
      taken += Number(found.length === 0);
      for (const { sentence } of found) said.add(sentence.replaceAll(/[-\d.]+|".*"|be \w+$/g, ''));
    }),
    { numRuns: 1500 },
  );
  // Each of its words was met, and so were bodies that are taken.
  expect(said.size).toBeGreaterThanOrEqual(13);
  expect(taken).toBeGreaterThan(50);
});
