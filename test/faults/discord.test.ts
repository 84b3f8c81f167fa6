/** Faults of Discord: whatever it answers, a job is charged once, its pictures arrive once, and the bot goes on. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStage, ROOMY, type Stage } from '../support/bot.ts';
import { submits, submitted } from '../support/runcomfy.ts';
import { refusal, shows } from '../support/waiting.ts';
import {
  ask,
  asked,
  eventually,
  expectOneGallery,
  expectUnharmed,
  failToken,
  lineAbout,
  reads,
  reservation,
} from './scenarios.ts';

let stage: Stage;
/** Where nothing hangs on the three seconds of an acknowledgement: its time is quick. */
let quick: Stage;

beforeAll(async () => {
  const environment = { ...ROOMY, LIMIT_USER_DAILY_IMAGES: '29' };
  const options = { discord: { identifyWindowMs: 100 }, runcomfy: { held: true }, environment };
  [stage, quick] = await Promise.all([createStage(options), createStage({ ...options, quick: true })]);
});

afterAll(async () => {
  for (const each of [stage, quick]) expectUnharmed(each);
  await Promise.all([stage, quick].map((each) => each[Symbol.asyncDispose]()));
});

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
    failToken(stage, interaction, 'POST', fault);
    await shows(interaction, 'In the queue');
    stage.runcomfy.finish((await submitted(stage, prompt)).requestId);
    await expectOneGallery(stage, interaction, 1);
    expect(submits(stage, prompt)).toBe(1);
  });

  test.for([
    ['10062, too late', { status: 404, code: 10062 }],
    ['40060, answered elsewhere', { status: 400, code: 40060 }],
    ['500 without end', { status: 500, times: 100 }],
  ] as const)('%s: nothing is reserved or submitted', async ([name, fault]) => {
    const prompt = `unanswered for ${name}`;
    const interaction = ask(stage, { prompt });
    failToken(stage, interaction, 'POST', fault);
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
    failToken(stage, interaction, 'POST', { delayMs: 3100, destroy: 'after' });
    await eventually('the bot to drop it', () =>
      lineAbout(stage, interaction, 'too late or elsewhere|could not be told'),
    );
    expect(reservation(stage, interaction)).toBeUndefined();
    expect(submits(stage, 'a slow handshake')).toBe(0);
  });

  test('a refusal is told though Discord stumbles over taking the reply back', async () => {
    const member = stage.discord.addMember(stage.discord.guilds.home, { name: 'Lim' });
    await shows(ask(stage, { prompt: 'half of the day', count: 15, member }), 'In the queue');
    const interaction = ask(stage, { prompt: 'more than the rest', count: 15, member });
    failToken(stage, interaction, 'DELETE', { status: 502, times: 2 });
    expect(await refusal(stage, interaction)).toContain('You have used 15 of your 29 pictures today');
  });
});

describe.concurrent('a replay', () => {
  test('an interaction that is sent again is handled once', async () => {
    const prompt = 'once and for all';
    const interaction = ask(stage, { prompt });
    stage.discord.replay(interaction);
    const { requestId } = await submitted(stage, prompt);
    stage.discord.replay(interaction);
    stage.runcomfy.finish(requestId);
    await expectOneGallery(stage, interaction, 1);
    stage.discord.replay(interaction);
    await reads(ask(stage, { prompt: 'the one after' }), 'In the queue');
    expect(submits(stage, prompt)).toBe(1);
  });
});

describe.concurrent('progress', () => {
  test.for([
    ['500', { status: 500, times: 1 }],
    ['429', { status: 429, retryAfter: 1, times: 2 }],
    ['a hanging answer', { delayMs: 4000 }],
    ['a reset', { destroy: 'before' }],
  ] as const)('%s on its edits: the job goes on, and the next edit shows where it stands', async ([name, fault]) => {
    const prompt = `shown through ${name}`;
    const interaction = ask(quick, { prompt, count: 2 });
    failToken(quick, interaction, 'PATCH', fault);
    const { requestId } = await submitted(quick, prompt);
    quick.runcomfy.start(requestId);
    await shows(interaction, 'Generating');
    quick.runcomfy.finish(requestId);
    await expectOneGallery(quick, interaction, 2);
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
    galleries.push(expectOneGallery(stage, interaction, 1));
    await discord.until(() => discord.sessions().some(({ connected }) => connected), 30_000);
  }
  await Promise.all(galleries);
  await shows(ask(stage, { prompt: 'after all that' }), 'In the queue');
});

test('Discord is down for a while: the pictures come after it, and what was asked meanwhile costs nothing', async () => {
  const { interaction, requestId } = await asked(quick, { prompt: 'made in the dark', count: 3 });
  await shows(interaction, 'In the queue');
  await quick.discord.goDown();
  const late = ask(quick, { prompt: 'asked in the dark' });
  quick.runcomfy.finish(requestId);
  await eventually('a delivery that fails', () => lineAbout(quick, interaction, 'a delivery failed'));
  await eventually('the time in which it can be answered', () => quick.now() - late.sentAt > 3000 || undefined);
  await quick.discord.comeUp();
  await expectOneGallery(quick, interaction, 3);
  await quick.discord.until(() => quick.discord.sessions().some(({ connected }) => connected), 30_000);
  await shows(ask(quick, { prompt: 'asked in the light' }), 'In the queue');
  expect(reservation(quick, late)).toBeUndefined();
  expect(submits(quick, 'asked in the dark')).toBe(0);
});
