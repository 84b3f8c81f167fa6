/** Answers of RunComfy that say one thing by their HTTP status and another by their body, or nothing that can be read: what members see. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiFault } from '../../playground/runcomfy/stand-in.ts';
import { createStage, ROOMY, type Stage } from '../support/bot.ts';
import { submits } from '../support/runcomfy.ts';
import { facts, gallery, pictureNumbers, shows } from '../support/waiting.ts';
import {
  asked,
  askFaulty,
  askWith,
  eventually,
  expectReservation,
  expectUnharmed,
  lineAbout,
  reads,
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

/** The result of a request is this, so often. */
function answerResult(requestId: string, body: unknown, times = 1): void {
  stage.runcomfy.failNext({ call: 'result', request: requestId, times, kind: 'http', status: 200, body });
}

/** The addresses that RunComfy serves a finished job's pictures at. */
function addresses(requestId: string): string[] {
  stage.runcomfy.finish(requestId);
  return stage.runcomfy.job(requestId).images;
}

describe('a submit', () => {
  test.for<[string, ApiFault]>([
    ['500001 in a 200', { kind: 'error-in-200', errorCode: 500001 }],
    ['500001 in a 400', { kind: 'http', status: 400, errorCode: 500001 }],
  ])('%s: it may have been taken, so it stays counted and is not sent again', async ([name, fault]) => {
    const interaction = await askWith(stage, fault, { prompt: `answered by ${name}` });
    expect(await reads(interaction, 'Outcome unknown')).toContain('may have been made and charged');
    await expectReservation(stage, interaction, 'settled');
    expect(submits(stage, `answered by ${name}`)).toBe(0);
  });

  test('429001 in a 200: it waits and is sent again', async () => {
    const prompt = 'busy by its code';
    const interaction = await askFaulty(stage, { kind: 'error-in-200', errorCode: 429001 }, { prompt });
    await shows(interaction, 'In the queue');
    expect(submits(stage, prompt)).toBe(1);
  });

  test('403003 in a 200: the key is named, and it costs nothing', async () => {
    const interaction = await askWith(stage, { kind: 'error-in-200', errorCode: 403003 }, { prompt: 'not my key' });
    expect(await reads(interaction, 'No pictures')).toContain('The bot is not set up right');
    await expectReservation(stage, interaction, 'released');
  });

  test('404: the model is named, not the prompt; once may be a slip, so nobody is said to have been told', async () => {
    const fault: ApiFault = { kind: 'http', status: 404, errorCode: 404001 };
    const interaction = await askWith(stage, fault, { prompt: 'of a model that is gone' });
    const said = await reads(interaction, 'No pictures');
    expect(said).toContain('does not know the model');
    expect(said).not.toMatch(/Change the prompt|not set up right|has been told/);
    await expectReservation(stage, interaction, 'released');
  });
});

describe.concurrent('a result', () => {
  test('with addresses in objects: its gallery comes', async () => {
    const { interaction, requestId } = await asked(stage, { prompt: 'described by objects', count: 2 });
    const images = addresses(requestId).map((url) => ({ url, content_type: 'image/jpeg' }));
    answerResult(requestId, { status: 'succeeded', output: { images } });
    expect(pictureNumbers(await gallery(interaction))).toEqual([1, 2]);
  });

  test('that cannot be read: it is asked for again, with what it said in the log', async () => {
    const { interaction, requestId } = await asked(stage, { prompt: 'unreadable for a while', count: 2 });
    answerResult(requestId, { status: 'succeeded', output: { images: [{ id: 'file-1', token: 'a-secret' }] } }, 2);
    answerResult(requestId, { status: 'succeeded', output: null });
    stage.runcomfy.finish(requestId);
    expect(pictureNumbers(await gallery(interaction))).toEqual([1, 2]);
    const line = lineAbout(stage, interaction, 'unreadable') ?? '';
    expect(line).toContain('file-1');
    expect(line).not.toContain('a-secret');
    await expectReservation(stage, interaction, 'settled');
  });

  test('with more pictures than asked for: all are shown, and counted as they are', async () => {
    const { interaction, requestId } = await asked(stage, { prompt: 'more than asked', count: 2 });
    const { requestId: other } = await asked(stage, { prompt: 'three besides', count: 3 });
    const images = [...addresses(requestId), ...addresses(other)];
    answerResult(requestId, { status: 'succeeded', output: { images } });
    const message = await gallery(interaction);
    expect(pictureNumbers(message)).toEqual([1, 2, 3, 4, 5]);
    expect(facts(message)[0]).toBe('5, for 2 asked');
  });

  test.for([['undefined'], [{}], ['[object Object]'], ['{"code":17}']])(
    'that failed with a reason that is no sentence says none: %j',
    async ([error]) => {
      const prompt = `fails with ${JSON.stringify(error)}`;
      const interaction = await askWith(stage, { kind: 'failed', error }, { prompt });
      const job = await eventually('its job', () =>
        stage.runcomfy.jobs.find(({ input }) => input.text.includes(prompt)),
      );
      stage.runcomfy.finish(job.requestId);
      const said = await reads(interaction, 'No pictures');
      expect(said).toContain('count against no limit');
      expect(said).not.toContain('RunComfy says');
    },
  );
});

describe.concurrent('a 404', () => {
  test('once for a job that is made: it goes on, and its gallery comes', async () => {
    const { interaction, requestId } = await asked(stage, { prompt: 'forgotten for a moment' });
    stage.runcomfy.failNext({ call: 'status', request: requestId, kind: 'lost', times: 2 });
    stage.runcomfy.failNext({ call: 'result', request: requestId, kind: 'lost' });
    stage.runcomfy.finish(requestId);
    await gallery(interaction);
    await expectReservation(stage, interaction, 'settled');
  });

  test('as a web page says nothing of the job', async () => {
    const { interaction, requestId } = await asked(stage, { prompt: 'behind a wrong door' });
    stage.runcomfy.failNext({ call: 'status', request: requestId, kind: 'html', status: 404, times: 4 });
    stage.runcomfy.finish(requestId);
    await gallery(interaction);
  });
});

test('a 500 that lasts is told in one line, which goes when RunComfy answers again', async () => {
  const { interaction, requestId } = await asked(stage, { prompt: 'asked in vain for a while' });
  await shows(interaction, 'In the queue');
  const failing = stage.runcomfy.failNext({
    call: 'status',
    request: requestId,
    times: Infinity,
    kind: 'http',
    status: 500,
  });
  await interaction.until(({ original }) => original !== null && words(original).includes('does not answer'), 60_000);
  failing.clear();
  await interaction.until(({ original }) => original !== null && !words(original).includes('does not answer'), 60_000);
});
