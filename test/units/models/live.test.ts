/** Models as they are now: pages that change, that say nothing, models that go and come back, and what of it is kept. */
import { expect, test } from 'vitest';
import {
  createModels,
  keptModelSchema,
  type ModelTrouble,
  type PageRead,
} from '../../../src/services/models/models.ts';
import { createVirtualClock, type VirtualClock } from '../../support/clock/virtual-clock.ts';
import { createSilentLog } from '../../support/silent-log.ts';
import { seedreamSchema, type Published } from './published.ts';

const FIRST = 'bytedance/seedream-4-0/sequential';
const SECOND = 'bytedance/seedream-4-5/sequential';
const SINGLE = 'bytedance/seedream-5/lite/text-to-image';
const BEYOND = 'blackforestlabs/flux-9/text-to-image';
const MINUTE = 61_000;
const HOUR = 60 * 61_000;
const REQUEST = {
  text: 'Generate 2 images: a fox',
  count: 2,
  size: '2560:1440 (16:9)',
  seed: 7,
  quality: 'fast' as const,
};

const page = (id: string, change?: (schema: Published) => void, more: object = {}): PageRead => ({
  said: 'page',
  page: {
    model_id: id,
    display_name: id,
    base_price_usd: 0.05,
    price_unit: 'image',
    input_schema: seedreamSchema(change),
    ...more,
  },
});
const GONE: PageRead = { said: 'gone' };
const NOTHING: PageRead = { said: 'nothing', why: 'HTTP 503' };

type Kept = Map<string, ReturnType<typeof keptModelSchema.parse>>;

/** The models of one process; `says` is what the catalogue says of each. */
function stage({
  ids = [FIRST],
  kept = new Map(),
  clock = createVirtualClock(),
  says = {},
  shared,
  priceUsd,
}: {
  ids?: string[];
  kept?: Kept;
  clock?: VirtualClock;
  says?: Record<string, PageRead>;
  shared?: boolean;
  priceUsd?: number;
} = {}) {
  const reads: { id: string; at: number }[] = [];
  const told: ModelTrouble[] = [];
  let changes = 0;
  let looks = 0;
  const models = createModels({
    ids,
    priceUsd,
    read(id) {
      reads.push({ id, at: clock.now() });
      return Promise.resolve(says[id] ?? NOTHING);
    },
    store: {
      get(id) {
        looks += 1;
        return Promise.resolve(kept.get(id));
      },
      set: (id, value) => Promise.resolve(void kept.set(id, keptModelSchema.parse(JSON.parse(JSON.stringify(value))))),
    },
    ...(shared !== undefined && { shared }),
    onTrouble: (trouble) => void told.push(trouble),
    clock,
    log: createSilentLog(),
  });
  models.onChange(() => void (changes += 1));
  return { models, clock, kept, says, reads, told, changes: () => changes, looks: () => looks };
}

/** The model that a new request is made with, or why none is. */
function nextOf({ models }: ReturnType<typeof stage>, id?: string): string {
  const offer = models.forNew(id);
  return 'refused' in offer ? offer.refused : offer.profile.id;
}

const sizesOf = ({ models }: ReturnType<typeof stage>) =>
  models.byId(FIRST)?.profile.size?.choices.map(({ value }) => value);

test.each([
  NOTHING,
  { said: 'page', page: '<html>' },
  { said: 'page', page: undefined },
  { said: 'page', page: { model_id: 42, input_schema: 'soon' } },
] as const)('a catalogue that says nothing (%j) changes nothing, and is asked once an hour', async (says) => {
  const one = stage({ says: { [FIRST]: says } });
  one.models.start();
  await one.clock.advance(HOUR + MINUTE);
  expect(one.reads).toHaveLength(2);
  expect(nextOf(one)).toBe(FIRST);
  expect(one.models.priceOf(FIRST)).toBe(0.03);
  expect(one.models.default()?.check(REQUEST)).toEqual([]);
  expect([one.told, one.changes(), one.kept.size]).toEqual([[], 0, 0]);
});

