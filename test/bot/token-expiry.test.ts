/** Jobs that outlive the 15 minutes of their interaction's token, and replies that are no longer where they were. */
import { systemClock } from '../../src/services/clock.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Channel, Interaction } from '../../playground/discord/stand-in.ts';
import { REST } from 'discord.js';
import { createLog } from '../../src/services/log.ts';
import { createReply } from '../../src/services/discord/reply.ts';
import { createStage, type Stage } from '../support/bot.ts';
import { expectDelivered, messagesWithPictures } from '../support/delivered.ts';
import { readStore } from '../support/store-contents.ts';
import { sampleJob } from '../support/sample-job.ts';
import { submitted } from '../support/runcomfy.ts';
import { pictureNumbers, replyOf, shows } from '../support/waiting.ts';

const PATIENCE = 60_000;

interface Asked {
  interaction: Interaction;
  prompt: string;
  count: number;
}

const MEBIBYTE = 1024 * 1024;

let stage: Stage;

/** Every job of this file waits in the queue, its reply seen; then all tokens die and each test's misfortune strikes. */
const asked = new Map<string, Asked>();

function jobOf(prompt: string): Asked {
  const found = asked.get(prompt);
  if (found === undefined) throw new Error(`Nobody asked for "${prompt}"`);
  return found;
}

async function ask(prompt: string, options: { count?: number; private?: boolean } = {}): Promise<void> {
  const { discord } = stage;
  const { count = 4, private: ephemeral = false } = options;
  const member = discord.addMember(discord.guilds.home, { name: prompt });
  const channel = discord.addChannel(discord.guilds.home, { name: prompt.replaceAll(' ', '-') });
  const interaction = discord.command({
    member,
    channel,
    name: 'seedream',
    options: { prompt, count, ...(ephemeral && { private: true }) },
  });
  asked.set(prompt, { interaction, prompt, count });
  await shows(interaction, 'In the queue');
}

async function finish(prompt: string): Promise<void> {
  stage.runcomfy.finish((await submitted(stage, prompt)).requestId);
}

async function whole(job: Asked): Promise<void> {
  const files = () => messagesWithPictures(stage, job).flatMap(({ attachments }) => attachments);
  await stage.discord.until(() => files().length >= job.count, PATIENCE);
}

/** Waits for the whole gallery; gives the messages that hold it. */
async function delivered(prompt: string) {
  const job = jobOf(prompt);
  await whole(job);
  expectDelivered(stage, job);
  return messagesWithPictures(stage, job);
}

const direct = ({ interaction }: Asked) => stage.discord.directMessages(interaction.user);

const editsOf = (channel: Channel) =>
  stage.discord.requests.filter(
    ({ method, path, status }) =>
      method === 'PATCH' && path.startsWith(`/channels/${channel.id}/messages/`) && status === 200,
  );

beforeAll(async () => {
  stage = await createStage({
    quick: true,
    discord: { acknowledgeWithinMs: 30_000, attachmentSizeLimit: 25 * MEBIBYTE },
    runcomfy: { held: true },
    environment: { LIMIT_GUILD_ACTIVE_JOBS: '100', LIMIT_GUILD_DAILY_IMAGES: '1000', JOB_DEADLINE_MINUTES: '20' },
  });
  const { discord } = stage;
  await Promise.all([
    ask('in its place'),
    ask('two messages', { count: 15 }),
    ask('four for one alone', { private: true }),
    ask('fifteen for one alone', { count: 15, private: true }),
    ask('the reply was deleted'),
    ask('the channel is gone'),
    ask('the bot may not send'),
    ask('direct messages open late', { count: 15 }),
    ask('it failed'),
  ]);
  await ask('deleted in time');
  discord.deleteMessage(replyOf(jobOf('deleted in time').interaction));
  await finish('deleted in time');
  await whole(jobOf('deleted in time'));

  discord.expireTokens();
  discord.deleteMessage(replyOf(jobOf('the reply was deleted').interaction));
  discord.removeChannel(jobOf('the channel is gone').interaction.channel);
  discord.setBotPermissions(jobOf('the bot may not send').interaction.channel, {
    deny: ['AttachFiles', 'SendMessages'],
  });
  const late = jobOf('direct messages open late').interaction;
  discord.removeChannel(late.channel);
  discord.closeDms(late.user);
  for (const prompt of asked.keys()) if (!['deleted in time', 'it failed'].includes(prompt)) await finish(prompt);
  stage.runcomfy.failJob((await submitted(stage, 'it failed')).requestId, 'no such luck');
}, 180_000);

afterAll(async () => {
  await stage[Symbol.asyncDispose]();
});

