/** A request that Discord brings twice, and that fails the second time, leaves the job that it began and its reply alone. */
import type { ChatInputCommandInteraction } from 'discord.js';
import { expect, test } from 'vitest';
import type { Responses } from '../../../src/commands/interactions/responses.ts';
import { createStartJob } from '../../../src/commands/start-job/start-job.ts';
import { StoreError } from '../../../src/services/storage/storage.ts';
import { createVirtualClock } from '../../support/clock/virtual-clock.ts';
import { createSilentLog } from '../../support/silent-log.ts';
import { createWrittenModels } from '../../support/written-models.ts';

const away = () => Promise.reject(new StoreError('The store is away.'));

/**
 * Asks for pictures where the store fails; gives what is said in the reply's place.
 *
 * @param messageId - of the reply, where Discord says it; else an earlier try may have been taken.
 */
async function ask(messageId: string | undefined, hasBegun: () => Promise<boolean>): Promise<unknown[]> {
  const said: unknown[] = [];
  const responses = {
    deferReply: () => Promise.resolve(messageId),
    withdrawReply: (_: unknown, message: unknown) => Promise.resolve(void said.push(message)),
  } as unknown as Responses;
  const clock = createVirtualClock();
  // What else it takes is asked after the options are read.
  const parts = {
    jobs: { start: away },
    models: createWrittenModels(),
    breaker: { refusal: () => undefined },
    onStarted: () => undefined,
    hasBegun,
    packets: { roleIdsOf: () => [], isInThread: () => false },
    responses,
    jobDeadline: 60 * 60_000,
    clock,
    randomSeed: () => 7,
    log: createSilentLog(),
  };
  const startJob = createStartJob(parts as unknown as Parameters<typeof createStartJob>[0]);
  const interaction = {
    ...{ id: '9', locale: 'en-US', guildId: '2', channelId: '4', user: { id: '3' } },
    appPermissions: { has: () => true },
  } as unknown as ChatInputCommandInteraction;
  const started = startJob(interaction, { private: true, typed: undefined, read: away });
  await clock.advance(2000);
  await started;
  return said;
}

const REFUSED = [expect.stringContaining('Nothing was charged')];

test('where its job goes on, nothing is said over it', async () => {
  expect(await ask(undefined, () => Promise.resolve(true))).toEqual([]);
});

test('whoever waits is told that the store failed, where the request has no job', async () => {
  expect(await ask(undefined, () => Promise.resolve(false))).toEqual(REFUSED);
});

test('a request that is certainly new is not looked for', async () => {
  expect(await ask('8', () => Promise.resolve(true))).toEqual(REFUSED);
});
