/** What the host is to hear is told in the end: by the process that began it, or by the next one. */
import { expect, test } from 'vitest';
import { createNotices, NOTICES, resumeNotices } from '../../../src/services/host/notices.ts';
import { createVirtualClock } from '../../support/clock/virtual-clock.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A store and a Discord that fail on demand, and processes that share them. */
function createWorld() {
  const clock = createVirtualClock();
  const records = new Map<string, Map<string, unknown>>();
  const sent: { content: string; nonce: string }[] = [];
  const world = { storeFails: false, discordFails: false };
  let asked = 0;
  const collection = (namespace: string) => {
    const own = records.get(namespace) ?? new Map<string, unknown>();
    records.set(namespace, own);
    const answer = <Value>(value: () => Value) =>
      world.storeFails ? Promise.reject(new Error('The store is away')) : Promise.resolve(value());
    return {
      get: (id: string) => answer(() => own.get(id)),
      set: (id: string, value: unknown) => answer(() => void own.set(id, value)),
      async *entries() {
        yield* await answer(() => [...own]);
      },
    };
  };
  const rest = {
    post(_route: string, { body }: { body: { content?: string; nonce?: string } }) {
      asked += 1;
      const { content, nonce = '' } = body;
      if (world.discordFails) return Promise.reject(new Error('Discord is away'));
      if (content !== undefined && sent.every((message) => message.nonce !== nonce)) sent.push({ content, nonce });
      return Promise.resolve({ id: 'direct' });
    },
  };
  const host = { users: () => Promise.resolve(['host']) };
  const parts = { ...{ store: { collection }, rest, host, clock }, log: createSilentLog() } as never;
  const told = () => sent.map(({ content }) => content);
  return {
    world,
    clock,
    parts,
    told,
    posts: () => asked,
    notices: () => createNotices({ ...(parts as object), kind: NOTICES.account } as never),
  };
}

test('by the same process, where Discord was away for long', async () => {
  const { world, clock, notices, told } = createWorld();
  world.discordFails = true;
  void notices().tell('key', 'The key is refused');
  await clock.advance(20 * MINUTE);
  world.discordFails = false;
  expect(told()).toEqual([]);
  await clock.advance(20 * MINUTE);
  expect(told()).toEqual(['The key is refused']);
  await clock.advance(24 * HOUR);
  expect(told()).toHaveLength(1);
});

test('however often it is asked for while Discord is away, it is tried again once', async () => {
  const { clock, world, notices, posts } = createWorld();
  world.discordFails = true;
  const own = notices();
  void own.tell('low', 'The balance is low');
  await clock.advance(HOUR);
  const once = posts();
  for (let reading = 0; reading < 60; reading += 1) {
    void own.tell('low', 'The balance is low');
    await clock.advance(2 * MINUTE);
  }
  await clock.advance(MINUTE);
  const before = posts();
  await clock.advance(HOUR);
  expect(posts() - before).toBeLessThanOrEqual(once);
});

test('by the same process, where the store was away', async () => {
  const { world, clock, notices, told } = createWorld();
  world.storeFails = true;
  void notices().tell('key', 'The key is refused');
  await clock.advance(MINUTE / 2);
  world.storeFails = false;
  await clock.advance(2 * MINUTE);
  expect(told()).toEqual(['The key is refused']);
});

test('by the next process, where the first one was killed before Discord had it; not what is a day old', async () => {
  for (const [down, expected] of [
    [HOUR, ['The key is refused']],
    [25 * HOUR, []],
  ] as const) {
    const { world, clock, parts, notices, told } = createWorld();
    world.discordFails = true;
    void notices().tell('key', 'The key is refused');
    await clock.advance(1000);
    const killed = createVirtualClock();
    await killed.advance(1000 + down);
    world.discordFails = false;
    await resumeNotices({ ...(parts as object), clock: killed } as never);
    await killed.advance(1000);
    expect(told()).toEqual(expected);
  }
});

test('not by the next process, where it was told', async () => {
  const { clock, parts, notices, told } = createWorld();
  await notices().tell('key', 'The key is refused');
  await resumeNotices(parts);
  await notices().tell('key', 'The key is refused');
  await clock.advance(MINUTE);
  expect(told()).toHaveLength(1);
});
