/** Every way to a message: what closes one, what only delays it, and that nothing false is left behind. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Interaction, Message } from '../../playground/discord/stand-in.ts';
import { createStage, ROOMY, type Stage } from '../support/bot.ts';
import { press as pressIn, use } from '../support/private-answers.ts';
import {
  buttons,
  facts,
  gallery,
  galleryMessages,
  pictureNumbers,
  replyOf,
  shows,
  toldAlone,
} from '../support/waiting.ts';
import { asked, eventually, expectOneGallery, expectUnharmed, failToken, press, words } from './scenarios.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await createStage({ quick: true, runcomfy: { held: true }, environment: ROOMY });
});

afterAll(async () => {
  expectUnharmed(stage);
  await stage[Symbol.asyncDispose]();
});

/** How often the bot logged this of an interaction's job. */
function logged({ id }: Interaction, text: string): number {
  const lines = stage.bot.output().split('\n');
  return lines.filter((line) => line.includes(id) && line.includes(text)).length;
}

/** A job of fifteen pictures, two messages, in a channel of its own. */
async function askFifteen(prompt: string) {
  const member = stage.discord.addMember(stage.discord.guilds.home, {});
  const channel = stage.discord.addChannel(stage.discord.guilds.home, { name: 'ways' });
  const job = await asked(stage, { prompt, count: 15, channel, member });
  await shows(job.interaction, 'In the queue');
  return { ...job, member, channel, posts: new RegExp(`^/channels/${channel.id}/messages$`) };
}

describe.concurrent("a 403 that is no word of Discord's", () => {
  test.for([
    ['40333', { status: 403, code: 40333 }],
    ['a page of a proxy', { status: 403, page: true }],
    ['a 403 without a code', { status: 403 }],
  ] as const)('%s for a while: the gallery comes to its reply after it, and nowhere else', async ([name, fault]) => {
    const member = stage.discord.addMember(stage.discord.guilds.home, {});
    const { interaction, requestId } = await asked(stage, { prompt: `behind ${name}`, count: 2, member });
    const reply = await shows(interaction, 'In the queue');
    failToken(stage, interaction, 'PATCH', { ...fault, times: 3 });
    stage.runcomfy.finish(requestId);
    await expectOneGallery(stage, interaction, 2);
    expect(galleryMessages(stage, interaction).map(({ id }) => id)).toEqual([reply.id]);
    expect(stage.discord.directMessages(member)).toEqual([]);
  });
});

describe.concurrent('where the bot may not write and direct messages are closed', () => {
  test('the second message follows by the token', async () => {
    const { interaction, requestId, member, channel } = await askFifteen('timed out by a moderator');
    stage.discord.setBotPermissions(channel, { deny: ['SendMessages'] });
    stage.discord.closeDms(member);
    stage.runcomfy.finish(requestId);
    await expectOneGallery(stage, interaction, 15);
    const messages = galleryMessages(stage, interaction);
    expect(messages.map((message) => facts(message)[0])).toEqual(['8 of 15', '15 of 15']);
    expect(stage.discord.messages(channel).map(({ content }) => content)).not.toContain(
      'More pictures of this job follow here.',
    );
  });
});