test('a gallery is brought to its reply by the bot itself when the token is dead', { timeout: PATIENCE }, async () => {
  const [message, ...others] = await delivered('in its place');
  const { interaction } = jobOf('in its place');
  expect(others).toEqual([]);
  expect(message).toBe(interaction.original);
  expect(editsOf(interaction.channel)).toHaveLength(1);
});

test('15 pictures come to the reply and a message after it', { timeout: PATIENCE }, async () => {
  const messages = await delivered('two messages');
  expect(messages.map(pictureNumbers)).toEqual([
    [1, 2, 3, 4, 5, 6, 7, 8],
    [9, 10, 11, 12, 13, 14, 15],
  ]);
  expect(messages[0]).toBe(jobOf('two messages').interaction.original);
});

test('private pictures come by direct message, and say where they belong', { timeout: PATIENCE }, async () => {
  const [message] = await delivered('four for one alone');
  const job = jobOf('four for one alone');
  expect(direct(job)).toEqual([message]);
  expect(message?.content).toContain(`<#${job.interaction.channel.id}>`);
  const seenByOthers = stage.discord.messages(job.interaction.channel);
  expect(seenByOthers, 'nothing of it in the channel').toEqual([]);
});

test('15 private pictures come as two direct messages', { timeout: PATIENCE }, async () => {
  const messages = await delivered('fifteen for one alone');
  expect(messages).toHaveLength(2);
  expect(direct(jobOf('fifteen for one alone'))).toEqual(messages);
});

test(
  'a deleted reply is followed by a new message, with a living token and with a dead one',
  { timeout: PATIENCE },
  async () => {
    for (const prompt of ['deleted in time', 'the reply was deleted']) {
      const [message, ...others] = await delivered(prompt);
      const { interaction } = jobOf(prompt);
      expect(others).toEqual([]);
      expect(message).not.toBe(interaction.original);
      expect(message?.channel).toBe(interaction.channel);
      expect(message?.nonce).toBe(`${interaction.id}-1`);
    }
  },
);

test.for(['the channel is gone', 'the bot may not send'])(
  'where %s, the pictures come by direct message',
  { timeout: PATIENCE },
  async (prompt) => {
    await delivered(prompt);
    expect(direct(jobOf(prompt))).toHaveLength(1);
  },
);

test(
  'pictures that nobody takes are kept, and come when a direct message is possible',
  { timeout: PATIENCE },
  async () => {
    const job = jobOf('direct messages open late');
    const refused = () => stage.discord.requests.filter(({ code }) => code === 50007).length;
    await stage.discord.until(() => refused() >= 2, PATIENCE);
    stage.discord.closeDms(job.interaction.user, false);
    await delivered(job.prompt);
    expect(direct(job)).toHaveLength(2);
  },
);

test('how a job failed is told without a token as well', { timeout: PATIENCE }, async () => {
  const message = await shows(jobOf('it failed').interaction, 'No pictures');
  expect(message.embeds[0]?.description).toContain('no such luck');
});

test('a token that dies before the first edit takes nothing with it', { timeout: PATIENCE }, async () => {
  await using other = await createStage({
    quick: true,
    discord: { acknowledgeWithinMs: 30_000 },
    runcomfy: { speed: 1000 },
  });
  const { discord } = other;
  const { ana } = discord.members;
  const options = { prompt: 'stillborn', count: 4 };
  const interaction = discord.command({ member: ana, channel: discord.channels.general, name: 'seedream', options });
  await interaction.acknowledged();
  discord.expireTokens();
  await discord.until(() => (interaction.original?.attachments.length ?? 0) === 4, PATIENCE);
  expectDelivered(other, { interaction, count: 4 });
});

test(
  'by the bot itself a file may be 10 MiB: a heavier one is compressed, and its original linked',
  { timeout: 2 * PATIENCE },
  async () => {
    await using other = await createStage({
      discord: { acknowledgeWithinMs: 30_000, attachmentSizeLimit: 25 * MEBIBYTE },
      runcomfy: { held: true, pictureBytes: 11 * MEBIBYTE },
    });
    const { discord, runcomfy } = other;
    const heavy = (prompt: string) =>
      discord.command({
        member: discord.members.ana,
        channel: discord.channels.general,
        name: 'seedream',
        options: { prompt, count: 1 },
      });
    const pictureOf = async (interaction: Interaction) => {
      await discord.until(() => interaction.original?.attachments.length === 1, PATIENCE);
      return interaction.original?.attachments[0];
    };
    const [byToken, byBot] = [heavy('heavy by token'), heavy('heavy by the bot')];
    runcomfy.finish((await submitted(other, 'heavy by token')).requestId);
    expect((await pictureOf(byToken))?.size).toBeGreaterThan(10 * MEBIBYTE);

    discord.expireTokens();
    runcomfy.finish((await submitted(other, 'heavy by the bot')).requestId);
    expect((await pictureOf(byBot))?.size).toBeLessThanOrEqual(10 * MEBIBYTE);
    expect(byBot.original?.content).toContain('Originals: [1](<');
  },
);

