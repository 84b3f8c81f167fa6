/** Nothing typed is lost: what is refused comes back whole behind Edit, also what may not be quoted, and what is no number. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interaction, Message } from '../../../playground/discord/stand-in.ts';
import { createStage, ROOMY, type Stage } from '../../support/bot.ts';
import { jobsOf, submitted } from '../../support/runcomfy.ts';
import { buttons, expectCleanConduct, gallery, PATIENCE, refusal, replyOf } from '../../support/waiting.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({ quick: true, runcomfy: { speed: 200 }, environment: ROOMY });
});
afterAll(async () => {
  expectCleanConduct(stage);
  await stage[Symbol.asyncDispose]();
});

type Options = Record<string, string | number | boolean>;

function ask(options: Options, channel = stage.discord.channels.general): Interaction {
  return stage.discord.command({ member: stage.discord.members.ana, channel, name: 'seedream', options });
}

/** The message by which a request is refused, which its member alone sees. */
async function refused(interaction: Interaction): Promise<Message> {
  await refusal(stage, interaction);
  const { original, followUps } = interaction;
  return original === null || original.deleted ? (followUps[0] as Message) : original;
}

async function press(message: Message, label: string): Promise<Interaction> {
  const button = message.components.flatMap((row) => row.components ?? []).find((each) => each.label === label);
  const { discord } = stage;
  const pressed = discord.press({ member: discord.members.ana, message, customId: button?.custom_id ?? '' });
  await pressed.acknowledged();
  return pressed;
}

/** What stands in the parts of a form, by their ids. */
function filledIn({ modal }: Interaction): Record<string, unknown> {
  const parts = modal?.components.flatMap(({ component }) => component ?? []) ?? [];
  const valueOf = (part: (typeof parts)[number]) =>
    part.value ?? part.options?.find((each) => each.default)?.value ?? '';
  return Object.fromEntries<unknown>(parts.map((part) => [part.custom_id ?? '', valueOf(part)]));
}

/** What the embed of a refusal says, as a reader sees it. */
const shownOf = ({ embeds }: Message) => embeds[0]?.description?.replaceAll('\\', '');

/** What is said beside the prompt of a form. */
const hintOf = ({ modal }: Interaction) =>
  (modal?.components[0] as { description?: string } | undefined)?.description ?? '';

/** Everything that is refused by `/seedream` itself, whatever it was: nobody's client sends it, but an old one may. */
function forge(options: { name: string; type: number; value: unknown }[]): Interaction {
  const { discord } = stage;
  const { id } = discord.commands().find(({ name }) => name === 'seedream') ?? {};
  const data = { id, name: 'seedream', type: 1, options };
  return discord.dispatchInteraction({ member: discord.members.ana, channel: discord.channels.general, type: 2, data });
}

test('a seed that is no number comes back as it was typed, with all else of the form', async () => {
  const first = await refused(ask({ prompt: '2 owls and 4 photos, 3 pictures', seed: 41, quality: 'standard' }));
  const edit = await press(first, 'Edit');
  const values = { prompt: 'two owls', count: '2', size: '2048:2048 (1:1)', quality: 'standard', seed: 'lucky 7' };
  const sent = stage.discord.submitModal({ interaction: edit, values });
  expect(await refusal(stage, sent)).toContain('must be a whole number');
  const again = await press(await refused(sent), 'Edit');
  expect(filledIn(again)).toEqual(values);
  const mended = stage.discord.submitModal({ interaction: again, values: { ...values, seed: '7' } });
  await gallery(mended);
  expect(jobsOf(stage, 'two owls')[0]).toMatchObject({ seed: 7, input: { images: 2, width: 2048, standard: true } });
});

test.each(['-7', '1e3', '99999999999'])('so does the seed %s', async (seed) => {
  const first = await refused(ask({ prompt: '2 owls and 4 photos, 3 pictures', seed: 41 }));
  const values = { ...filledIn(await press(first, 'Edit')), prompt: 'an owl', count: '1', seed };
  const sent = stage.discord.submitModal({ interaction: await press(first, 'Edit'), values });
  expect(filledIn(await press(await refused(sent), 'Edit'))).toMatchObject({ prompt: 'an owl', seed });
});

