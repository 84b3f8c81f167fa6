/** Faults of RunComfy: what a member reads, what it costs, and that the job goes on where it can. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiFault } from '../../playground/runcomfy/stand-in.ts';
import { createStage, ROOMY, type Stage } from '../support/bot.ts';
import { jobsOf, submits, submitted } from '../support/runcomfy.ts';
import { buttons, facts, gallery, pictureNumbers, replyOf, shows, title } from '../support/waiting.ts';
import {
  ask,
  asked,
  askFaulty,
  askWith,
  eventually,
  expectReservation,
  expectUnharmed,
  press,
  reads,
  reservation,
  words,
} from './scenarios.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await createStage({ quick: true, runcomfy: { held: true }, environment: ROOMY });
});

afterAll(async () => {
  expectUnharmed(stage);
  expect(stage.runcomfy.violations).toEqual([]);
  await stage[Symbol.asyncDispose]();
});

/** The job of a prompt is generated to its end, and its gallery comes. */
async function goesOn(prompt: string, interaction: Parameters<typeof gallery>[0]) {
  const [made] = jobsOf(stage, prompt);
  if (made === undefined) throw new Error(`No job of "${prompt}"`);
  stage.runcomfy.finish(made.requestId);
  const message = await gallery(interaction);
  await expectReservation(stage, interaction, 'settled');
  return message;
}

describe('a submit that RunComfy did not take', () => {
  test('429 with Retry-After: waits as long as asked, can be cancelled meanwhile, and is sent once', async () => {
    const prompt = 'told to wait three seconds';
    const interaction = await askFaulty(stage, { kind: 'rate-limited', retryAfterSeconds: 3 }, { prompt });
    const refusedAt = stage.now();
    const waiting = await shows(interaction, 'Waiting for RunComfy');
    expect(buttons(waiting)).toEqual(['Cancel']);
    expect(words(waiting)).toContain('nothing is paid so far');
    await submitted(stage, prompt);
    expect(stage.now() - refusedAt).toBeGreaterThan(2500);
    await goesOn(prompt, interaction);
    expect(submits(stage, prompt)).toBe(1);
  });

  test.for([
    ['as an HTTP date', { kind: 'rate-limited', as: 'date', retryAfterSeconds: 1 }],
    ['without Retry-After, twice', { kind: 'rate-limited', times: 2 }],
  ] as const)('429 %s: sent again by itself, once', async ([name, fault]) => {
    const prompt = `told to wait ${name}`;
    const interaction = await askFaulty(stage, fault, { prompt });
    await submitted(stage, prompt);
    await goesOn(prompt, interaction);
    expect(submits(stage, prompt)).toBe(1);
  });

  test('a request that waits can be cancelled: it is never sent and frees its reservation', async () => {
    const prompt = 'cancelled while it waits';
    const interaction = await askFaulty(stage, { kind: 'rate-limited', retryAfterSeconds: 20 }, { prompt });
    await shows(interaction, 'Waiting for RunComfy');
    press(stage, { interaction });
    expect(await reads(interaction, 'Cancelled')).toContain('Nothing was charged');
    await expectReservation(stage, interaction, 'released');
    expect(submits(stage, prompt)).toBe(0);
  });
});

describe.concurrent('a submit whose outcome nobody knows', () => {
  test.for([
    ['500', { kind: 'http', status: 500 }, 0],
    ['503 after it was taken', { kind: 'http', status: 503, taken: true }, 1],
    ['a reset before it was taken', { kind: 'reset' }, 0],
    ['a reset after it was taken', { kind: 'reset', taken: true }, 1],
    ['broken JSON', { kind: 'broken-json' }, 1],
    ['a web page', { kind: 'html' }, 1],
    ['an empty answer', { kind: 'empty' }, 1],
    ['a cut answer', { kind: 'cut' }, 1],
    ['an answer without request id', { kind: 'no-request-id' }, 1],
  ] as const)('%s: told so, stays counted, never sent again', async ([name, fault, jobs]) => {
    const prompt = `the outcome of ${name}`;
    const interaction = await askWith(stage, fault, { prompt, count: 2 });
    const said = await reads(interaction, 'Outcome unknown');
    expect(said).toContain('may have been made and charged (up to $0.06)');
    expect(said).toContain('not sent again by itself');
    await expectReservation(stage, interaction, 'settled');
    expect(submits(stage, prompt)).toBe(jobs);
  });
});