test('a page is read at the start and every hour; sizes that are gone are offered no more, new ones are', async () => {
  const one = stage({ says: { [FIRST]: page(FIRST) } });
  one.models.start();
  await one.clock.advance(0);
  expect(sizesOf(one)).toHaveLength(8);
  expect(one.models.priceOf(FIRST)).toBe(0.05);
  one.says[FIRST] = page(FIRST, ({ properties }) => {
    properties['image_size'] = { type: 'string', enum: ['2560:1440 (16:9)', '4096:4096 (1:1)'] };
  });
  const before = one.changes();
  await one.clock.advance(HOUR - 2 * MINUTE);
  expect(one.reads).toHaveLength(1);
  await one.clock.advance(3 * MINUTE);
  expect(one.reads).toHaveLength(2);
  expect(sizesOf(one)).toEqual(['2560:1440 (16:9)', '4096:4096 (1:1)']);
  expect(one.changes()).toBe(before + 1);
  expect(one.models.default()?.check({ ...REQUEST, size: '9:21' })).toEqual([
    expect.objectContaining({ field: 'image_size' }),
  ]);
  expect(one.told).toEqual([]);
});

test('what a page says in no sense stays as it was said last', async () => {
  const one = stage({ ids: [BEYOND], says: { [BEYOND]: page(BEYOND) } });
  one.models.start();
  await one.clock.advance(0);
  one.says[BEYOND] = { said: 'page', page: { model_id: BEYOND, base_price_usd: 'free', input_schema: 'soon' } };
  await one.clock.advance(HOUR + MINUTE);
  expect(one.reads).toHaveLength(2);
  expect(nextOf(one)).toBe(BEYOND);
  expect(one.models.priceOf(BEYOND)).toBe(0.05);
});

test("PRICE_PER_IMAGE_USD overrules the catalogue's price, and the profile's holds where neither says", async () => {
  const set = stage({ says: { [FIRST]: page(FIRST) }, priceUsd: 0.5, ids: [FIRST, SECOND] });
  set.models.start();
  await set.clock.advance(0);
  expect(set.models.offered().map(({ priceUsd }) => priceUsd)).toEqual([0.5, 0.5]);
  const unset = stage({ says: { [FIRST]: page(FIRST) }, ids: [FIRST, SECOND] });
  unset.models.start();
  await unset.clock.advance(0);
  expect(unset.models.offered().map(({ priceUsd }) => priceUsd)).toEqual([0.05, 0.04]);
});

test('a field that is called otherwise stops new requests for that model, and the host hears its name', async () => {
  const one = stage({ ids: [FIRST, SECOND], says: { [FIRST]: page(FIRST) } });
  one.models.start();
  await one.clock.advance(0);
  one.says[FIRST] = page(FIRST, ({ properties }) => {
    properties['prompt'] = properties['text'] ?? {};
    delete properties['text'];
  });
  await one.clock.advance(HOUR + MINUTE);
  expect(one.told).toEqual([
    expect.objectContaining({ kind: 'unmet', id: FIRST, problem: { field: 'text', why: 'gone' } }),
  ]);
  expect(nextOf(one, FIRST)).toBe('unmet');
  expect(nextOf(one)).toBe(SECOND);
  expect(one.models.standing()).toEqual([
    { id: FIRST, offered: false },
    { id: SECOND, offered: true },
  ]);
  one.says[FIRST] = page(FIRST);
  await one.clock.advance(HOUR + MINUTE);
  expect(nextOf(one)).toBe(FIRST);
});

test('the catalogue is believed at its second word, a minute later; then its page is read each minute, and the model comes back', async () => {
  const one = stage({ ids: [FIRST, SECOND], says: { [FIRST]: GONE } });
  one.models.start();
  await one.clock.advance(30_000);
  expect(nextOf(one)).toBe(FIRST);
  await one.clock.advance(40_000);
  expect([nextOf(one), nextOf(one, FIRST)]).toEqual([SECOND, SECOND]);
  expect(one.told).toEqual([expect.objectContaining({ kind: 'gone', id: FIRST, next: SECOND })]);
  const before = one.reads.filter(({ id }) => id === FIRST).length;
  await one.clock.advance(10 * MINUTE);
  expect(one.reads.filter(({ id }) => id === FIRST)).toHaveLength(before + 10);
  one.says[FIRST] = page(FIRST);
  await one.clock.advance(MINUTE);
  expect(nextOf(one)).toBe(FIRST);
  expect(one.told).toHaveLength(1);
});

