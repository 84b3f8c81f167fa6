/** What was typed into a form is given back where the store alone knows the rest of it, and the rest with it once it answers. */
import type { ModalSubmitInteraction } from 'discord.js';
import { expect, test } from 'vitest';
import { askedAgain } from '../../../src/commands/buttons/job-options.ts';
import { giveBack } from '../../../src/commands/start-job/refusals.ts';
import type { StoredOptions, UncheckedOptions } from '../../../src/commands/start-job/options.ts';
import { translate } from '../../../src/languages/languages.ts';
import type { Job } from '../../../src/services/job/job.ts';
import { askedEmbeds, optionsUrl, readAsked } from '../../../src/services/messages/options-in-url.ts';
import type { ReplyMessage } from '../../../src/services/messages/messages.ts';
import { sampleJob } from '../../support/sample-job.ts';

const t = translate('en-US');
const references = ['1', '2'].map((number) => ({ url: `https://cdn.discordapp.com/attachments/1/${number}/a.png` }));
const JOB = sampleJob({ references, spoiler: true, quality: 'standard' });
const typed = { prompt: 'a harbour by night', count: 2, size: '2048:2048 (1:1)' };

/** A form that was sent under a message with these embeds. */
function sent(embeds: object[]): ModalSubmitInteraction {
  const message = { author: { id: '1' }, embeds, flags: { has: () => false } };
  const facts = {
    id: '9',
    locale: 'en-US',
    guildId: JOB.guildId,
    user: { id: JOB.userId },
    client: { user: { id: '1' } },
  };
  return { ...facts, message } as unknown as ModalSubmitInteraction;
}

const records = (job: Job | undefined) => ({ findReadable: () => Promise.resolve(job) });
const pictures = { same: true, given: [] };

/** What stands behind Edit of a refusal that gives these back. */
const behindEdit = (options: UncheckedOptions | undefined) =>
  readAsked((giveBack('Refused.', { id: '9', options, t }) as ReplyMessage).embeds);

test('under a gallery: with its options, and with its pictures once the record can be read', async () => {
  const gallery = [{ url: optionsUrl(JOB, '1-0'), description: JOB.prompt }];
  const asked = askedAgain(sent(gallery), JOB.id, { records: records(JOB), change: typed, pictures }) as StoredOptions;
  const back = behindEdit(asked.typed);
  expect(back).toMatchObject({ ...typed, quality: 'standard', spoiler: true, references: [] });
  expect(back?.sameAs).toEqual({ jobId: JOB.id, count: 2 });

  const refusal = askedEmbeds('9', back ?? { ...JOB, seed: undefined });
  const again = askedAgain(sent(refusal), '9', { records: records(JOB) }) as StoredOptions;
  expect(await again.read()).toMatchObject({ ...typed, references, spoiler: true });
  const forgotten = askedAgain(sent(refusal), '9', { records: records(undefined) }) as StoredOptions;
  const told = (await forgotten.read()) as ReplyMessage;
  expect(told.content).toBe(t('references.forgotten'));
  expect(readAsked(told.embeds)).toMatchObject(typed);
});

test('under a reply of which nobody knows the job any more', async () => {
  const asked = askedAgain(sent([]), JOB.id, {
    records: records(undefined),
    change: typed,
    pictures: { same: false, given: references },
  });
  const told = (await (asked as StoredOptions).read()) as ReplyMessage;
  expect(told.content).toBe(t('refusal.gone'));
  expect(readAsked(told.embeds)).toMatchObject({ ...typed, references });
});

test.each([undefined, 'bytedance/seedream-4-0/sequential'])('with the model that was named: %s', (model) => {
  const options = { ...JOB, ...typed, references: [], model };
  const { embeds } = giveBack('Refused.', { id: '9', options, t }) as ReplyMessage;
  expect(askedAgain(sent(embeds), '9', { records: records(undefined) })).toMatchObject({ ...typed, model });
});
