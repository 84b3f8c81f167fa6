import { expect, test } from 'vitest';
import { createQueue, type Queued } from '../../../../simulator/world/runcomfy/queue.ts';

function create(workers: number) {
  const clock = { now: 0 };
  const queue = createQueue<Queued>({ now: () => clock.now, workers });
  const add = (duration: number, readyAt = 0, ending: Queued['ending'] = 'succeeded') => {
    const request: Queued = { state: 'in_queue', duration, ending, readyAt, endedAt: undefined };
    queue.add(request);
    return request;
  };
  const at = (now: number) => {
    clock.now = now;
    queue.advance();
  };
  return { queue, add, at };
}

test('requests take turns, and what was not looked at for long has happened at its moment', () => {
  const { add, at } = create(1);
  const [first, second] = [add(100), add(50, 0, 'failed')];
  expect([first.state, second.state]).toEqual(['in_progress', 'in_queue']);
  at(1000);
  expect(first).toMatchObject({ state: 'succeeded', endedAt: 100 });
  expect(second).toMatchObject({ state: 'failed', endedAt: 150 });
});

test('a request waits for those of others before it, which its position counts', () => {
  const { queue, add, at } = create(2);
  const first = add(100, 9000);
  const second = add(100);
  expect([first, second].map((request) => queue.position(request))).toEqual([3, 1]);
  at(8999);
  expect([first.state, second.state]).toEqual(['in_queue', 'in_queue']);
  at(9050);
  expect([first.state, second.state]).toEqual(['in_progress', 'in_progress']);
  at(9100);
  expect(second).toMatchObject({ state: 'succeeded', endedAt: 9100 });
});

test('one that is taken out of the queue never starts, and makes room', () => {
  const { queue, add, at } = create(1);
  const [first, second, third] = [add(100), add(100), add(100)];
  expect(queue.cancel(second)).toBe(true);
  expect(queue.cancel(first)).toBe(false);
  expect(queue.position(third)).toBe(0);
  at(500);
  expect([first, second, third].map(({ state }) => state)).toEqual(['succeeded', 'cancelled', 'succeeded']);
  expect(third.endedAt).toBe(200);
});

test('one that never ends holds nobody up', () => {
  const { add, at } = create(1);
  const [stuck, next] = [add(Infinity), add(100)];
  at(10_000);
  expect([stuck.state, next.state]).toEqual(['in_progress', 'succeeded']);
});