test.each([
  ['a prompt that is too long', 'x'.repeat(1400)],
  ['one of signs that are escaped', '*_~`|'.repeat(150)],
])('%s comes back to its last character', async (_what, prompt) => {
  const message = await refused(forge([{ name: 'prompt', type: 3, value: prompt }]));
  expect(filledIn(await press(message, 'Edit'))['prompt']).toBe(prompt);
});

test('an empty prompt gives back what was chosen beside it', async () => {
  const message = await refused(ask({ prompt: '\u200b', count: 5, size: '1440:2560 (9:16)', quality: 'standard' }));
  expect(shownOf(message)).toBe('… · 5 pictures · Portrait 9:16 · standard');
  const edit = await press(message, 'Edit');
  expect(filledIn(edit)).toMatchObject({ prompt: '', count: '5', size: '1440:2560 (9:16)', quality: 'standard' });
});

test('a choice that nobody knows gives back the prompt and what else was chosen', async () => {
  const forged = forge([
    { name: 'prompt', type: 3, value: 'a barn owl' },
    { name: 'size', type: 3, value: '1:1' },
    { name: 'count', type: 4, value: 2 },
  ]);
  const message = await refused(forged);
  expect(message.content).toContain('I do not know that choice');
  expect(filledIn(await press(message, 'Edit'))).toMatchObject({ prompt: 'a barn owl', count: '2' });
});

test('a number that only the prompt states is no other one the next time', async () => {
  const { discord } = stage;
  const channel = discord.addChannel(discord.guilds.home, { name: 'closed for now' });
  discord.setBotPermissions(channel, { deny: ['AttachFiles'] });
  const message = await refused(ask({ prompt: '5 images of tawny owls' }, channel));
  expect(filledIn(await press(message, 'Edit'))).toMatchObject({ count: '5' });
  discord.setBotPermissions(channel, { allow: ['AttachFiles'] });
  await press(message, 'Try again');
  expect((await submitted(stage, '5 images of tawny owls')).input).toMatchObject({ images: 5 });
});

test('a barred word is quoted nowhere, and Edit has all that was typed, also after a restart', async () => {
  const { discord } = stage;
  const house = { member: discord.members.admin, channel: discord.channels.general, name: 'words add' };
  const added = discord.command({ ...house, options: { word: 'Zorblax' } });
  await added.until(({ original }) => original?.content.includes('Added') ?? false, PATIENCE);
  const prompt = `ein *Zorblax* ${'é語'.repeat(60)} 🦉`;
  const typed = { prompt, count: 4, size: '1440:2560 (9:16)', quality: 'standard', seed: 7 };
  const message = await refused(ask(typed));
  expect(message.content).toContain('holds a word');
  expect(JSON.stringify(message.versions).toLowerCase()).not.toContain('zorblax');
  expect(shownOf(message)).toBe('… · 4 pictures · Portrait 9:16 · seed 7 · standard');
  expect(buttons(message)).toEqual(['Edit']);
  await stage.bot.stop();
  await stage.start();
  const edit = await press(message, 'Edit');
  const { count, seed, ...rest } = typed;
  expect(filledIn(edit)).toEqual({ ...rest, count: String(count), seed: String(seed) });
  const again = stage.discord.submitModal({ interaction: edit, values: { ...rest, count: '1', seed: '8' } });
  expect(JSON.stringify((await refused(again)).versions).toLowerCase()).not.toContain('zorblax');
});

test('Edit under a gallery says what it has no field for, and keeps it', async () => {
  const job = ask({ prompt: 'a snowy owl', count: 1, quality: 'standard', seed: 4711 });
  const edit = await press(await gallery(job), 'Edit');
  expect(Object.keys(filledIn(edit))).toEqual(['prompt', 'count', 'size', 'pictures', 'files']);
  expect(hintOf(edit)).toBe('Kept: standard. Here you can add --seed 4711 (as before), --quality fast.');
  const values = { prompt: 'a snowy owl asleep --seed 4711', count: '1' };
  await gallery(stage.discord.submitModal({ interaction: edit, values }));
  expect(jobsOf(stage, 'a snowy owl asleep')[0]).toMatchObject({ seed: 4711, input: { standard: true } });
  const other = await press(replyOf(job), 'Edit');
  const fast = { prompt: 'a snowy owl awake --quality fast', count: '1' };
  await gallery(stage.discord.submitModal({ interaction: other, values: fast }));
  expect(jobsOf(stage, 'a snowy owl awake')[0]?.input).toMatchObject({ standard: false });
});
