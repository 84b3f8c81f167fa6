/** What goes wrong with the simulator's store: each trouble does what it says, and a kill leaves whole writes or none. */
import { describe, expect, test } from 'vitest';
import { STORE_TROUBLES } from '../../../simulator/world/store/store.ts';
import { NOON, reservation, UNLIMITED } from '../../support/sample-reservation.ts';
import { createWorld, opened, record, SECOND, texts, trouble } from './store-world.ts';

describe.each([1, 3])('of %i processes', (processes) => {
  test.each([
    ['failed', 'StoreError', []],
    ['lost_answer', 'StoreError', [record('new')]],
    ['slow', 'StoreError', [record('new')]],
    ['full', 'StoreError', []],
    ['away', 'StoreError', []],
  ])('a write that meets "%s" rejects and is written or not', async (name, outcome, live) => {
    const world = createWorld({ processes, faults: [trouble(name, 2 * SECOND)] });
    const storage = await opened(world);
    await world.pass(2 * SECOND);
    expect(await world.outcome(texts(storage).set('1', record('new')))).toBe(outcome);
    expect(world.store.jobs().live).toEqual(live);
    expect(await world.outcome(storage.ledger.reserve(reservation('a'), UNLIMITED))).toBe(outcome);
    expect(world.store.reservations()).toHaveLength(live.length);
  });

  test('every trouble is tried here', () => {
    expect([...STORE_TROUBLES].sort()).toEqual(['away', 'failed', 'full', 'lost_answer', 'slow']);
  });

  test('a full store is read', async () => {
    const world = createWorld({ processes, faults: [trouble('full', 2 * SECOND)] });
    const storage = await opened(world);
    expect(await world.outcome(texts(storage).set('1', record('old')), SECOND)).toBeUndefined();
    await world.pass(SECOND);
    expect(await world.outcome(texts(storage).get('1'))).toEqual(record('old'));
  });

  test('a store that is away is not opened, and is opened when it is back', async () => {
    const world = createWorld({ processes, faults: [trouble('away', 0, 60 * SECOND)] });
    expect(await world.outcome(world.connect(world.start()))).toBe('StoreError');
    await world.pass(31 * SECOND);
    expect(await opened(world, world.start(1, 2))).toBeDefined();
  });

  test('of the writes that a kill finds under way the first ones are kept, and the rest is lost', async () => {
    const kept = new Set<number>();
    for (let seed = 0; seed < 40; seed += 1) {
      const world = createWorld({ processes, seed });
      const process = world.start();
      const jobs = texts(await opened(world, process));
      for (const id of ['1', '2', '3']) void jobs.set(id, { id, text: 'new' });
      await world.pass(0);
      world.kill(process);
      await world.pass(SECOND);
      const ids = world.store.jobs().live.map(({ id }) => id);
      expect(ids).toEqual(['1', '2', '3'].slice(0, ids.length));
      kept.add(ids.length);
    }
    expect(kept).toEqual(new Set([0, 1, 2, 3]));
  });

  test('what is durable is there for the next start', async () => {
    const world = createWorld({ processes });
    const first = world.start();
    const storage = await opened(world, first);
    await world.outcome(texts(storage).set('1', record('new')), SECOND);
    await world.outcome(storage.ledger.reserve(reservation('1', { at: NOON }), UNLIMITED), SECOND);
    world.kill(first);
    const next = await opened(world, world.start(1, 2));
    expect(await world.outcome(texts(next).get('1'), SECOND)).toEqual(record('new'));
    expect(world.store.reservations()).toEqual([
      { jobId: '1', guild: 'guild', member: 'user', images: 3, at: NOON, state: 'held' },
    ]);
    expect(world.store.size()).toBe(2);
  });
});

test('nothing that a killed process left under way comes later, where the store is within it', async () => {
  const left = new Set<number>();
  for (let seed = 0; seed < 10; seed += 1) {
    const world = createWorld({ seed, faults: [trouble('slow', 2 * SECOND, 3 * SECOND)] });
    const process = world.start();
    const jobs = texts(await opened(world, process));
    await world.pass(1.5 * SECOND);
    void jobs.set('1', record('slow')).catch(() => undefined);
    await world.pass(0);
    world.kill(process);
    const { length } = world.store.jobs().live;
    await world.pass(20 * SECOND);
    expect(world.store.jobs().live).toHaveLength(length);
    left.add(length);
  }
  expect(left).toEqual(new Set([0, 1]));
});
