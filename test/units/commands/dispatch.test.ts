/** An interaction that is brought twice and fails the second time takes nothing from the job that the first one began. */
import type { ChatInputCommandInteraction } from 'discord.js';
import { expect, test, vi } from 'vitest';
import type { Command } from '../../../src/commands/interactions/command.ts';
import { createInteractions } from '../../../src/commands/interactions/dispatch.ts';
import type { Responses } from '../../../src/commands/interactions/responses.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const interaction = {
  id: '1574318992691036160',
  commandName: 'seedream',
  locale: 'en-US',
  isAutocomplete: () => false,
  isChatInputCommand: () => true,
  isButton: () => false,
  isModalSubmit: () => false,
} as unknown as ChatInputCommandInteraction;

/** Has a command fail whose interaction was acknowledged, by whomever. Gives what its person was told. */
async function fail(hasBegun: () => Promise<boolean>) {
  const followUpAfterFailure = vi.fn<Responses['followUpAfterFailure']>(() => Promise.resolve());
  const responses = {
    replyPrivately: () => Promise.reject(new Error('already acknowledged')),
    followUpAfterFailure,
  } as unknown as Responses;
  const run = () => Promise.reject(new Error('No answer within 3000 ms'));
  const commands = [{ name: 'seedream', run }] as unknown as Command[];
  const log = createSilentLog();
  await createInteractions({
    ...{ commands, messageCommands: [], buttons: [], selects: [], forms: [] },
    ...{ responses, hasBegun, log },
  }).handle(interaction);
  return followUpAfterFailure.mock.calls.map(([, content]) => content);
}

test('a job that goes on keeps its reply, and nobody is told that nothing was charged', async () => {
  expect(await fail(() => Promise.resolve(true))).toEqual([]);
});

test('who waits is told that something went wrong where there is no job', async () => {
  expect(await fail(() => Promise.resolve(false))).toEqual([expect.stringContaining('Something went wrong')]);
});

test('nobody is told that nothing was charged where the store does not say', async () => {
  expect(await fail(() => Promise.reject(new Error('the store is away')))).toEqual([]);
});
