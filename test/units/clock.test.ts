/** The clock by which jobs go: it does not jump where the machine's is set. */
import { expect, test } from 'vitest';
import { createSteadyClock, systemClock } from '../../src/services/clock.ts';

const HOUR = 60 * 60_000;

function setUp() {
  const machine = { wall: 1_000_000, running: 5 };
  const clock = createSteadyClock(
    { ...systemClock, now: () => machine.wall, monotonic: () => machine.running },
    { believedAfter: HOUR },
  );
  /** Time passes; the machine's clock is set by so much meanwhile. */
  const pass = (ms: number, setBy = 0) => {
    machine.running += ms;
    machine.wall += ms + setBy;
    return clock.now();
  };
  return { machine, pass, start: clock.now() };
}

test('it follows the machine, and small corrections at once', () => {
  const { pass, start } = setUp();
  expect(pass(5 * HOUR)).toBe(start + 5 * HOUR);
  expect(pass(1000, 1900)).toBe(start + 5 * HOUR + 2900);
  expect(pass(1000, -1900)).toBe(start + 5 * HOUR + 2000);
});

test.each([-30_000, 3 * HOUR, -3 * HOUR, 100 * 24 * HOUR])(
  'a jump by %i ms is taken over after an hour of running',
  (jump) => {
    const { pass, start } = setUp();
    expect(pass(1000, jump)).toBe(start + 1000);
    expect(pass(HOUR - 1)).toBe(start + 1000 + HOUR - 1);
    expect(pass(1)).toBe(start + 1000 + HOUR + jump);
    expect(pass(1000)).toBe(start + 2000 + HOUR + jump);
  },
);

test('after a jump it tells whole milliseconds, as before: an id made of a moment takes no other', () => {
  const { machine, pass } = setUp();
  machine.running += 0.3;
  expect(Number.isInteger(pass(1000, 3 * HOUR))).toBe(true);
});

test('a clock that is set and set back has never moved it', () => {
  const { pass, start } = setUp();
  pass(1000, 3 * HOUR);
  expect(pass(1000, -3 * HOUR)).toBe(start + 2000);
  expect(pass(2 * HOUR)).toBe(start + 2000 + 2 * HOUR);
});
