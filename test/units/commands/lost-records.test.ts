/** Where the store lost its records, every press and page says that the host must look first, and not to wait a minute. */
import type { ButtonInteraction, ChatInputCommandInteraction } from 'discord.js';
import { expect, test } from 'vitest';
import { createCancelButton } from '../../../src/commands/buttons/cancel.ts';
import { createDeliverButton } from '../../../src/commands/buttons/deliver.ts';
import { createEdit } from '../../../src/commands/buttons/edit.ts';
import { createRemoveButton } from '../../../src/commands/buttons/remove.ts';
import { createSeedButton } from '../../../src/commands/buttons/seed.ts';
import { createHistory } from '../../../src/commands/history.ts';
import type { Responses } from '../../../src/commands/interactions/responses.ts';
import { createPrivacyButtons } from '../../../src/commands/privacy.ts';
import { LostRecordsError } from '../../../src/services/storage/storage.ts';
import { createVirtualClock } from '../../support/clock/virtual-clock.ts';
import { createSilentLog } from '../../support/silent-log.ts';
import { createWrittenModels } from '../../support/written-models.ts';

const JOB = '1574318992691036160';
const log = createSilentLog();
const clock = createVirtualClock();
const lost = () => Promise.reject(new LostRecordsError('The records are gone.'));

/** What a person is told, in whichever way. */
function listen(): { responses: Responses; told: string[] } {
  const told: string[] = [];
  const tell = (_: unknown, message: string | { content?: string }) => {
    told.push(typeof message === 'string' ? message : (message.content ?? ''));
    return Promise.resolve();
  };
  const quiet = () => Promise.resolve(undefined);
  const said = { replyPrivately: tell, editReply: tell, followUpPrivately: tell, completeReply: tell };
  const responses = { ...said, deferReply: quiet, deferUpdate: quiet } as unknown as Responses;
  return { responses, told };
}

const facts = {
  id: '9',
  locale: 'en-US',
  guildId: '2',
  user: { id: '3' },
  client: { user: { id: '1' } },
  message: { id: '8', author: { id: '1' }, embeds: [], flags: { has: () => false } },
};
const pressed = { ...facts, isButton: () => true } as unknown as ButtonInteraction;
const used = { ...facts, isButton: () => false } as unknown as ChatInputCommandInteraction;

test.each(['cancel', 'deliver', 'edit', 'remove', 'seed', 'erasenow'])(
  '%s says that the records are lost',
  async (action) => {
    const { responses, told } = listen();
    const records = { findReadable: lost };
    const jobs = { cancel: lost, redeliver: lost, remove: lost };
    const parts = { models: createWrittenModels(), responses, records, jobs, jobClock: clock, clock, log };
    const buttons = [
      createCancelButton(parts),
      createDeliverButton(parts),
      createEdit(parts).button,
      createRemoveButton(parts),
      createSeedButton(parts),
      ...createPrivacyButtons({ erase: { erase: lost }, responses, log }),
    ];
    const id = action === 'erasenow' ? facts.user.id : JOB;
    await buttons.find((button) => button.action === action)?.press(pressed, id);
    expect(told).toEqual([expect.stringContaining('they have to look into it first')]);
  },
);

test('/history says that the records are lost', async () => {
  const { responses, told } = listen();
  const parts = { models: createWrittenModels(), records: { findReadable: lost }, responses, clock, log };
  const { command } = createHistory({ ...parts, ledger: { recent: lost }, retention: 1 });
  await command.run(used);
  expect(told).toEqual([expect.stringContaining('they have to look into it first')]);
});
