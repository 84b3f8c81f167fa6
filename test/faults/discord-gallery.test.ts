/** Faults of Discord while a gallery is posted: every picture arrives once, whatever it answers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Member } from '../../playground/discord/stand-in.ts';
import { createStage, ROOMY, type Stage } from '../support/bot.ts';
import { gallery, galleryMessages, pictureNumbers, replyOf, shows } from '../support/waiting.ts';
import { asked, eventually, expectOneGallery, expectUnharmed, failToken, lineAbout } from './scenarios.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await createStage({ quick: true, runcomfy: { held: true }, environment: ROOMY });
});

afterAll(async () => {
  expectUnharmed(stage);
  await stage[Symbol.asyncDispose]();
});

describe.concurrent('the gallery', () => {
  test.for([
    ['500', { status: 500 }],
    ['429', { status: 429, retryAfter: 1 }],
    ['a reset before it was taken', { destroy: 'before' }],
    ['a reset after it was taken', { destroy: 'after' }],
  ] as const)('%s on its message: it is there once', async ([name, fault]) => {
    const { interaction, requestId } = await asked(stage, { prompt: `posted through ${name}`, count: 2 });
    await shows(interaction, 'In the queue');
    failToken(stage, interaction, 'PATCH', fault);
    stage.runcomfy.finish(requestId);
    await expectOneGallery(stage, interaction, 2);
  });

  test('10008, the reply was deleted: a new message in the channel', async () => {
    const { interaction, requestId } = await asked(stage, { prompt: 'deleted by somebody' });
    const reply = await shows(interaction, 'In the queue');
    stage.discord.deleteMessage(reply);
    stage.runcomfy.finish(requestId);
    await expectOneGallery(stage, interaction, 1);
    expect(galleryMessages(stage, interaction)[0]?.id).not.toBe(reply.id);
  });

  test.for([
    ['50001', { status: 403, code: 50001 }],
    ['50013', { status: 403, code: 50013 }],
    ['50027', { status: 401, code: 50027 }],
    ['10015', { status: 404, code: 10015 }],
  ] as const)('%s on the reply: another way is found', async ([code, fault]) => {
    const { interaction, requestId } = await asked(stage, { prompt: `around ${code}`, count: 2 });
    await shows(interaction, 'In the queue');
    failToken(stage, interaction, 'PATCH', { ...fault, times: 1 });
    stage.runcomfy.finish(requestId);
    await expectOneGallery(stage, interaction, 2);
  });
});

/** A job of fifteen pictures in a channel of its own. */
async function askFifteen(prompt: string, member?: Member) {
  const channel = stage.discord.addChannel(stage.discord.guilds.home, { name: 'fifteen' });
  const job = await asked(stage, { prompt, count: 15, channel, ...(member && { member }) });
  return { ...job, channel, posts: new RegExp(`^/channels/${channel.id}/messages$`) };
}

describe.concurrent('a gallery of two messages', () => {
  test.for([
    ['500', { status: 500, times: 2 }],
    ['a bucket 429', { status: 429, retryAfter: 1 }],
    ['a reset after it was taken', { destroy: 'after' }],
    ['a 401 that passes', { status: 401 }],
  ] as const)('%s on the second: all fifteen pictures are there once', async ([name, fault]) => {
    const { interaction, requestId, posts } = await askFifteen(`fifteen through ${name}`);
    stage.discord.failNext({ method: 'POST', path: posts, ...fault });
    stage.runcomfy.finish(requestId);
    await expectOneGallery(stage, interaction, 15);
  });

  test('the global 429: likewise, after it', async () => {
    const { interaction, requestId } = await askFifteen('fifteen through the gate');
    stage.discord.globalRateLimit(4000);
    stage.runcomfy.finish(requestId);
    await expectOneGallery(stage, interaction, 15);
  });

  test('50013 for the second, also for a follow-up: it comes as a direct message, and 50007 only delays it', async () => {
    const member = stage.discord.addMember(stage.discord.guilds.home, { name: 'Dee' });
    const { interaction, requestId, channel } = await askFifteen('nowhere to post', member);
    await shows(interaction, 'In the queue');
    failToken(stage, interaction, 'POST', { status: 403, code: 50013, times: Infinity });
    stage.discord.setBotPermissions(channel, { deny: ['SendMessages'] });
    stage.discord.closeDms(member);
    stage.runcomfy.finish(requestId);
    await gallery(interaction);
    await eventually('a delivery that fails', () => lineAbout(stage, interaction, 'a delivery failed'));
    stage.discord.closeDms(member, false);
    await expectOneGallery(stage, interaction, 15);
    expect(stage.discord.directMessages(member)[0]?.content).toContain(`<#${channel.id}>`);
  });
});

test('40005 for files within the limit: they are made smaller until Discord takes them', async () => {
  await using heavy = await createStage({
    quick: true,
    runcomfy: { held: true, pictureBytes: 4_000_000 },
    environment: ROOMY,
  });
  const { interaction, requestId } = await asked(heavy, { prompt: 'too much of a good thing', count: 2 });
  await shows(interaction, 'In the queue');
  heavy.discord.failNext({ method: 'PATCH', path: new RegExp(interaction.token), status: 400, code: 40005, times: 2 });
  heavy.runcomfy.finish(requestId);
  const message = await gallery(interaction);
  expect(pictureNumbers(message)).toEqual([1, 2]);
  for (const { size } of message.attachments) expect(size).toBeLessThan(2_600_000);
  expect(message.content).toContain('compressed. Originals:');
  expect(replyOf(interaction).id).toBe(message.id);
});
