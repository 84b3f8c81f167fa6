/** Where only the first response will do, the store is waited for so long that there is time left for it. */
import type { ButtonInteraction } from 'discord.js';
import { expect, test } from 'vitest';
import { createEdit } from '../../../src/commands/buttons/edit.ts';
import type { Responses } from '../../../src/commands/interactions/responses.ts';
import { createSuggestions } from '../../../src/commands/start-job/suggestions.ts';
import { createVirtualClock } from '../../support/clock/virtual-clock.ts';
import { createSilentLog } from '../../support/silent-log.ts';
import { createWrittenModels } from '../../support/written-models.ts';

const log = createSilentLog();
const never = () => new Promise<never>(() => undefined);

test('Edit says within 2 seconds that the store does not answer', async () => {
  const clock = createVirtualClock();
  const said: unknown[] = [];
  const responses = {
    replyPrivately: (_: unknown, message: unknown) => Promise.resolve(void said.push(message)),
  } as unknown as Responses;
  const { button: edit } = createEdit({
    models: createWrittenModels(),
    records: { findReadable: never },
    responses,
    clock,
    log,
  });
  const message = { author: { id: '1' }, embeds: [], flags: { has: () => false } };
  const interaction = { locale: 'en-US', guildId: '2', user: { id: '3' }, client: { user: { id: '1' } }, message };
  const pressed = edit.press(interaction as unknown as ButtonInteraction, '1574318992691036160');
  await clock.advance(1000);
  expect(said).toEqual([]);
  await clock.advance(1000);
  await pressed;
  expect(said).toEqual([expect.stringContaining('cannot reach its storage')]);
});

test('nothing is suggested within 2 seconds where the store does not answer', async () => {
  const clock = createVirtualClock();
  const promptHistory = { find: never, remembered: () => [] };
  const suggestions = createSuggestions({ promptHistory, records: { findReadable: never }, clock, log });
  const offered = suggestions.offer({ guildId: '2', userId: '3' }, 'a fox');
  await clock.advance(2000);
  expect(await offered).toEqual([]);
});