test('one word that is taken back is no verdict', async () => {
  const one = stage({ says: { [FIRST]: GONE } });
  one.models.start();
  await one.clock.advance(0);
  one.says[FIRST] = page(FIRST);
  await one.clock.advance(MINUTE);
  one.says[FIRST] = GONE;
  await one.clock.advance(HOUR);
  expect(nextOf(one)).toBe(FIRST);
});

test("a submit's word is believed at once, and its page read at once; nothing is left to ask: refused", async () => {
  const one = stage({ says: { [FIRST]: page(FIRST) } });
  one.models.start();
  await one.clock.advance(0);
  one.says[FIRST] = GONE;
  one.models.refused(FIRST);
  await one.clock.advance(0);
  expect(nextOf(one)).toBe('gone');
  expect(one.reads).toHaveLength(2);
  expect(one.told).toEqual([expect.objectContaining({ kind: 'gone', next: undefined })]);
  one.says[FIRST] = page(FIRST);
  await one.clock.advance(MINUTE);
  expect(nextOf(one)).toBe(FIRST);
});

test('where the page says another thing than submits do, submits are believed for longer each time', async () => {
  const one = stage({ says: { [FIRST]: page(FIRST) } });
  one.models.start();
  const waits: number[] = [];
  for (let time = 0; time < 4; time += 1) {
    // Several jobs that are refused at once say no more than one.
    for (let job = 0; job < 3; job += 1) one.models.refused(FIRST);
    await one.clock.advance(0);
    let minutes = 0;
    for (; nextOf(one) === 'gone'; minutes += 1) await one.clock.advance(MINUTE);
    waits.push(minutes);
  }
  expect(waits).toEqual([0, 1, 2, 4]);
  expect(one.told.length, 'what the page denied at once is not told').toBe(3);
  one.models.taken(FIRST);
  expect(one.models.priceOf(FIRST), 'its page is still known').toBe(0.05);
  one.models.refused(FIRST);
  expect(nextOf(one)).toBe('gone');
  await one.clock.advance(0);
  expect(nextOf(one)).toBe(FIRST);
});

test('once the page has said it too, the page alone decides', async () => {
  const one = stage({ says: { [FIRST]: page(FIRST) } });
  one.models.start();
  for (let time = 0; time < 3; time += 1) {
    one.models.refused(FIRST);
    do await one.clock.advance(MINUTE);
    while (nextOf(one) === 'gone');
  }
  one.says[FIRST] = GONE;
  one.models.refused(FIRST);
  await one.clock.advance(2 * MINUTE);
  one.says[FIRST] = page(FIRST);
  await one.clock.advance(MINUTE);
  expect(nextOf(one)).toBe(FIRST);
  one.says[FIRST] = GONE;
  one.models.refused(FIRST);
  await one.clock.advance(3 * HOUR);
  expect(nextOf(one), 'no request tries it').toBe('gone');
});

test('a model that the bot is not set to gives way to the first in order; one that makes a picture a request gets as many requests', () => {
  const one = stage({ ids: [SECOND, SINGLE] });
  expect(nextOf(one, FIRST)).toBe(SECOND);
  expect(one.models.offered().map(({ imagesPerJob }) => imagesPerJob)).toEqual([15, 15]);
  expect(one.models.offered().map(({ picturesPerRequest }) => picturesPerRequest)).toEqual([15, 1]);
  // What a job of before is sent by, and what it costs.
  expect(one.models.find(FIRST)?.id).toBe(FIRST);
  expect([one.models.priceOf(FIRST), one.models.priceOf(BEYOND)]).toEqual([0.03, 0.03]);
});

