/** Pictures on a host that is not allowed: nobody gets a link, whoever hosts the bot hears of it, and nothing is lost. */
import { expect, test } from 'vitest';
import { createStage } from '../support/bot.ts';
import { press, use } from '../support/private-answers.ts';
import { submitted } from '../support/runcomfy.ts';
import { gallery, PATIENCE, pictureNumbers, replyOf } from '../support/waiting.ts';
import { ask, eventually, expectReservation, words } from './scenarios.ts';

test('pictures on a host that is not allowed are told of without a link, and come once it is', async () => {
  await using stage = await createStage({
    runcomfy: { held: true },
    environment: { RUNCOMFY_ASSET_HOSTS: 'pictures.example' },
  });
  const { discord, runcomfy } = stage;
  const { ben, host } = discord.members;
  const interactions = ['one harbour', 'another harbour'].map((prompt) => ask(stage, { prompt, member: ben }));
  for (const prompt of ['one harbour', 'another harbour']) {
    const { requestId } = await submitted(stage, prompt);
    runcomfy.finish(requestId);
  }
  for (const interaction of interactions) {
    await interaction.until(
      ({ original }) => original !== null && words(original).includes('may not fetch from'),
      PATIENCE,
    );
    const { requestId } = await submitted(stage, interaction === interactions[0] ? 'one harbour' : 'another harbour');
    for (const url of runcomfy.job(requestId).images) expect(words(replyOf(interaction))).not.toContain(url);
    await expectReservation(stage, interaction, 'settled');
  }
  await eventually('the word to the host', () => discord.directMessages(host)[0]);
  expect(discord.directMessages(host)).toHaveLength(1);
  expect(discord.directMessages(host)[0]?.content).toContain('RUNCOMFY_ASSET_HOSTS');
  const lines = stage.bot.output().split('\n');
  expect(lines.filter((line) => line.includes('RUNCOMFY_ASSET_HOSTS does not allow'))).toHaveLength(1);

  await stage.bot.stop();
  await stage.start({ RUNCOMFY_ASSET_HOSTS: runcomfy.assetOrigin });
  const page = await use(stage, ben, 'history');
  const pressed = press(stage, ben, page, 'deliver:');
  expect(pictureNumbers(await gallery(pressed))).toEqual([1]);
});