/** Asks for a job whose token then dies, whose channel is what `spoil` makes of it, and whose member takes no messages. */
async function outOfReach(
  other: Stage,
  { prompt, count, spoil }: { prompt: string; count: number; spoil: (channel: Channel) => void },
) {
  const { discord } = other;
  const member = discord.addMember(discord.guilds.home, { name: prompt });
  const channel = discord.addChannel(discord.guilds.home, { name: prompt.replaceAll(' ', '-') });
  const interaction = discord.command({ member, channel, name: 'seedream', options: { prompt, count } });
  await shows(interaction, 'In the queue');
  const { requestId } = await submitted(other, prompt);
  spoil(channel);
  discord.closeDms(member);
  return { interaction, requestId };
}

test(
  'what nobody took until the deadline stays finished, paid and counted, and what came stays where it is',
  { timeout: 2 * PATIENCE },
  async () => {
    await using other = await createStage({
      discord: { acknowledgeWithinMs: 30_000 },
      runcomfy: { held: true },
      environment: { JOB_DEADLINE_MINUTES: '0.3' },
    });
    const { discord, runcomfy } = other;
    const gone = (channel: Channel) => {
      discord.removeChannel(channel);
    };
    const mayEditOnly = (channel: Channel) => {
      discord.setBotPermissions(channel, { deny: ['SendMessages'] });
    };
    const [nothing, half, failed] = await Promise.all([
      outOfReach(other, { prompt: 'nothing came', count: 4, spoil: gone }),
      outOfReach(other, { prompt: 'half of it came', count: 15, spoil: mayEditOnly }),
      outOfReach(other, { prompt: 'no luck at all', count: 4, spoil: gone }),
    ]);
    discord.expireTokens();
    runcomfy.finish(nothing.requestId);
    runcomfy.finish(half.requestId);
    runcomfy.failJob(failed.requestId);

    await discord.until(() => (half.interaction.original?.content ?? '').includes('[15](<'), PATIENCE);
    const untold = () => other.bot.output().split('the end of a job could not be told"').length - 1;
    await expect.poll(untold, { timeout: PATIENCE }).toBe(2);
    expect(await other.bot.stop()).toBe(0);

    const ends = await Promise.all([nothing, half, failed].map(({ interaction }) => readStore(other, interaction)));
    expect(ends).toEqual([
      { live: undefined, finished: 'completed', userDailyImages: 4, held: 0 },
      { live: undefined, finished: 'delivered', userDailyImages: 15, held: 0 },
      { live: undefined, finished: 'failed', userDailyImages: 0, held: 0 },
    ]);
    expect(half.interaction.original && pictureNumbers(half.interaction.original)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const tries = discord.requests.filter(({ code }) => code === 50007);
    expect(tries.length, 'direct messages tried in 18 s, further and further apart').toBeLessThan(3 * 8);
  },
);

test('a minute before its end the token is left alone', { timeout: PATIENCE }, async () => {
  const { discord } = stage;
  const { interaction } = jobOf('it failed');
  const message = replyOf(interaction);
  const api = { api: discord.apiUrl, version: '10' };
  const { id, channel, token, sentAt } = interaction;
  const tokenExpiresAt = sentAt + 15 * 60_000;
  const how = { ...sampleJob().reply, applicationId: discord.bot.id, token, tokenExpiresAt, messageId: message.id };
  const job = sampleJob({ id, createdAt: sentAt, channelId: channel.id, reply: how });
  for (const [minutes, route] of [
    [13.9, 'webhooks'],
    [14.1, 'channels'],
  ] as const) {
    const before = discord.requests.length;
    const reply = createReply({
      rest: new REST(api),
      botRest: new REST(api).setToken(discord.token),
      clock: { ...systemClock, now: () => interaction.sentAt + minutes * 60_000 },
      log: createLog({ level: 'silent', secrets: [] }),
      botUserId: () => undefined,
      elsewhere: () => '',
      placeholder: () => '',
    });
    await reply.edit(job, { content: `after ${minutes} minutes`, embeds: [] });
    expect(discord.requests[before]?.path.split('/')[1]).toBe(route);
  }
});
