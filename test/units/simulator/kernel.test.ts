/** The ground that every history stands on: time, randomness by name, processes that end at any moment. */
import { describe, expect, test } from 'vitest';
import { createProcess } from '../../../simulator/kernel/process.ts';
import { createRandom } from '../../../simulator/kernel/random.ts';
import { BEGIN, createVirtualTime } from '../../../simulator/kernel/virtual-time.ts';

function createGround(onWait?: Parameters<typeof createProcess>[0]['onWait']) {
  const time = createVirtualTime(createRandom(1));
  const process = createProcess({ name: 'bot 1', incarnation: 1, time, ...(onWait && { onWait }) });
  return { time, process };
}

describe('Virtual time', () => {
  test('goes from event to event in their order, and lets promises go on in between', async () => {
    const time = createVirtualTime(createRandom(1));
    const seen: string[] = [];
    time.after(30, () => seen.push(`30 at ${time.now() - BEGIN}`));
    time.after(10, () => {
      void Promise.resolve()
        .then(() => undefined)
        .then(() => seen.push('after 10'));
    });
    time.after(20, () => seen.push('20')).cancel();
    await time.runUntil(BEGIN + 100);
    expect(seen).toEqual(['after 10', '30 at 30']);
    expect(time.now()).toBe(BEGIN + 100);
  });

  test('keeps a thousand events in order', async () => {
    const random = createRandom('moments');
    const time = createVirtualTime(createRandom(1));
    const moments: number[] = [];
    for (let each = 0; each < 1000; each += 1) time.after(random.next() * 1e6, () => moments.push(time.now()));
    await time.runUntil(BEGIN + 1e6);
    expect(moments).toHaveLength(1000);
    expect(moments).toEqual(moments.toSorted((one, other) => one - other));
  });
});

describe('Randomness', () => {
  test('by a name is the same whatever else was drawn', () => {
    const [one, other] = [createRandom(42), createRandom(42)];
    other.next();
    other.of('something else').next();
    expect(one.of('discord', 7).next()).toBe(other.of('discord', 7).next());
    expect(one.of('discord', 7).next()).not.toBe(one.of('discord', 8).next());
  });
});

describe('A process', () => {
  test('that is killed before a call makes none, and one that is killed after it hears no answer', async () => {
    for (const side of ['before', 'after'] as const) {
      const acts: string[] = [];
      const { time, process } = createGround((wait) => {
        if (wait.side === side) wait.process.kill();
      });
      void process
        .call({ name: 'submit', there: 5, back: 5, act: () => acts.push('taken') })
        .then(() => acts.push('answered'));
      await time.runUntil(BEGIN + 100);
      expect(acts).toEqual(side === 'before' ? [] : ['taken']);
    }
  });

  test('that is killed while a call is under way has sent it all the same; its timers are gone', async () => {
    const acts: string[] = [];
    const { time, process } = createGround();
    process.clock.setTimeout(() => acts.push('timer'), 50);
    void process.call({ name: 'submit', there: 5, back: 5, act: () => acts.push('taken') });
    process.kill();
    process.clock.setTimeout(() => acts.push('timer of a dead process'), 1);
    await time.runUntil(BEGIN + 100);
    expect(acts).toEqual(['taken']);
  });

  test('that stands still does everything later, in its order', async () => {
    const acts: string[] = [];
    const { time, process } = createGround();
    for (const ms of [10, 20, 30]) process.clock.setTimeout(() => acts.push(`${ms} at ${time.now() - BEGIN}`), ms);
    process.freeze();
    time.after(100, () => {
      process.thaw();
    });
    await time.runUntil(BEGIN + 99);
    expect(acts).toEqual([]);
    await time.runUntil(BEGIN + 101);
    expect(acts.map((act) => act.slice(0, 9))).toEqual(['10 at 100', '20 at 100', '30 at 100']);
  });

  test('whose clock jumps believes another time, and its timers keep theirs', async () => {
    const { time, process } = createGround();
    let at = 0;
    process.clock.setTimeout(() => (at = process.clock.monotonic()), 60_000);
    process.jump(-3_600_000);
    expect(process.clock.now()).toBe(BEGIN - 3_600_000);
    await time.runUntil(BEGIN + 60_000);
    expect(at).toBe(60_000);
  });

  test('tells of what it throws', async () => {
    const thrown: unknown[] = [];
    const time = createVirtualTime(createRandom(1));
    const process = createProcess({ name: 'bot 1', incarnation: 1, time, onThrown: (error) => thrown.push(error) });
    process.clock.setTimeout(() => {
      throw new Error('nobody catches this');
    }, 1);
    await time.runUntil(BEGIN + 10);
    expect(thrown).toEqual([new Error('nobody catches this')]);
  });
});