test('without pages, one request an hour tries a model that a submit said is gone; one that is taken brings it back', async () => {
  const one = stage();
  one.models.start();
  one.models.refused(FIRST);
  await one.clock.advance(30 * MINUTE);
  expect(nextOf(one)).toBe('gone');
  await one.clock.advance(31 * MINUTE);
  expect([nextOf(one), nextOf(one)]).toEqual([FIRST, 'gone']);
  one.models.refused(FIRST);
  await one.clock.advance(30 * MINUTE);
  expect(nextOf(one)).toBe('gone');
  await one.clock.advance(31 * MINUTE);
  expect(nextOf(one)).toBe(FIRST);
  one.models.taken(FIRST);
  await one.clock.advance(0);
  expect([nextOf(one), nextOf(one)]).toEqual([FIRST, FIRST]);
});

test('what is known is kept: the next start goes by it before its catalogue answers, and so does another process', async () => {
  const withoutSeed = page(FIRST, ({ properties }) => {
    delete properties['seed'];
  });
  const one = stage({ says: { [FIRST]: withoutSeed } });
  one.models.start();
  await one.clock.advance(0);
  const other = stage({ kept: one.kept, clock: one.clock, says: one.says });
  other.models.start();
  await one.clock.advance(0);
  expect(other.models.byId(FIRST)?.profile.seed).toBeUndefined();
  expect(other.models.priceOf(FIRST)).toBe(0.05);
  await one.clock.advance(HOUR + MINUTE);
  expect(one.reads.length + other.reads.length, "one reads the hour's page for both").toBe(3);
  one.says[FIRST] = GONE;
  one.models.refused(FIRST);
  await one.clock.advance(MINUTE);
  expect(nextOf(other)).toBe('gone');
});

test('a process that is alone with its store looks when a page is due: each hour, and each minute while its model may be gone', async () => {
  const one = stage({ says: { [FIRST]: page(FIRST) }, shared: false });
  one.models.start();
  await one.clock.advance(3 * HOUR);
  expect([one.reads.length, one.looks()]).toEqual([4, 4]);
  one.says[FIRST] = GONE;
  await one.clock.advance(HOUR);
  expect(nextOf(one)).toBe('gone');
  one.says[FIRST] = page(FIRST);
  await one.clock.advance(MINUTE);
  expect(nextOf(one)).toBe(FIRST);
  one.says[FIRST] = GONE;
  one.models.refused(FIRST);
  await one.clock.advance(0);
  expect(nextOf(one), 'a submit said so').toBe('gone');
  one.says[FIRST] = page(FIRST);
  await one.clock.advance(MINUTE);
  expect(nextOf(one)).toBe(FIRST);
});

test('a store that fails holds nothing up', async () => {
  const clock = createVirtualClock();
  const fail = () => Promise.reject(new Error('The store is away'));
  const models = createModels({
    ids: [FIRST],
    priceUsd: undefined,
    read: () => Promise.resolve(page(FIRST)),
    store: { get: fail, set: fail },
    onTrouble: () => undefined,
    clock,
    log: createSilentLog(),
  });
  models.start();
  await clock.advance(0);
  expect(models.priceOf(FIRST)).toBe(0.05);
});

test('a model beyond the profiles needs its page before the start, or what was kept of it; one with a profile needs nothing', async () => {
  expect(await stage().models.prepare()).toBeUndefined();
  expect(await stage({ ids: [BEYOND] }).models.prepare()).toContain('could not be read (HTTP 503)');
  expect(await stage({ ids: [BEYOND], says: { [BEYOND]: GONE } }).models.prepare()).toContain('no such model');
  const strange = page(BEYOND, ({ properties }) => {
    properties['voice'] = { type: 'string' };
  });
  const required = page(BEYOND, (schema) => {
    schema.properties['voice'] = { type: 'string' };
    schema.required = ['text', 'voice'];
  });
  expect(await stage({ ids: [BEYOND], says: { [BEYOND]: required } }).models.prepare()).toContain('"voice"');
  const one = stage({ ids: [BEYOND], says: { [BEYOND]: strange } });
  expect(await one.models.prepare()).toBeUndefined();
  expect(nextOf(one)).toBe(BEYOND);
  const next = stage({ ids: [BEYOND], kept: one.kept });
  expect(await next.models.prepare()).toBeUndefined();
  expect(next.reads, 'what was kept is enough').toEqual([]);
});
