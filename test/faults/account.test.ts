/** The host's account: a key that RunComfy does not accept, a balance that is empty, and what members are told. */
import { afterEach, expect, test } from 'vitest';
import type { Interaction } from '../../playground/discord/stand-in.ts';
import { createStage, ROOMY, type Stage } from '../support/bot.ts';
import { refusal } from '../support/waiting.ts';
import { ask, expectReservation, expectUnharmed, reads, reservation } from './scenarios.ts';

let stage: Stage;

afterEach(async () => {
  expectUnharmed(stage);
  await stage[Symbol.asyncDispose]();
});

/** Asks so often, one after the other; gives what was read. */
async function askInTurn(times: number, headline: string): Promise<string[]> {
  const said: string[] = [];
  for (let number = 1; number <= times; number += 1) {
    const interaction = ask(stage, { prompt: `request ${number}` });
    said.push(await reads(interaction, headline));
    await expectReservation(stage, interaction, 'released');
  }
  return said;
}

async function expectRefusedAtOnce(sentence: string): Promise<void> {
  const asked = stage.runcomfy.submits;
  const refused: Interaction = ask(stage, { prompt: 'one too many' });
  const said = await refusal(stage, refused);
  expect(said).toContain(sentence);
  expect(said).toMatch(/takes no jobs; next try <t:\d+:R>/);
  expect(refused.acknowledgement?.type, 'answered at once, not deferred').toBe(4);
  expect(reservation(stage, refused)).toBeUndefined();
  expect(stage.runcomfy.submits).toBe(asked);
}

test('three submits in a row with a key that is not accepted: the next command is refused at once', async () => {
  stage = await createStage({ quick: true, runcomfy: { tokenRejected: true }, environment: ROOMY });
  for (const said of await askInTurn(3, 'No pictures')) {
    expect(said).toContain('The bot is not set up right; its host has been told. Nothing was charged.');
    expect(said, "the host's account is nobody else's business").not.toContain('RunComfy says');
  }
  await expectRefusedAtOnce('The bot is not set up right; its host has been told');
});

test('an empty balance, told as HTTP 200: likewise, and a submit that is taken in between counts anew', async () => {
  stage = await createStage({
    quick: true,
    runcomfy: { balanceUsd: 0, refusalsAs: 'http-200', held: true },
    environment: ROOMY,
  });
  for (const said of await askInTurn(2, 'No pictures'))
    expect(said).toContain('The bot is not set up right; its host has been told');
  await stage.runcomfy.setBehaviour({ balanceUsd: 1000 });
  await reads(ask(stage, { prompt: 'there is money again' }), 'In the queue');
  await stage.runcomfy.setBehaviour({ balanceUsd: 0 });
  await askInTurn(3, 'No pictures');
  await expectRefusedAtOnce('The bot is not set up right; its host has been told');
});

test('once the pause is over, a member at their limit keeps nobody from trying again', async () => {
  const environment = { ...ROOMY, LIMIT_USER_DAILY_IMAGES: '1' };
  stage = await createStage({ quick: true, runcomfy: { held: true }, environment });
  const member = stage.discord.addMember(stage.discord.guilds.home, {});
  await reads(ask(stage, { member, prompt: 'the only one of today' }), 'In the queue');
  await stage.runcomfy.setBehaviour({ tokenRejected: true });
  await askInTurn(3, 'No pictures');
  await expectRefusedAtOnce('The bot is not set up right; its host has been told');
  await stage.runcomfy.setBehaviour({ tokenRejected: false });
  await stage.pass(61_000);
  for (let asked = 0; asked < 3; asked += 1) {
    expect(await refusal(stage, ask(stage, { member, prompt: 'one too many of mine' }))).toContain(
      'You have used 1 of',
    );
  }
  await reads(ask(stage, { prompt: 'the key is good again' }), 'In the queue');
  await reads(ask(stage, { prompt: 'and for everybody' }), 'In the queue');
});
