/** What `/seedream` offers of its models: what the live schemas have, within what Discord takes. */
import { expect, test } from 'vitest';
import { readChoice } from '../../../src/commands/interactions/choices.ts';
import { modelChoices, seedreamDefinition } from '../../../src/commands/seedream-definition.ts';
import { LOCALES } from '../../../src/languages/languages.ts';
import { knowModel, parseModel, type Offer } from '../../../src/services/models/models.ts';
import { createWrittenModels } from '../../support/written-models.ts';

const FIRST = 'bytedance/seedream-4-0/sequential';
const PRO = 'bytedance/seedream-5.0-pro/text-to-image';
const LITE = 'bytedance/seedream-5/lite/text-to-image';

const written = (...ids: string[]): readonly Offer[] => createWrittenModels(ids).offered();

/** A model as its page has it. */
function live(id: string, properties: object, priceUsd = 0.05): Offer {
  const known = knowModel(id, parseModel({ model_id: id, display_name: 'Dreamer', input_schema: { properties } }, id));
  if (known === undefined) throw new Error(`Nothing is known of ${id}`);
  const picturesPerRequest = known.profile.number?.max ?? 1;
  const { profile } = known;
  const rest = { ids: [id], editing: undefined, imagesPerJob: picturesPerRequest, check: () => [] };
  return { profile, priceUsd, picturesPerRequest, ...rest };
}

const prompt = { type: 'string' };

function option(offers: readonly Offer[], name: string) {
  return seedreamDefinition(offers).options.find((each) => each.name === name);
}

/** The values of an option's choices. */
function choices(offers: readonly Offer[], name: string): unknown[] {
  const found = option(offers, name);
  return found !== undefined && 'choices' in found ? found.choices.map(({ value }) => value) : [];
}

test('with the default model alone the command is what it always was', () => {
  const { description, options } = seedreamDefinition(written(FIRST));
  expect(description).toBe('Make pictures with Seedream 4.0');
  expect(options.map(({ name }) => name)).toEqual(['prompt', 'count', 'size', 'seed', 'quality', 'private', 'spoiler']);
  expect(option(written(FIRST), 'prompt')).toMatchObject({ min_length: 1, max_length: 580 });
  expect(option(written(FIRST), 'count')).toMatchObject({ min_value: 1, max_value: 15 });
  expect(option(written(FIRST), 'seed')).toMatchObject({ min_value: 0, max_value: 2_147_483_647 });
  expect(option(written(FIRST), 'size')?.description).toBe('Shape of the pictures (Landscape 16:9 if not given)');
  expect(option(written(FIRST), 'quality')?.description).toBe('standard is better and slower (fast if not given)');
  expect(option(written(FIRST), 'quality')?.description_localizations['ja']).toContain('（指定しなければ高速）');
  expect(choices(written(FIRST), 'quality')).toEqual(['fast', 'standard']);
});

test('a model without seed and quality offers none', () => {
  expect(seedreamDefinition(written(PRO)).options.map(({ name }) => name)).toEqual([
    'prompt',
    'count',
    'size',
    'private',
    'spoiler',
  ]);
  expect(seedreamDefinition(written(PRO)).description).toBe('Make pictures with Seedream 5.0 Pro');
});

test('sizes have the names that people look for, the default marked, and the model’s own value behind', () => {
  const found = option(written(FIRST), 'size');
  const named = found !== undefined && 'choices' in found ? found.choices : [];
  expect(named.map(({ name, value }) => [name, value])).toEqual([
    ['Square', '2048:2048 (1:1)'],
    ['Landscape 4:3', '2304:1728 (4:3)'],
    ['Portrait 3:4', '1728:2304 (3:4)'],
    ['Landscape 16:9 (default)', '2560:1440 (16:9)'],
    ['Portrait 9:16', '1440:2560 (9:16)'],
    ['Landscape 3:2', '2496:1664 (3:2)'],
    ['Portrait 2:3', '1664:2496 (2:3)'],
    ['Ultrawide 21:9', '3024:1296 (21:9)'],
  ]);
  expect(named[4]?.name_localizations?.['de']).toBe('Hochformat 9:16');
  const alike = [live('acme/dreamer', { prompt, size: { type: 'string', enum: ['512x512', '1024x1024', 'auto'] } })];
  expect(choices(alike, 'size')).toEqual(['512x512', '1024x1024', 'auto']);
  const other = option(alike, 'size');
  expect(other !== undefined && 'choices' in other && other.choices.map(({ name }) => name)).toEqual([
    expect.stringMatching(/^Square · 512×512/) as string,
    expect.stringMatching(/^Square · 1024×1024/) as string,
    expect.stringMatching(/^auto/) as string,
  ]);
});

