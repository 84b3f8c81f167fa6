/** The buttons under a gallery: Again, Edit, Seed, Remove. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interaction, Message } from '../../playground/discord/stand-in.ts';
import { createStage, ROOMY, type Stage } from '../support/bot.ts';
import { jobsOf, submits } from '../support/runcomfy.ts';
import { buttons, gallery, PATIENCE, replyOf } from '../support/waiting.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({ quick: true, runcomfy: { speed: 200 }, environment: ROOMY });
});
afterAll(() => stage[Symbol.asyncDispose]());

/** A job of Ana's, its gallery shown. */
async function made(options: Record<string, string | number | boolean> = {}): Promise<Interaction> {
  const { discord } = stage;
  const interaction = discord.command({
    member: discord.members.ana,
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt: 'two *red* kites', count: 2, ...options },
  });
  await gallery(interaction);
  return interaction;
}

function press(member: keyof Stage['discord']['members'], message: Message, action: string): Interaction {
  const button = message.components.flatMap((row) => row.components ?? []);
  const customId = button.find(({ custom_id }) => custom_id?.startsWith(`${action}:`))?.custom_id ?? '';
  return stage.discord.press({ member: stage.discord.members[member], message, customId });
}

/** What a press was told privately. */
async function told(pressed: Interaction): Promise<string> {
  const said = () => [pressed.original, ...pressed.followUps].find((message) => message?.visibleTo === pressed.user);
  await pressed.until(() => said() !== undefined, PATIENCE);
  return said()?.content ?? '';
}

test.concurrent('Again is the same request with a new seed, as a job of whoever presses', async () => {
  const prompt = 'two *blue* kites';
  const first = await made({ prompt, seed: 41, size: '2048:2048 (1:1)', quality: 'standard' });
  expect(buttons(replyOf(first))).toEqual(['Again', 'Edit', 'Seed', 'Remove']);
  const again = press('ben', replyOf(first), 'again');
  const message = await gallery(again);
  expect(message.id).not.toBe(replyOf(first).id);
  const { id } = stage.discord.members.ben.user;
  expect(message.embeds[0]?.description?.split('\n')[1], 'Discord does not say who pressed').toBe(`-# <@${id}>`);
  const [, job] = jobsOf(stage, prompt);
  expect(job?.input).toMatchObject({
    text: 'Generate 2 images: two *blue* kites',
    images: 2,
    width: 2048,
    standard: true,
  });
  expect(job?.seed).not.toBe(41);
});

test.concurrent('Edit opens the request filled in, and what is sent is a job of its own', async () => {
  const first = await made({ size: '1728:2304 (3:4)' });
  const edit = press('ana', replyOf(first), 'edit');
  await edit.acknowledged();
  expect(JSON.stringify(edit.modal)).toContain('two *red* kites');
  const sent = stage.discord.submitModal({
    interaction: edit,
    values: { prompt: 'three green kites', count: '3', size: '2304:1728 (4:3)' },
  });
  await gallery(sent);
  expect(jobsOf(stage, 'three green kites')[0]?.input).toMatchObject({
    text: 'Generate 3 images: three green kites',
    images: 3,
    width: 2304,
  });
});

test.concurrent('a number that is none is refused in the form, and costs nothing', async () => {
  const prompt = 'kites without number';
  const first = await made({ prompt });
  const edit = press('ana', replyOf(first), 'edit');
  await edit.acknowledged();
  // Discord's client sends no choice that the form does not have.
  const filled = [
    { type: 4, id: 1, custom_id: 'prompt', value: prompt },
    { type: 3, id: 2, custom_id: 'count', values: ['x'] },
  ];
  const components = filled.map((component) => ({ type: 18, id: component.id + 10, component }));
  const sent = stage.discord.dispatchInteraction({
    member: stage.discord.members.ana,
    channel: stage.discord.channels.general,
    type: 5,
    data: { custom_id: edit.modal?.custom_id, components },
    message: replyOf(first),
  });
  expect(await told(sent)).toContain('I do not know that choice');
  expect(submits(stage, prompt)).toBe(1);
});

test.concurrent('Seed shows the settings to copy to whoever presses, and to nobody else', async () => {
  const first = await made({ seed: 99 });
  const said = await told(press('ben', replyOf(first), 'seed'));
  expect(said).toContain('Seed **99**');
  expect(said).toContain('/seedream prompt:two *red* kites count:2 size:2560:1440 (16:9) seed:99 quality:fast');
});

test.concurrent('Remove is for the requester and for moderators, and frees nothing', async () => {
  const first = await made();
  expect(await told(press('ben', replyOf(first), 'remove'))).toContain('Only the person who asked');
  expect(replyOf(first).deleted).toBe(false);
  const message = replyOf(first);
  expect(await told(press('moderator', message, 'remove'))).toContain('stay counted');
  expect(message.deleted).toBe(true);
});

test.concurrent('a gallery of two messages is removed whole', async ({ expect }) => {
  const first = await made({ count: 15 });
  const { discord } = stage;
  const parts = () =>
    discord.messages(first.channel).filter((message) => JSON.stringify(message.attachments).includes(first.id));
  await discord.until(() => parts().length === 2, PATIENCE);
  // Seen by all, the second message may not be written down yet: until then the job is not finished.
  const remove = () => told(press('ana', replyOf(first), 'remove'));
  await expect.poll(remove, { timeout: PATIENCE }).toContain('stay counted');
  expect(parts()).toEqual([]);
});

test.concurrent('a private gallery repeats privately', async () => {
  const first = await made({ private: true });
  const again = press('ana', replyOf(first), 'again');
  expect((await gallery(again)).visibleTo).toBe(first.user);
});

test.concurrent('a spoiler is posted as files that Discord blurs', async () => {
  const { discord } = stage;
  const interaction = discord.command({
    member: discord.members.ana,
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt: 'the end of the story', count: 2, spoiler: true },
  });
  await interaction.until(({ original }) => original?.attachments.length === 2, PATIENCE);
  const { attachments, embeds } = replyOf(interaction);
  expect(attachments.map(({ filename }) => filename.startsWith('SPOILER_'))).toEqual([true, true]);
  expect(embeds.every(({ image }) => image === undefined)).toBe(true);
});

test('the buttons work after a restart, and when the record is long gone', async () => {
  const first = await made({ seed: 5 });
  await stage.bot.stop();
  await stage.start({ STORE_URL: stage.environment['STORE_URL']?.replace('store.sqlite', 'another.sqlite') ?? '' });
  expect(await told(press('ben', replyOf(first), 'seed'))).toContain('Seed **5**');
  await gallery(press('ben', replyOf(first), 'again'));
  const message = replyOf(first);
  await told(press('ana', message, 'remove'));
  expect(message.deleted).toBe(true);
});
