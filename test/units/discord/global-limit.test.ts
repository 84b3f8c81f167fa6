/** A process keeps to its share of Discord's global limit, in any second, and to what other processes were told. */
import { REST } from 'discord.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../../src/services/clock.ts';
import { keepGlobalLimit } from '../../../src/services/discord/global-limit.ts';
import type { Processes } from '../../../src/services/storage/storage.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Answer = Awaited<ReturnType<REST['options']['makeRequest']>>;
const answer = (status: number, headers: Record<string, string> = {}) =>
  new Response(status === 204 ? null : '{}', { status, headers }) as unknown as Answer;

/** A REST whose calls are answered in the moment they are made, and when that was. */
function createRest({ count, answers = [] }: { count: () => number; answers?: Answer[] }) {
  const made: number[] = [];
  const pauses: number[] = [];
  let pause: (ms: number) => void = () => undefined;
  const processes: Processes = {
    count,
    pause: (ms) => pauses.push(ms),
    onPause: (hear) => (pause = hear),
  };
  const rest = new REST({
    api: 'http://127.0.0.1:9/api',
    handlerSweepInterval: 0,
    hashSweepInterval: 0,
    makeRequest() {
      made.push(Date.now());
      return Promise.resolve(answers.shift() ?? answer(204));
    },
  }).setToken('the.token');
  keepGlobalLimit(rest, { processes, clock: systemClock });
  let channel = 0;
  const ask = (calls: number) =>
    Array.from({ length: calls }, () => rest.delete(`/channels/${(channel += 1)}/messages/1`));
  const tell = (ms: number) => {
    pause(ms);
  };
  return { ask, made, pauses, pause: tell };
}

/** The most calls that were made within one second. */
const busiest = (made: number[]) =>
  Math.max(...made.map((from) => made.filter((at) => at >= from && at < from + 1000).length));

test.each([
  [1, 45],
  [2, 22],
  [10, 4],
  [100, 1],
  [Infinity, 1],
])('of %d processes, one makes %d calls in any second, and no fewer', async (count, share) => {
  const { ask, made } = createRest({ count: () => count });
  // Two calls, and the rest where a second that is counted from the first of them would end.
  void ask(Math.min(2, share));
  await vi.advanceTimersByTimeAsync(980);
  const all = Promise.all(ask(4 * share));
  await vi.advanceTimersByTimeAsync(6000);
  await all;
  expect(busiest(made)).toBe(share);
});

test('a share that shrinks holds at once, with the calls that were made before', async () => {
  let count = 1;
  const { ask, made } = createRest({ count: () => count });
  void ask(40);
  await vi.advanceTimersByTimeAsync(500);
  const before = Date.now();
  count = 5;
  void ask(30);
  await vi.advanceTimersByTimeAsync(5000);
  const after = made.filter((at) => at >= before);
  expect(after).toHaveLength(30);
  expect(busiest(made.slice(1))).toBeLessThanOrEqual(40);
  expect(busiest(after)).toBe(9);
});

test('what Discord answers for the whole bot is told to the other processes; what it answers for a route is not', async () => {
  const { ask, pauses, made } = createRest({
    count: () => 2,
    answers: [
      answer(429, { 'retry-after': '2', 'x-ratelimit-scope': 'user' }),
      answer(429, { 'retry-after': '3', 'x-ratelimit-scope': 'global', 'x-ratelimit-global': 'true' }),
    ],
  });
  const began = Date.now();
  void ask(2);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(pauses).toEqual([3000]);
  expect(made).toHaveLength(4);
  for (const at of made.slice(2)) expect(at - began).toBeGreaterThanOrEqual(3000);
});

test('a pause that another process was told of is waited for, once for all who tell of it, and no longer', async () => {
  const { ask, made, pause } = createRest({ count: () => 2 });
  const began = Date.now();
  pause(4000);
  await vi.advanceTimersByTimeAsync(1000);
  pause(2990);
  void ask(3);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(made).toHaveLength(3);
  for (const at of made) {
    expect(at - began).toBeGreaterThanOrEqual(4000);
    expect(at - began).toBeLessThan(4200);
  }
});
