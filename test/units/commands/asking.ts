/** A command that asks for pictures, handled where all but what a test is about is well. */
import type { ChatInputCommandInteraction } from 'discord.js';
import type { Responses } from '../../../src/commands/interactions/responses.ts';
import { createStartJob, type StartJob } from '../../../src/commands/start-job/start-job.ts';
import type { VirtualClock } from '../../support/clock/virtual-clock.ts';
import { createSilentLog } from '../../support/silent-log.ts';
import { createWrittenModels } from '../../support/written-models.ts';

/** @param parts - what the test is about. */
export async function ask(
  clock: VirtualClock,
  parts: { responses: Partial<Record<keyof Responses, unknown>> } & Record<string, unknown>,
  asked: Parameters<StartJob>[1],
): Promise<void> {
  const all = {
    models: createWrittenModels(),
    breaker: { refusal: () => undefined },
    isDiscords: () => true,
    onStarted: () => undefined,
    hasBegun: () => Promise.resolve(false),
    packets: { roleIdsOf: () => [], isInThread: () => false },
    jobDeadline: 60 * 60_000,
    jobClock: clock,
    clock,
    randomSeed: () => 7,
    log: createSilentLog(),
    ...parts,
  };
  const startJob = createStartJob(all as unknown as Parameters<typeof createStartJob>[0]);
  const interaction = {
    ...{ id: '9', locale: 'en-US', guildId: '2', channelId: '4', user: { id: '3' } },
    appPermissions: { has: () => true },
    isChatInputCommand: () => true,
  } as unknown as ChatInputCommandInteraction;
  const started = startJob(interaction, asked);
  await clock.advance(2000);
  await started;
}