describe.concurrent('a request that RunComfy refuses', () => {
  test.for([
    ['by 400', { kind: 'http', status: 400, errorCode: 400001, message: 'Prompt *not* allowed' }],
    ['by 422', { kind: 'http', status: 422, message: 'Prompt *not* allowed' }],
    ['by an error in HTTP 200', { kind: 'error-in-200', errorCode: 400001, message: 'Prompt *not* allowed' }],
  ] as const)('%s: told with its reason, costs nothing', async ([name, fault]) => {
    const interaction = await askWith(stage, fault, { prompt: `refused ${name}` });
    const said = await reads(interaction, 'No pictures');
    expect(said).toContain('RunComfy refused the job. Nothing was charged.');
    expect(said).toContain('RunComfy says: Prompt \\*not\\* allowed');
    await expectReservation(stage, interaction, 'released');
  });

  test('after it was generated, by moderation: told, counts against no limit', async () => {
    const interaction = await askWith(stage, { kind: 'moderation' }, { prompt: 'not for everyone' });
    stage.runcomfy.finish((await submitted(stage, 'not for everyone')).requestId);
    const said = await reads(interaction, 'No pictures');
    expect(said).toContain('content filter');
    expect(said).toContain('refused by content moderation');
    expect(said).toContain('count against no limit');
    await expectReservation(stage, interaction, 'released');
  });
});

describe.concurrent('a look that fails is no verdict', () => {
  const FAULTS: [string, ApiFault][] = [
    ['429 with Retry-After', { kind: 'rate-limited', retryAfterSeconds: 1 }],
    ['429 without', { kind: 'rate-limited' }],
    ['502', { kind: 'http', status: 502 }],
    ['a reset', { kind: 'reset' }],
    ['broken JSON', { kind: 'broken-json' }],
    ['a web page', { kind: 'html' }],
    ['nothing', { kind: 'empty' }],
    ['half an answer', { kind: 'cut' }],
    ['an unknown word', { kind: 'status-word', word: 'reticulating' }],
    ['an unknown error in HTTP 200', { kind: 'error-in-200', errorCode: 599001 }],
    ['a bad token', { kind: 'http', status: 401, errorCode: 400004 }],
    ['no answer for a while', { kind: 'slow', ms: 3000 }],
  ];

  test('whatever is wrong with the answers to status and result, the gallery still comes', async () => {
    const jobs = FAULTS.map(async ([name, fault]) => {
      const prompt = `looked at through ${name}`;
      const { interaction, requestId } = await asked(stage, { prompt });
      const status = stage.runcomfy.failNext({ ...fault, call: 'status', request: requestId });
      const result = stage.runcomfy.failNext({ ...fault, call: 'result', request: requestId });
      await goesOn(prompt, interaction);
      expect([status.applied, result.applied], name).toEqual([1, 1]);
      expect(submits(stage, prompt), name).toBe(1);
    });
    await Promise.all(jobs);
  });

  test('no answer at all: the look is given up after 15 seconds, and the next one finds the pictures', async () => {
    const prompt = 'looked at in vain';
    const { interaction, requestId } = await asked(stage, { prompt });
    stage.runcomfy.failNext({ call: 'status', request: requestId, kind: 'hang' });
    await goesOn(prompt, interaction);
  });

  test('a result that is not ready is asked for again', async () => {
    const prompt = 'not quite ready';
    const { interaction, requestId } = await asked(stage, { prompt });
    const early = stage.runcomfy.failNext({ call: 'result', request: requestId, kind: 'not-ready' });
    await goesOn(prompt, interaction);
    expect(early.applied).toBe(1);
  });

  test('a request that RunComfy no longer knows ends as unknown and stays counted', async () => {
    const { interaction, requestId } = await asked(stage, { prompt: 'expired over there', count: 3 });
    stage.runcomfy.loseJob(requestId);
    // Believed when it has been said three times over 30 s.
    await interaction.until(({ original }) => original !== null && title(original).includes('Outcome unknown'), 55_000);
    expect(words(replyOf(interaction))).toContain('may have been charged (up to $0.09)');
    await expectReservation(stage, interaction, 'settled');
  });

  test('a job that fails without a word of why is told as failed and released', async () => {
    const { interaction, requestId } = await asked(stage, { prompt: 'fails in silence' });
    stage.runcomfy.failJob(requestId);
    expect(await reads(interaction, 'No pictures')).toContain('count against no limit');
    await expectReservation(stage, interaction, 'released');
  });

  test('a cancel that gets no answer is tried again by itself', async () => {
    const { interaction, requestId } = await asked(stage, { prompt: 'cancel through trouble' });
    await shows(interaction, 'In the queue');
    stage.runcomfy.failNext({ call: 'cancel', request: requestId, kind: 'reset', taken: true });
    press(stage, { interaction });
    expect(await reads(interaction, 'Cancelled')).toContain('Nothing was charged');
    await expectReservation(stage, interaction, 'released');
  });
});

