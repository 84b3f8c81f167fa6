/** An account that another process found to be refused: asked for after the acknowledgement, and before anything is reserved. */
import type { ChatInputCommandInteraction } from 'discord.js';
import { expect, test } from 'vitest';
import type { Responses } from '../../../src/commands/interactions/responses.ts';
import { createStartJob } from '../../../src/commands/start-job/start-job.ts';
import { createVirtualClock } from '../../support/clock/virtual-clock.ts';
import { createSilentLog } from '../../support/silent-log.ts';
import { createWrittenModels } from '../../support/written-models.ts';

test('nobody waits for it before the acknowledgement, and nothing is begun', async () => {
  const happened: string[] = [];
  const said: unknown[] = [];
  const note = (what: string) => Promise.resolve(void happened.push(what));
  const clock = createVirtualClock();
  let until: number | undefined;
  const parts = {
    jobs: { start: () => note('start') },
    models: createWrittenModels(),
    breaker: {
      refusal: () => until && { fault: 'balance', until },
      refresh() {
        until = clock.now() + 60_000;
        return note('refresh');
      },
    },
    rules: {
      imagesPerJobIn: () => 15,
      rulesFor: () =>
        Promise.resolve({ limits: {}, imagesPerJob: 15, complete: true, references: true, refuses: () => false }),
    },
    isDiscords: () => true,
    hasBegun: () => Promise.resolve(false),
    packets: { roleIdsOf: () => [], isInThread: () => false },
    responses: {
      deferReply: () => note('acknowledge').then(() => '8'),
      withdrawReply(_: unknown, message: unknown) {
        said.push(message);
        return note('withdraw');
      },
    } as unknown as Responses,
    jobDeadline: 60 * 60_000,
    clock,
    randomSeed: () => 7,
    log: createSilentLog(),
  };
  const startJob = createStartJob(parts as unknown as Parameters<typeof createStartJob>[0]);
  const interaction = {
    ...{ id: '9', locale: 'en-US', guildId: '2', channelId: '4', user: { id: '3' } },
    appPermissions: { has: () => true },
    isChatInputCommand: () => true,
  } as unknown as ChatInputCommandInteraction;
  const none = { model: undefined, size: undefined, seed: undefined, quality: undefined, spoiler: false };
  const started = startJob(interaction, {
    ...none,
    prompt: 'a quiet harbour',
    count: 1,
    private: false,
    references: [],
  });
  await clock.advance(2000);
  await started;
  expect(happened).toEqual(['acknowledge', 'refresh', 'withdraw']);
  expect(JSON.stringify(said)).toContain(`<t:${Math.ceil((until ?? 0) / 1000)}:`);
});
