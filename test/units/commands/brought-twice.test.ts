/** A request that Discord brings twice, and that fails the second time, leaves the job that it began and its reply alone. */
import { expect, test } from 'vitest';
import { StoreError } from '../../../src/services/storage/storage.ts';
import { createVirtualClock } from '../../support/clock/virtual-clock.ts';
import { ask } from './asking.ts';

const away = () => Promise.reject(new StoreError('The store is away.'));

/**
 * Asks for pictures where the store fails; gives what is said in the reply's place.
 *
 * @param messageId - of the reply, where Discord says it; else an earlier try may have been taken.
 */
async function askInVain(messageId: string | undefined, hasBegun: () => Promise<boolean>): Promise<unknown[]> {
  const said: unknown[] = [];
  const responses = {
    deferReply: () => Promise.resolve(messageId),
    withdrawReply: (_: unknown, message: unknown) => Promise.resolve(void said.push(message)),
  };
  // What else it takes is asked after the options are read.
  const parts = { jobs: { start: away }, hasBegun, responses };
  await ask(createVirtualClock(), parts, { private: true, typed: undefined, read: away });
  return said;
}

const REFUSED = [expect.stringContaining('Nothing was charged')];

test('where its job goes on, nothing is said over it', async () => {
  expect(await askInVain(undefined, () => Promise.resolve(true))).toEqual([]);
});

test('whoever waits is told that the store failed, where the request has no job', async () => {
  expect(await askInVain(undefined, () => Promise.resolve(false))).toEqual(REFUSED);
});

test('a request that is certainly new is not looked for', async () => {
  expect(await askInVain('8', () => Promise.resolve(true))).toEqual(REFUSED);
});
