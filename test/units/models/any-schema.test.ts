/** Whatever schema the catalogue publishes: nothing breaks by it, and what is offered to members is taken. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildBody, exampleRequest } from '../../../src/services/models/body.ts';
import { knowModel, parseModel } from '../../../src/services/models/models.ts';
import { normaliseSchema } from '../../../src/services/models/schema.ts';
import type { Profile } from '../../../src/services/models/profile.ts';
import { PROFILES } from '../../../src/services/models/profiles/profiles.ts';
import { seedreamSchema, type Published } from './published.ts';

const FIELDS = [
  ...Object.keys(seedreamSchema().properties),
  ...['prompt', 'num_images', 'max_images', 'size', 'resolution', 'aspect_ratio', 'image', 'images', 'image_urls'],
  ...['guidance', 'options', '__proto__', 'constructor', 'a/b~c', ''],
];

const choice = fc.oneof(
  fc.constantFrom('fast', 'standard', 'auto', '1K', '2K', '16:9', '1:1', '2560:1440 (16:9)', '1024x1024', 'square'),
  fc.integer({ min: 0, max: 16 }),
  fc.constant(null),
);
const type = fc.constantFrom('string', 'integer', 'float', 'number', 'boolean', 'array', 'object', 'image_uri', 'int');

/** A field as it could be published: mostly sense, some nonsense. */
const field = fc.oneof(
  fc.record(
    {
      type: fc.oneof(type, fc.constant(['string', 'null'])),
      enum: fc.array(choice, { maxLength: 16 }),
      default: fc.oneof(choice, fc.jsonValue({ maxDepth: 1 })),
      maxLength: fc.oneof(fc.integer({ min: -1, max: 700 }), fc.constant('600')),
      minLength: fc.integer({ min: -1, max: 3 }),
      minimum: fc.integer({ min: -1, max: 3 }),
      maximum: fc.integer({ min: 0, max: 20 }),
      minItems: fc.integer({ min: 0, max: 3 }),
      maxItems: fc.integer({ min: 3, max: 20 }),
      pattern: fc.constantFrom('(', ''),
      format: fc.constantFrom('image_uri', 'uri'),
    },
    { requiredKeys: [] },
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
/** One that changes a few fields of the default model's, or has others. */
const published = fc.record({
  required: fc.array(fc.constantFrom(...FIELDS, 'nowhere'), { maxLength: 2 }),
  properties: fc
    .uniqueArray(fc.tuple(fc.constantFrom(...FIELDS), field), { selector: ([name]) => name, maxLength: 6 })
    .chain((fields) =>
      fc
        .constantFrom<Published['properties']>({ prompt: { type: 'string' } }, seedreamSchema().properties)
        .map((base): Record<string, unknown> => ({ ...base, ...Object.fromEntries(fields) })),
    ),
});
const id = fc.constantFrom('somebody/else', ...PROFILES.map((profile) => profile.id));

/** One request for each choice that members have, the others as they are without one. */
function everyRequest(profile: Profile) {
  const example = exampleRequest(profile);
  const pictures = (count: number) =>
    Array.from({ length: count }, (_, index) => `https://cdn.discordapp.com/${index}.png`);
  const { number, size, seed, quality, references } = profile;
  return [
    example,
    ...Array.from({ length: number?.max ?? 0 }, (_, index) => ({ ...example, count: index + 1 })),
    ...(size?.choices ?? []).map(({ value }) => ({ ...example, size: value })),
    ...(seed ? [0, seed.max].map((value) => ({ ...example, seed: value })) : []),
    ...(quality?.choices ?? []).map((value) => ({ ...example, quality: value })),
    ...(references
      ? [references.min, references.max].map((count) => ({ ...example, references: pictures(count) }))
      : []),
  ];
}

test('what is offered is taken, where the model can be asked at all', () => {
  let asked = 0;
  fc.assert(
    fc.property(id, published, (model, input_schema) => {
      const page = parseModel({ model_id: model, input_schema }, model);
      const known = knowModel(model, page);
      if (known === undefined || page?.schema === undefined || known.problems.length > 0) return;
      asked += 1;
      for (const request of everyRequest(known.profile)) {
        const body = buildBody(known.profile, request);
        expect([body, known.check(body)]).toEqual([body, []]);
      }
    }),
    { numRuns: 400 },
  );
  expect(asked).toBeGreaterThan(25);
});

test('no page breaks anything', () => {
  fc.assert(
    fc.property(id, fc.oneof(fc.jsonValue(), fc.record({ input_schema: fc.jsonValue() })), (model, answer) => {
      expect(() => knowModel(model, parseModel(answer, model))).not.toThrow();
    }),
    { numRuns: 500 },
  );
});

test('a schema made clean is clean already', () => {
  fc.assert(
    fc.property(published, (schema) => {
      const clean = normaliseSchema(schema);
      if (clean !== undefined) expect(normaliseSchema(clean)).toEqual(clean);
    }),
    { numRuns: 300 },
  );
});
