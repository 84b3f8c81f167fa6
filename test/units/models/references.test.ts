/** Which model takes pictures to start from: the sibling of the one that is meant, by its own page and standing. */
import { expect, test } from 'vitest';
import { createModels, type ModelTrouble, type PageRead } from '../../../src/services/models/models.ts';
import { createVirtualClock } from '../../support/clock/virtual-clock.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const FIRST = 'bytedance/seedream-4-0/sequential';
const EDIT = 'bytedance/seedream-4-0/edit-sequential';
const PRO = 'bytedance/seedream-5.0-pro/text-to-image';
const PRO_EDIT = 'bytedance/seedream-5.0-pro/image-to-image';
const PLAIN = 'acme/plain';
const GONE: PageRead = { said: 'gone' };
const MINUTE = 60_000;
const withPictures = { references: true };

function page(id: string, properties: object, priceUsd: number, required: string[] = []): PageRead {
  const page = { model_id: id, display_name: id, base_price_usd: priceUsd, price_unit: 'image' };
  return { said: 'page', page: { ...page, input_schema: { type: 'object', required, properties } } };
}

const PLAIN_PAGE = page(PLAIN, { prompt: { type: 'string' } }, 0.01);
const EDIT_PAGE = page(
  EDIT,
  {
    text: { type: 'string', maxLength: 500 },
    images: { type: 'array', minItems: 1, maxItems: 4 },
    sequential_image_generation_options: { type: 'integer', minimum: 1, maximum: 6 },
    image_size: { type: 'string', enum: ['2048:2048 (1:1)'] },
  },
  0.07,
  ['text', 'images'],
);

async function started(ids: string[], says: Record<string, PageRead> = {}, references = true) {
  const clock = createVirtualClock();
  const told: ModelTrouble[] = [];
  const nothing: PageRead = { said: 'nothing', why: 'HTTP 503' };
  const models = createModels({
    ids,
    references,
    priceUsd: undefined,
    read: (id) => Promise.resolve(says[id] ?? nothing),
    store: { get: () => Promise.resolve(undefined), set: () => Promise.resolve() },
    onTrouble: (trouble) => void told.push(trouble),
    clock,
    log: createSilentLog(),
  });
  models.start();
  await clock.advance(0);
  const chosen = (id?: string) => {
    const offer = models.forNew(id, withPictures);
    return 'refused' in offer ? offer.refused : offer.profile.id;
  };
  return { models, clock, says, told, chosen };
}

test('the sibling has its own price, sizes, numbers and limits; its page is read like any other', async () => {
  const { models, chosen } = await started([FIRST], { [EDIT]: EDIT_PAGE });
  expect([chosen(), chosen(FIRST), chosen(EDIT)]).toEqual([EDIT, EDIT, EDIT]);
  const offer = models.byId(EDIT);
  expect(offer).toMatchObject({ priceUsd: 0.07, picturesPerRequest: 6, ids: [EDIT, FIRST] });
  expect(offer?.profile).toMatchObject({
    text: { maxCharacters: 500 },
    references: { field: 'images', max: 4, maxMegapixels: 36 },
    size: { choices: [{ value: '2048:2048 (1:1)' }] },
  });
  expect([models.priceOf(EDIT), models.priceOf(FIRST)]).toEqual([0.07, 0.03]);
  const asked = { text: 'a kite', count: 1, size: '', seed: 1, quality: 'fast' as const };
  expect(offer?.check({ ...asked, size: '2048:2048 (1:1)', references: ['https://cdn.discordapp.com/a'] })).toEqual([]);
  expect(offer?.check({ ...asked, size: '2048:2048 (1:1)' })).toMatchObject([{ field: 'images' }]);
});

test('a job that was made from pictures is asked for without them by the model itself', async () => {
  const { models } = await started([FIRST]);
  const offer = models.forNew(EDIT);
  expect('refused' in offer ? offer.refused : offer.profile.id).toBe(FIRST);
  expect('refused' in offer ? [] : offer.ids).toEqual([FIRST, EDIT]);
});

test('a sibling that is gone takes nothing from the others; the host hears that it edits', async () => {
  const { models, clock, says, told, chosen } = await started([FIRST], { [EDIT]: EDIT_PAGE });
  expect(models.byId(FIRST)?.editing).toBe(EDIT);
  says[EDIT] = GONE;
  models.refused(EDIT);
  await clock.advance(0);
  expect(chosen()).toBe('editingGone');
  expect(models.byId(FIRST)?.editing).toBeUndefined();
  expect(models.offered().map(({ profile }) => profile.id)).toEqual([FIRST]);
  expect(told).toMatchObject([{ kind: 'gone', id: EDIT, editsOnly: true }]);
  says[EDIT] = EDIT_PAGE;
  await clock.advance(2 * MINUTE);
  expect(chosen()).toBe(EDIT);
});

test('where the sibling of the model that is meant is gone, the next one in order takes the pictures', async () => {
  const { clock, says, chosen } = await started([FIRST, PRO], { [EDIT]: GONE });
  await clock.advance(2 * MINUTE);
  expect([chosen(), chosen(FIRST), chosen(PRO)]).toEqual([PRO_EDIT, PRO_EDIT, PRO_EDIT]);
  says[EDIT] = EDIT_PAGE;
  await clock.advance(2 * MINUTE);
  expect(chosen(FIRST)).toBe(EDIT);
});

test('a model without a sibling takes none; where none is named, the first that can is asked', async () => {
  const { models, chosen } = await started([PLAIN, FIRST], { [PLAIN]: PLAIN_PAGE });
  expect(models.forNew(PLAIN, withPictures)).toEqual({ refused: 'textOnly', name: PLAIN });
  expect(chosen()).toBe(EDIT);
  const alone = await started([PLAIN], { [PLAIN]: PLAIN_PAGE });
  expect(alone.chosen()).toBe('textOnly');
});

test('a model that must have pictures is not asked without', async () => {
  const { models, chosen } = await started([EDIT], { [EDIT]: EDIT_PAGE });
  expect(chosen()).toBe(EDIT);
  expect(models.forNew()).toMatchObject({ refused: 'picturesOnly' });
  const both = await started([EDIT, FIRST], { [EDIT]: EDIT_PAGE });
  const offer = both.models.forNew();
  expect('refused' in offer ? offer.refused : offer.profile.id).toBe(FIRST);
});

test('where no pictures are taken, no sibling is read or asked', async () => {
  const reads: string[] = [];
  const says = new Proxy<Record<string, PageRead>>({}, { get: (_, id) => void reads.push(String(id)) });
  const { models, chosen } = await started([FIRST], says, false);
  expect(chosen()).toBe('off');
  expect(models.byId(FIRST)?.editing).toBeUndefined();
  expect(models.standing()).toEqual([{ id: FIRST, offered: true }]);
  expect(reads).toEqual([FIRST]);
});
