/** Faults of Discord: whatever it answers, a job is charged once, its pictures arrive once, and the bot goes on. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault, Interaction, Member } from '../../playground/discord.ts';
import { createStage, type Stage } from '../bot.ts';
import { gallery, galleryMessages, pictureNumbers, refusal, replyOf, shows, wholeGallery } from '../waiting.ts';
import {
  ask,
  asked,
  eventually,
  expectReservation,
  expectUnharmed,
  reads,
  reservation,
  ROOMY,
  submits,
} from './acting.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await createStage({
    discord: { identifyWindowMs: 100 },
    runcomfy: { held: true },
    environment: { ...ROOMY, LIMIT_USER_DAILY_IMAGES: '29' },
  });
});

afterAll(async () => {
  expectUnharmed(stage);
  await stage[Symbol.asyncDispose]();
});

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** Every picture of the job stands in Discord once, in order. */
async function expectOneGallery(interaction: Interaction, count: number): Promise<void> {
  await wholeGallery(stage, interaction, count);
  await expectReservation(stage, interaction, 'settled');
  const direct = stage.discord.directMessages(interaction.user);
  const messages = [
    ...galleryMessages(stage, interaction),
    ...direct.filter(({ attachments }) => attachments.some(({ filename }) => filename.includes(interaction.id))),
  ];
  expect([...new Set(messages)].flatMap(pictureNumbers).sort((one, other) => one - other)).toEqual(numbers(count));
}

/** The line of the bot's output about this interaction that holds one of these texts. */
function lineAbout({ id }: Interaction, texts: string): string | undefined {
  const lines = stage.bot.output().split('\n');
  return lines.find((line) => line.includes(id) && new RegExp(texts).test(line));
}

/** The next calls by this interaction's token go wrong. */
function fail(interaction: Interaction, method: string, fault: Omit<Fault, 'path' | 'method'>): void {
  stage.discord.failNext({ method, path: new RegExp(interaction.token), ...fault });
}

describe.concurrent('the acknowledgement', () => {
  test.for([
    ['a 500', { status: 500 }],
    ['three 503', { status: 503, times: 3 }],
    ['a 429', { status: 429, retryAfter: 0.5 }],
    ['a reset before it was taken', { destroy: 'before' }],
    ['a reset after it was taken', { destroy: 'after' }],
  ] as const)('%s: the job begins, once', async ([name, fault]) => {
    const prompt = `acknowledged through ${name}`;
    const interaction = ask(stage, { prompt });
    fail(interaction, 'POST', fault);
    await shows(interaction, 'In the queue');
    stage.runcomfy.finish(stage.runcomfy.jobs.find(({ input }) => input.text.includes(prompt))?.requestId ?? '');
    await expectOneGallery(interaction, 1);
    expect(submits(stage, prompt)).toBe(1);
  });

  test.for([
    ['10062, too late', { status: 404, code: 10062 }],
    ['40060, answered elsewhere', { status: 400, code: 40060 }],
    ['500 without end', { status: 500, times: 100 }],
  ] as const)('%s: nothing is reserved or submitted', async ([name, fault]) => {
    const prompt = `unanswered for ${name}`;
    const interaction = ask(stage, { prompt });
    fail(interaction, 'POST', fault);
    await eventually('the bot to drop it', () => {
      const lines = stage.bot.output().split('\n');
      return lines.find(
        (line) => line.includes(interaction.id) && /too late or elsewhere|could not be told/.test(line),
      );
    });
    expect(reservation(stage, interaction)).toBeUndefined();
    expect(submits(stage, prompt)).toBe(0);
  });

  test('no answer within three seconds: told afterwards that nothing was charged', async () => {
    const interaction = ask(stage, { prompt: 'a slow handshake' });
    fail(interaction, 'POST', { delayMs: 3100, destroy: 'after' });
    await eventually('the bot to drop it', () => lineAbout(interaction, 'too late or elsewhere|could not be told'));
    expect(reservation(stage, interaction)).toBeUndefined();
    expect(submits(stage, 'a slow handshake')).toBe(0);
  });

  test('a refusal is told though Discord stumbles over taking the reply back', async () => {
    const member = stage.discord.addMember(stage.discord.guilds.home, { name: 'Lim' });
    await shows(ask(stage, { prompt: 'half of the day', count: 15, member }), 'In the queue');
    const interaction = ask(stage, { prompt: 'more than the rest', count: 15, member });
    fail(interaction, 'DELETE', { status: 502, times: 2 });
    expect(await refusal(stage, interaction)).toContain('You have used 15 of your 29 pictures today');
  });
});

test('an interaction that is sent again is handled once', async () => {
  const prompt = 'once and for all';
  const interaction = ask(stage, { prompt });
  stage.discord.replay(interaction);
  const { requestId } = (await shows(interaction, 'In the queue'), stage.runcomfy.jobs.at(-1) ?? { requestId: '' });
  stage.discord.replay(interaction);
  stage.runcomfy.finish(requestId);
  await expectOneGallery(interaction, 1);
  stage.discord.replay(interaction);
  await reads(ask(stage, { prompt: 'the one after' }), 'In the queue');
  expect(submits(stage, prompt)).toBe(1);
});

