/** A member's `/seedream` from prompt to gallery, through the real bot and real sockets. */
import { expect, test } from 'vitest';
import { createStage } from './bot.ts';

test('a prompt becomes a gallery', async () => {
  await using stage = await createStage({ runcomfy: { speed: 20 } });
  const { discord, runcomfy } = stage;
  const interaction = discord.command({
    member: discord.members.ana,
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt: 'a quiet harbour at dawn', count: 4, size: '2304:1728 (4:3)', seed: 7 },
  });
  await interaction
    .until(
      ({ original }) =>
        (original?.attachments.length ?? 0) + (original?.embeds.filter((e) => e.image).length ?? 0) >= 4,
      15_000,
    )
    .catch((e) => {
      console.log(stage.bot.output());
      console.log(JSON.stringify(interaction.original?.versions, null, 1));
      throw e;
    });
  console.log(
    JSON.stringify(
      interaction.original?.versions.map(({ at, content, embeds, components }) => ({
        at: at - interaction.sentAt,
        content,
        embeds,
        components,
      })),
      null,
      1,
    ),
  );
  console.log(stage.bot.output());
  expect(runcomfy.violations).toEqual([]);
});
