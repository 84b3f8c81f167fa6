import { expect, onTestFinished, test } from 'vitest';
import { createOtherCustomers } from '../../../playground/app/other-customers.ts';
import { createRunComfyStandIn } from '../../../playground/runcomfy/stand-in.ts';

test('as many jobs of others are there as wished, also when one ends by itself at the moment it is sent away', async () => {
  let now = Date.now();
  const runcomfy = await createRunComfyStandIn({ token: 'rc-test-token-4711', workers: 1, now: () => now });
  onTestFinished(() => runcomfy.close());
  const customers = createOtherCustomers(runcomfy);
  const states = () => runcomfy.jobs.map(({ state }) => state);

  customers.keepAhead(3);
  expect(states()).toEqual(['in_progress', 'in_queue', 'in_queue']);
  customers.keepAhead(2);
  expect(states()).toEqual(['in_progress', 'in_queue', 'succeeded']);

  // The running one has ended meanwhile, but nobody has looked yet.
  now += 60 * 60_000;
  customers.keepAhead(0);
  expect(states()).toEqual(['succeeded', 'succeeded', 'succeeded']);
  // Nor does another follow it.
  await new Promise(setImmediate);
  expect(runcomfy.jobs).toHaveLength(3);
});
