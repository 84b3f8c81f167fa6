/** Jobs that RunComfy never ends: given up at their deadline, a cancel tried, and nothing that was made is lost. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStage, ROOMY, type Stage } from '../support/bot.ts';
import { gallery, shows } from '../support/waiting.ts';
import { asked, askFaulty, expectReservation, expectUnharmed, reads } from './scenarios.ts';

let stage: Stage;

beforeAll(async () => {
  const environment = { ...ROOMY, JOB_DEADLINE_MINUTES: '0.1' };
  stage = await createStage({ runcomfy: { held: true }, environment });
});

afterAll(async () => {
  expectUnharmed(stage);
  await stage[Symbol.asyncDispose]();
});

describe.concurrent('a job whose time is up', () => {
  test('still queued: it is cancelled, and costs nothing', async () => {
    const { interaction, requestId } = await asked(stage, { prompt: 'for ever in the queue' });
    const said = await reads(interaction, 'Withdrawn');
    expect(said).toMatch(/Still in the queue after \d+ seconds?, so I withdrew it\. Nothing was charged/);
    expect(stage.runcomfy.job(requestId).state).toBe('cancelled');
    await expectReservation(stage, interaction, 'released');
  });

  test('generating for ever: a cancel is tried, the member told what it may cost, the reservation counted', async () => {
    const { interaction, requestId } = await asked(stage, { prompt: 'for ever in the making', count: 5 });
    stage.runcomfy.start(requestId);
    await shows(interaction, 'Generating');
    const said = await reads(interaction, 'No pictures');
    expect(said).toMatch(/Not finished after \d+ seconds?, so I gave it up/);
    expect(said).toContain('may still be charged (up to $0.15), so it stays counted');
    expect(stage.runcomfy.job(requestId).polls.cancel).toBe(1);
    await expectReservation(stage, interaction, 'settled');
  });

  test('finished while no look got through: its pictures are delivered', async () => {
    const { interaction, requestId } = await asked(stage, { prompt: 'made behind a fog' });
    stage.runcomfy.failNext({ call: 'status', request: requestId, times: Infinity, kind: 'http', status: 503 });
    stage.runcomfy.finish(requestId);
    await gallery(interaction);
    await expectReservation(stage, interaction, 'settled');
  });

  test('RunComfy answers nothing at all any more: given up as perhaps charged', async () => {
    const { interaction, requestId } = await asked(stage, { prompt: 'nothing but silence' });
    for (const call of ['status', 'result', 'cancel'] as const) {
      stage.runcomfy.failNext({ call, request: requestId, times: Infinity, kind: 'reset' });
    }
    expect(await reads(interaction, 'No pictures')).toContain('stays counted');
    await expectReservation(stage, interaction, 'settled');
  });
});

test('a job that RunComfy never took: told so, costs nothing', async () => {
  const interaction = await askFaulty(stage, { kind: 'rate-limited', retryAfterSeconds: 60 }, { prompt: 'not now' });
  await shows(interaction, 'Waiting for RunComfy');
  expect(await reads(interaction, 'No pictures')).toMatch(
    /did not take the job within \d+ seconds?, so I withdrew it\. Nothing was charged/,
  );
  await expectReservation(stage, interaction, 'released');
});

test('pictures that cannot be fetched until the end are told with links, and stay counted', async () => {
  const { interaction, requestId } = await asked(stage, { prompt: 'seen by nobody', count: 2 });
  stage.runcomfy.failNext({ call: 'asset', request: requestId, times: Infinity, kind: 'http', status: 500 });
  stage.runcomfy.finish(requestId);
  await interaction.until(({ original }) => original?.content.includes('Their addresses') ?? false, 60_000);
  const links = stage.runcomfy.job(requestId).images;
  for (const link of links) expect(interaction.original?.content).toContain(link);
  expect(interaction.original?.embeds[0]?.description).toContain('could not be brought here');
  await expectReservation(stage, interaction, 'settled');
});