describe.concurrent('pictures that are not what was asked for', () => {
  /** RunComfy finishes a job while it is in this mood. */
  async function finish(requestId: string, mood: { withheld?: number; duplicates?: number }) {
    const set = stage.runcomfy.setBehaviour(mood);
    stage.runcomfy.finish(requestId);
    await Promise.all([set, stage.runcomfy.setBehaviour({ withheld: 0, duplicates: 0 })]);
  }

  test('fewer: those that came are shown, the number is said, the price is what was asked', async () => {
    const { interaction, requestId } = await asked(stage, { prompt: 'some are withheld', count: 4 });
    await finish(requestId, { withheld: 3 });
    const message = await gallery(interaction);
    expect(pictureNumbers(message)).toEqual([1]);
    expect(facts(message)[0]).toBe('1 of 4');
    expect(message.content).toContain('RunComfy made 1 of the 4 pictures');
    await expectReservation(stage, interaction, 'settled');
  });

  test('none: told with what it may have cost, stays counted', async () => {
    const { interaction, requestId } = await asked(stage, { prompt: 'all are withheld', count: 2 });
    await finish(requestId, { withheld: 2 });
    const said = await reads(interaction, 'No pictures');
    expect(said).toContain('without a single picture. It may have charged $0.06');
    await expectReservation(stage, interaction, 'settled');
  });

  test('the same one twice: each is shown once', async () => {
    const { interaction, requestId } = await asked(stage, { prompt: 'listed twice', count: 3 });
    await finish(requestId, { duplicates: 2 });
    const message = await gallery(interaction);
    expect(pictureNumbers(message)).toEqual([1, 2, 3]);
    expect(facts(message)[0]).toBe('3 of 3');
  });
});

test('RunComfy out of reach: requests wait for it, jobs go on once it is back, each is sent once', async () => {
  const { interaction: before } = await asked(stage, { prompt: 'away for a while' });
  await shows(before, 'In the queue');
  const looks = () => stage.bot.output().split('a look failed').length;
  const failed = looks();
  await stage.runcomfy.goDown();
  const interaction = ask(stage, { prompt: 'nobody at home' });
  const waiting = await shows(interaction, 'Waiting for RunComfy');
  expect(buttons(waiting)).toEqual(['Cancel']);
  expect(reservation(stage, interaction)).toBe('held');
  await eventually('two looks that fail', () => looks() >= failed + 2 || undefined);
  await stage.runcomfy.comeUp();
  await shows(interaction, 'In the queue');
  await Promise.all([goesOn('away for a while', before), goesOn('nobody at home', interaction)]);
  expect([submits(stage, 'away for a while'), submits(stage, 'nobody at home')]).toEqual([1, 1]);
});
