/** Forty members' jobs from pictures at once, where ten pictures are left: ten are made, and nothing of the others is held. */
import { expect, test } from 'vitest';
import { createStage, ROOMY } from '../../support/bot.ts';
import { pictureFile } from '../../support/given-pictures.ts';
import { expectCleanConduct, gallery, refusal } from '../../support/waiting.ts';

test('of forty at once exactly those are made that the limit has room for', async () => {
  await using stage = await createStage({
    runcomfy: { speed: 200 },
    environment: { ...ROOMY, LIMIT_GUILD_DAILY_IMAGES: '10' },
  });
  const { discord, runcomfy } = stage;
  const picture = await pictureFile('crowd.png');
  const { ana, ben, admin, moderator } = discord.members;
  const asked = Array.from({ length: 40 }, (_, index) =>
    discord.command({
      member: [ana, ben, admin, moderator][index % 4] ?? ana,
      channel: discord.channels.general,
      name: 'seedream',
      options: { prompt: `one of a crowd, number ${index}`, count: 1, picture },
    }),
  );
  const ends = await Promise.all(
    asked.map((each) => Promise.race([gallery(each).then(() => 'made'), refusal(stage, each).then(() => 'refused')])),
  );
  expect(ends.filter((end) => end === 'made')).toHaveLength(10);
  expect([runcomfy.submits, runcomfy.billedImages]).toEqual([10, 10]);
  expectCleanConduct(stage);
}, 120_000);