describe.concurrent('progress', () => {
  test.for([
    ['500', { status: 500, times: 3 }],
    ['429', { status: 429, retryAfter: 1, times: 2 }],
    ['a hanging answer', { delayMs: 4000 }],
    ['a reset', { destroy: 'before' }],
  ] as const)('%s on its edits: the job goes on, and the next edit shows where it stands', async ([name, fault]) => {
    const prompt = `shown through ${name}`;
    const interaction = ask(stage, { prompt, count: 2 });
    fail(interaction, 'PATCH', fault);
    const { requestId } = await eventually('the submit', () =>
      stage.runcomfy.jobs.find(({ input }) => input.text.includes(prompt)),
    );
    stage.runcomfy.start(requestId);
    await shows(interaction, 'Generating');
    stage.runcomfy.finish(requestId);
    await expectOneGallery(interaction, 2);
  });
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
    fail(interaction, 'PATCH', fault);
    stage.runcomfy.finish(requestId);
    await expectOneGallery(interaction, 2);
  });

  test('10008, the reply was deleted: a new message in the channel', async () => {
    const { interaction, requestId } = await asked(stage, { prompt: 'deleted by somebody' });
    const reply = await shows(interaction, 'In the queue');
    stage.discord.deleteMessage(reply);
    stage.runcomfy.finish(requestId);
    await expectOneGallery(interaction, 1);
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
    fail(interaction, 'PATCH', { ...fault, times: 1 });
    stage.runcomfy.finish(requestId);
    await expectOneGallery(interaction, 2);
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
    await expectOneGallery(interaction, 15);
  });

  test('the global 429: likewise, after it', async () => {
    const { interaction, requestId } = await askFifteen('fifteen through the gate');
    stage.discord.globalRateLimit(4000);
    stage.runcomfy.finish(requestId);
    await expectOneGallery(interaction, 15);
  });

  test('50013 for the second: it comes as a direct message, and 50007 only delays it', async () => {
    const member = stage.discord.addMember(stage.discord.guilds.home, { name: 'Dee' });
    const { interaction, requestId, channel } = await askFifteen('nowhere to post', member);
    await shows(interaction, 'In the queue');
    stage.discord.setBotPermissions(channel, { deny: ['SendMessages'] });
    stage.discord.closeDms(member);
    stage.runcomfy.finish(requestId);
    await gallery(interaction);
    await eventually('a delivery that fails', () => lineAbout(interaction, 'a delivery failed'));
    stage.discord.closeDms(member, false);
    await expectOneGallery(interaction, 15);
    expect(stage.discord.directMessages(member)[0]?.content).toContain(`<#${channel.id}>`);
  });
});

test('the gateway is cut, closed, sent away, made invalid: jobs go on, and commands are heard again', async () => {
  const { discord, runcomfy } = stage;
  const disturbances: [string, () => void][] = [
    [
      'a cut connection',
      () => {
        discord.dropGateway();
      },
    ],
    [
      'a close with a code',
      () => {
        discord.dropGateway(4000);
      },
    ],
    [
      'op 7, reconnect',
      () => {
        discord.reconnectGateway();
      },
    ],
    [
      'op 9, resumable',
      () => {
        discord.invalidateSession(true);
      },
    ],
    [
      'op 9, not resumable',
      () => {
        discord.invalidateSession(false);
      },
    ],
  ];
  const galleries: Promise<void>[] = [];
  for (const [name, disturb] of disturbances) {
    const { interaction, requestId } = await asked(stage, { prompt: `through ${name}` });
    disturb();
    runcomfy.finish(requestId);
    galleries.push(expectOneGallery(interaction, 1));
    await discord.until(() => discord.sessions().some(({ connected }) => connected), 30_000);
  }
  await Promise.all(galleries);
  await shows(ask(stage, { prompt: 'after all that' }), 'In the queue');
});

test('Discord is down for a while: the pictures come after it, and what was asked meanwhile costs nothing', async () => {
  const { interaction, requestId } = await asked(stage, { prompt: 'made in the dark', count: 3 });
  await shows(interaction, 'In the queue');
  await stage.discord.goDown();
  const late = ask(stage, { prompt: 'asked in the dark' });
  stage.runcomfy.finish(requestId);
  await eventually('a delivery that fails', () => lineAbout(interaction, 'a delivery failed'));
  await eventually('the time in which it can be answered', () => Date.now() - late.sentAt > 3000 || undefined);
  await stage.discord.comeUp();
  await expectOneGallery(interaction, 3);
  await stage.discord.until(() => stage.discord.sessions().some(({ connected }) => connected), 30_000);
  await shows(ask(stage, { prompt: 'asked in the light' }), 'In the queue');
  expect(reservation(stage, late)).toBeUndefined();
  expect(submits(stage, 'asked in the dark')).toBe(0);
});

test('40005 for files within the limit: they are made smaller until Discord takes them', async () => {
  await using heavy = await createStage({ runcomfy: { held: true, pictureBytes: 4_000_000 }, environment: ROOMY });
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
