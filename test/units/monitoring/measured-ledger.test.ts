/** A ledger that is measured is the ledger: every call arrives with all that it says, and what it answers comes back. */
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/services/clock.ts';
import type { Ledger } from '../../../src/services/ledger/ledger.ts';
import { createMetrics } from '../../../src/services/monitoring/metrics.ts';
import { measuredLedger } from '../../../src/services/monitoring/wrap-services.ts';
import { NOON, reservation, UNLIMITED } from '../../support/sample-reservation.ts';

const CALLS: { [Call in keyof Ledger]: Parameters<Ledger[Call]> } = {
  reserve: [reservation('a'), UNLIMITED],
  reduce: ['a', 2],
  settle: ['a', 1],
  release: ['a'],
  usage: ['guild', 'user', NOON],
  held: [NOON],
  recent: [{ userId: 'user', since: 0, limit: 10 }],
  daily: [{ guildId: 'guild', from: NOON, to: NOON }],
  forget: [['a'], NOON],
  prune: [NOON],
};

test.each(Object.entries(CALLS))('%s', async (call, given) => {
  const heard: unknown[] = [];
  const answer = { outcome: 'repeated' };
  const plain = Object.fromEntries(
    Object.keys(CALLS).map((name) => [
      name,
      (...of: unknown[]) => (heard.push([name, ...of]), Promise.resolve(answer)),
    ]),
  );
  const measured = measuredLedger(plain as unknown as Ledger, { metrics: createMetrics(), clock: systemClock });
  const acts = measured as unknown as Record<string, (...of: unknown[]) => Promise<unknown>>;
  expect(await acts[call]?.(...given)).toBe(answer);
  expect(heard).toEqual([[call, ...given]]);
});