describe.concurrent('content that Discord refuses', () => {
  test.for([
    ['AutoMod', { status: 400, code: 200000 }],
    ['explicit pictures', { status: 403, code: 20009 }],
    ['a form body that will not change', { status: 400, code: 50035 }],
  ] as const)('%s: told at once, uploaded once, and brought by Deliver', async ([name, fault]) => {
    const member = stage.discord.addMember(stage.discord.guilds.home, {});
    const { interaction, requestId } = await asked(stage, { prompt: `refused for ${name}`, count: 2, member });
    await shows(interaction, 'In the queue');
    failToken(stage, interaction, 'PATCH', { ...fault, times: 1 });
    stage.runcomfy.finish(requestId);
    await interaction.until(
      ({ original }) => original !== null && words(original).includes('refused to show them here'),
    );
    expect(buttons(replyOf(interaction))).not.toContain('Cancel');
    expect(logged(interaction, 'Discord refuses a gallery'), 'uploads').toBe(1);

    const page = await use(stage, member, 'history');
    const pressed = pressIn(stage, member, page, 'deliver:');
    await gallery(pressed);
    expect(pictureNumbers(replyOf(pressed))).toEqual([1, 2]);
    await expectOneGallery(stage, interaction, 2);
  });

  test('where the prompt itself is refused, the end is told without it', async () => {
    const { interaction, requestId } = await asked(stage, { prompt: 'an unwanted word', count: 2 });
    await shows(interaction, 'In the queue');
    failToken(stage, interaction, 'PATCH', { status: 400, code: 200000, times: 2 });
    stage.runcomfy.finish(requestId);
    await interaction.until(({ original }) => original !== null && original.content.includes('Their addresses'));
    expect(words(replyOf(interaction))).not.toContain('unwanted');
  });

  test('a second message that is refused: the first stays true, what is missing is said, and Deliver brings only that', async () => {
    const { interaction, requestId, member, channel, posts } = await askFifteen('half of it refused');
    stage.discord.failNext({ method: 'POST', path: posts, status: 400, code: 200000, times: 1 });
    stage.runcomfy.finish(requestId);
    await interaction.until(
      ({ original }) => original !== null && original.content.includes('7 pictures could not be posted here'),
    );
    expect(facts(replyOf(interaction))[0]).toBe('8 of 15');

    const page = await eventuallyPage(() => use(stage, member, 'history', channel), 'Delivered in part');
    expect(page.embeds[0]?.fields?.[0]?.value).toContain('8 of 15');
    const pressed = pressIn(stage, member, page, 'deliver:');
    await gallery(pressed);
    expect(pictureNumbers(replyOf(pressed))).toEqual([9, 10, 11, 12, 13, 14, 15]);
    await expectOneGallery(stage, interaction, 15);
  });
});

/** Asks for a page until it says this. */
async function eventuallyPage(ask: () => Promise<Message>, text: string): Promise<Message> {
  for (let tries = 0; tries < 50; tries += 1) {
    const page = await ask();
    if (words(page).includes(text)) return page;
  }
  throw new Error(`No page says "${text}"`);
}

describe.concurrent('Remove', () => {
  test('says what still stands where the bot may not delete it, and takes it away later', async () => {
    const { interaction, requestId, member } = await askFifteen('half out of reach');
    stage.runcomfy.finish(requestId);
    await expectOneGallery(stage, interaction, 15);
    const [first, second] = galleryMessages(stage, interaction);
    stage.discord.failNext({ method: 'DELETE', path: new RegExp(second?.id ?? ''), status: 403, code: 50001 });
    const refused = press(stage, { interaction, member, action: 'remove' });
    await eventually(
      'what still stands',
      () => toldAlone(refused).some((text) => text.includes('1 message with pictures still stands')) || undefined,
    );
    expect([first?.deleted, second?.deleted]).toEqual([false, false]);
    expect(buttons(replyOf(interaction))).toContain('Remove');

    const done = press(stage, { interaction, member, action: 'remove' });
    await eventually('its removal', () => toldAlone(done).some((text) => text.startsWith('Removed.')) || undefined);
    expect([first?.deleted, second?.deleted]).toEqual([true, true]);
  });

  test('a gallery that came by direct message offers what works there, and can be removed there', async () => {
    const member = stage.discord.addMember(stage.discord.guilds.home, {});
    const channel = stage.discord.addChannel(stage.discord.guilds.home, { name: 'ways' });
    const { interaction, requestId } = await asked(stage, { prompt: 'sent home', count: 2, member, channel });
    await shows(interaction, 'In the queue');
    failToken(stage, interaction, 'PATCH', { status: 401, code: 50027, times: 1 });
    failToken(stage, interaction, 'POST', { status: 401, code: 50027, times: 1 });
    stage.discord.setBotPermissions(channel, { deny: ['SendMessages', 'ViewChannel'] });
    stage.runcomfy.finish(requestId);
    await expectOneGallery(stage, interaction, 2);
    const [sent] = stage.discord.directMessages(member);
    if (sent === undefined) throw new Error('There is no direct message');
    expect(buttons(sent)).toEqual(['Seed', 'Remove']);
    const pressed = press(stage, { interaction, member, action: 'remove', message: sent });
    await eventually('its removal', () => toldAlone(pressed).some((text) => text.startsWith('Removed.')) || undefined);
    expect(sent.deleted).toBe(true);
  });
});