test('sizes, lengths and seeds are those of the live schema', () => {
  const offers = [
    live('acme/dreamer', {
      prompt: { ...prompt, maxLength: 80 },
      size: { type: 'string', enum: ['512x512', '768x432'] },
      seed: { type: 'integer', minimum: 0, maximum: 65_535 },
      num_images: { type: 'integer', minimum: 1, maximum: 4 },
    }),
  ];
  expect(choices(offers, 'size')).toEqual(['512x512', '768x432']);
  expect(option(offers, 'size')?.description).toBe('Shape of the pictures (Landscape 16:9 if not given)');
  expect(option(offers, 'prompt')).toMatchObject({ max_length: 80 });
  expect(option(offers, 'seed')).toMatchObject({ max_value: 65_535 });
  expect(option(offers, 'count')).toMatchObject({ max_value: 4 });
});

test('of several models, what is offered of prompts and seeds fits each, and sizes are the first one’s', () => {
  const dreamer = live('acme/dreamer', {
    prompt: { ...prompt, maxLength: 80 },
    size: { type: 'string', enum: ['512x512'] },
    seed: { type: 'integer', minimum: 0, maximum: 65_535 },
  });
  const offers = [...written(FIRST, PRO), dreamer];
  expect(option(offers, 'prompt')).toMatchObject({ max_length: 80 });
  expect(option(offers, 'seed')).toMatchObject({ max_value: 65_535 });
  expect(option(offers, 'count')).toMatchObject({ max_value: 15 });
  expect(choices(offers, 'size')).toEqual(choices(written(FIRST), 'size'));
  // Without the catalogue nothing is known of the sizes of Lite.
  expect(choices(written(LITE), 'size')).toEqual([]);
  expect(choices(written(LITE, PRO), 'size')).toEqual(choices(written(PRO), 'size'));
});

test('however many sizes and however long names: no more than Discord takes', () => {
  const sizes = Array.from({ length: 40 }, (_, index) => `${512 + 16 * index}x512`);
  const name = 'A very long name '.repeat(20);
  const long = live('acme/dreamer', { prompt, size: { type: 'string', enum: [...sizes, 'x'.repeat(101)] } });
  const offers = Array.from({ length: 30 }, (_, index) => ({
    ...long,
    profile: { ...long.profile, id: `acme/${index}`, name: `${index} ${name}` },
  }));
  expect(choices(offers, 'size')).toHaveLength(25);
  expect(choices(offers, 'model')).toHaveLength(25);
  const definition = seedreamDefinition(offers);
  const texts = [definition, ...definition.options].flatMap(({ description, description_localizations: others }) => [
    description,
    ...Object.values(others),
  ]);
  const named = modelChoices(offers).flatMap(({ name: own, name_localizations: others }) => [
    own,
    ...Object.values(others ?? {}),
  ]);
  for (const text of [...texts, ...named]) expect(String(text).length).toBeLessThanOrEqual(100);
  for (const text of named) expect(text, 'the price is not cut off').toContain('05');
});

test('models of one name are told apart by their ids', () => {
  const one = live('acme/one', { prompt });
  const other = live('acme/other', { prompt });
  expect(modelChoices([one, other]).map(({ name }) => name)).toEqual([
    'acme/one · $0.05 a picture',
    'acme/other · $0.05 a picture',
  ]);
});

test.each(['en-US', ...LOCALES])('in %s, the name of a model with its price stands for it', (locale) => {
  const offered = modelChoices(written(FIRST, PRO, LITE));
  for (const { name, name_localizations: names, value } of offered) {
    expect(readChoice(offered, names?.[locale] ?? name, locale)).toBe(value);
  }
});
