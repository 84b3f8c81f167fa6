/** Processes that share the simulator's store take over from each other as they do over Redis. */
import { describe, expect, test } from 'vitest';
import type { SimulatedProcess } from '../../../simulator/kernel/process.ts';
import type { Fault } from '../../../simulator/plan.ts';
import type { Claim, Storage } from '../../../src/services/storage/storage.ts';
import { createWorld, opened, record, SECOND, texts, trouble, type World } from './store-world.ts';

describe('several processes', () => {
  interface Bot {
    process: SimulatedProcess;
    storage: Storage;
  }

  function botOf(bots: Bot[], number: number | undefined): Bot {
    const bot = bots[(number ?? 0) - 1];
    if (bot === undefined) throw new Error('Nobody looked');
    return bot;
  }
  const storageOf = (bots: Bot[], number: number | undefined) => botOf(bots, number).storage;

  /** Two of them that look at jobs: each look is noted, writes under its claim, and ends when the test says so. */
  async function working(world: World) {
    const looks: { by: number; at: number; claim: Claim | undefined; end: () => void }[] = [];
    const bots: Bot[] = [];
    for (const by of [1, 2]) {
      const process = world.start(by);
      const storage = await opened(world, process);
      await world.outcome(
        storage.scheduler.start(
          (_, claim) =>
            new Promise((resolve) => {
              looks.push({
                by,
                at: world.now(),
                claim,
                end: () => {
                  resolve(undefined);
                },
              });
            }),
        ),
        10,
      );
      bots.push({ process, storage });
    }
    return { looks, bots };
  }

  test("take a killed one's job over within 20 s, and not before it may be dead", async () => {
    const world = createWorld({ processes: 3 });
    const { looks, bots } = await working(world);
    await world.outcome(storageOf(bots, 1).scheduler.schedule('1', 0), SECOND);
    const [first] = looks;
    await world.pass(30 * SECOND);
    expect(looks).toHaveLength(1);
    const at = world.now();
    world.kill(botOf(bots, first?.by).process);
    await world.pass(20 * SECOND);
    expect(looks).toHaveLength(2);
    expect(looks[1]?.by).not.toBe(first?.by);
    expect((looks[1]?.at ?? 0) - at).toBeGreaterThan(4 * SECOND);
  });

  test.each(Array.from({ length: 12 }, (_, seed) => seed))(
    'take over from one that is cut off, whose writes no longer count (seed %i)',
    async (seed) => {
      // Both are cut off, one after the other, as it is not known yet which of them takes the job.
      const cut = (process: number, from: number): Fault => ({
        ...{ id: `cut ${process}`, kind: 'cut_off', process },
        ...{ from: from * SECOND, until: (from + 50) * SECOND },
      });
      const world = createWorld({ processes: 3, seed, faults: [cut(1, 10), cut(2, 110)] });
      const { looks, bots } = await working(world);
      await world.outcome(storageOf(bots, 1).scheduler.schedule('1', 0), SECOND);
      const [look] = looks;
      const by = look?.by ?? 0;
      const own = texts(storageOf(bots, by));
      const other = texts(storageOf(bots, 3 - by));
      await world.outcome(own.set('1', record('first'), { claim: look?.claim }), SECOND);
      await world.pass((by === 1 ? 10 : 110) * SECOND - world.now() + 1);
      expect(looks).toHaveLength(1);

      const cutOff = own.set('1', record('cut off'), { claim: look?.claim });
      expect(await world.outcome(cutOff, 5 * SECOND)).toBe('StoreError');
      await world.pass(20 * SECOND);
      expect(looks[1]?.by).toBe(3 - by);
      await world.outcome(other.set('1', record('taken over'), { claim: looks[1]?.claim }), SECOND);
      await world.pass(30 * SECOND);
      expect(world.store.jobs().live).toEqual([record('taken over')]);
      for (const late of [
        () => own.set('1', record('too late'), { claim: look?.claim }),
        () => own.delete('1', { claim: look?.claim, release: true }),
      ]) {
        expect(await world.outcome<unknown>(late(), SECOND)).toBe('LostClaimError');
      }
      expect(world.store.jobs().live).toEqual([record('taken over')]);
    },
  );

  test('look at a job once, however long a look takes', async () => {
    const world = createWorld({ processes: 3 });
    const { looks, bots } = await working(world);
    await world.outcome(storageOf(bots, 1).scheduler.schedule('1', 10), 60 * SECOND);
    looks[0]?.end();
    await world.pass(60 * SECOND);
    expect(looks).toHaveLength(1);
  });

  test('what was sent into a silence that was short arrives at its end', async () => {
    for (let seed = 0; seed < 10; seed += 1) {
      const cut: Fault = { id: 'cut', kind: 'cut_off', process: 1, from: 10 * SECOND, until: 14 * SECOND };
      const world = createWorld({ processes: 3, seed, faults: [cut] });
      const jobs = texts(await opened(world));
      await world.pass(10 * SECOND - world.now() + 1);
      expect(await world.outcome(jobs.set('1', record('sent')), 3.9 * SECOND)).toBe('StoreError');
      expect(world.store.jobs().live).toEqual([]);
      await world.pass(SECOND);
      expect(world.store.jobs().live).toEqual([record('sent')]);
      expect(await world.outcome(jobs.get('1'), 10)).toEqual(record('sent'));
    }
  });

  test('what the call was that a cut begins at is done, and nobody hears of it', async () => {
    const cut: Fault = { id: 'cut', kind: 'cut_off', process: 1, call: 2, from: 10 * SECOND, until: 60 * SECOND };
    const world = createWorld({ processes: 3, faults: [cut] });
    const jobs = texts(await opened(world));
    await world.pass(10 * SECOND - world.now() + 1);
    expect(await world.outcome(jobs.set('1', record('first')), SECOND)).toBeUndefined();
    expect(await world.outcome(jobs.set('1', record('second')), 3 * SECOND)).toBe('StoreError');
    expect(world.store.jobs().live).toEqual([record('second')]);
    expect(await world.outcome(jobs.set('1', record('third')), 3 * SECOND)).toBe('StoreError');
    await world.pass(60 * SECOND);
    expect(await world.outcome(jobs.set('1', record('fourth')), SECOND)).toBeUndefined();
  });

  test('what was sent into the silence comes late, or never', async () => {
    const came = new Set<string>();
    for (let seed = 0; seed < 60; seed += 1) {
      const cut: Fault = { id: 'cut', kind: 'cut_off', process: 1, from: 10 * SECOND, until: 60 * SECOND };
      const world = createWorld({ processes: 3, seed, faults: [cut] });
      const jobs = texts(await opened(world));
      await world.pass(10 * SECOND - world.now() + 1);
      expect(await world.outcome(jobs.set('1', record('sent')), 2 * SECOND + 1)).toBe('StoreError');
      const inTime = world.store.jobs().live.length;
      // As long after the way is open again as it was closed.
      await world.pass(100 * SECOND);
      came.add(inTime > 0 ? 'soon' : world.store.jobs().live.length > 0 ? 'late' : 'never');
    }
    expect(came).toEqual(new Set(['soon', 'late', 'never']));
  });

  test('do not take a job over from one that is alive once the store is back', async () => {
    const world = createWorld({ processes: 3, faults: [trouble('away', 10 * SECOND, 40 * SECOND)] });
    const { looks, bots } = await working(world);
    await world.outcome(storageOf(bots, 1).scheduler.schedule('1', 0), SECOND);
    await world.pass(60 * SECOND);
    expect(looks).toHaveLength(1);
    const [look] = looks;
    const { storage } = bots[(look?.by ?? 1) - 1] ?? {};
    if (storage === undefined) throw new Error('Nobody looked');
    expect(
      await world.outcome(texts(storage).set('1', record('mine'), { claim: look?.claim }), SECOND),
    ).toBeUndefined();
  });

  test('keep one off a job that another holds, and give it back', async () => {
    const world = createWorld({ processes: 3 });
    const { looks, bots } = await working(world);
    const [one, other] = [botOf(bots, 1), botOf(bots, 2)];
    const claim = await world.outcome(one.storage.scheduler.hold('1'), SECOND);
    await world.outcome(other.storage.scheduler.schedule('1', 0), 30 * SECOND);
    expect(looks).toHaveLength(0);
    expect(await world.outcome(other.storage.scheduler.hold('1'), SECOND)).toBe('StoreError');
    if (typeof claim === 'string') throw new Error(claim);
    await world.outcome(one.storage.scheduler.letGo('1', claim), 5 * SECOND);
    expect(looks).toHaveLength(1);
  });

  test('a fail-over ends connections, and one that lags loses no more than the last second', async () => {
    const left = { lagging: new Set<string>(), kept: new Set<string>() };
    for (let seed = 0; seed < 20; seed += 1) {
      for (const lost of [false, true]) {
        const faults: Fault[] = [{ id: 'over', kind: 'fail_over', at: 10 * SECOND, lost }];
        const world = createWorld({ processes: 3, seed, faults });
        const jobs = texts(await opened(world));
        await world.outcome(jobs.set('1', { id: '1', text: 'old' }), SECOND);
        await world.pass(9.5 * SECOND - world.now());
        expect(await world.outcome(jobs.set('2', { id: '2', text: 'new' }), SECOND / 2)).toBeUndefined();
        expect(await world.outcome(jobs.set('3', { id: '3', text: 'during it' }), 1)).toBe('StoreError');
        await world.pass(10 * SECOND);
        expect(await world.outcome(jobs.set('4', { id: '4', text: 'after it' }), SECOND)).toBeUndefined();
        left[lost ? 'lagging' : 'kept'].add(
          world.store
            .jobs()
            .live.map(({ id }) => id)
            .join(),
        );
      }
    }
    expect(left).toEqual({ lagging: new Set(['1,2,4', '1,4']), kept: new Set(['1,2,4']) });
  });
});
