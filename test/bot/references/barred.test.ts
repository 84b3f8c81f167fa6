/** Pictures to start from are taken away by the host, or barred by an admin of a server. */
import { expect, test } from 'vitest';
import type { Interaction } from '../../../playground/discord/stand-in.ts';
import { translate } from '../../../src/languages/languages.ts';
import { createStage, ROOMY, type Stage } from '../../support/bot.ts';
import { forgeCommand, pictureFile, type GivenFile } from '../../support/given-pictures.ts';
import { submits } from '../../support/runcomfy.ts';
import { expectCleanConduct, gallery, refusal, replyOf } from '../../support/waiting.ts';

const t = translate('en-US');

function ask({ discord }: Stage, options: Record<string, string | number | boolean | GivenFile>): Interaction {
  return discord.command({ member: discord.members.ana, channel: discord.channels.general, name: 'seedream', options });
}

test('REFERENCES=off leaves no option, command, field or select; what still comes is refused', async () => {
  await using stage = await createStage({ quick: true, runcomfy: { speed: 200 }, environment: ROOMY });
  const { discord } = stage;
  const before = ask(stage, { prompt: 'a well', count: 1, picture: await pictureFile('well.png') });
  const message = await gallery(before);
  const opened = discord.messageCommand({ member: discord.members.ana, message, name: 'Edit with Seedream' });
  await opened.acknowledged();
  await stage.bot.stop();
  await stage.start({ REFERENCES: 'off' });
  await discord.until(() => discord.commands().every(({ type }) => type === 1));
  const texts = JSON.stringify(discord.commands());
  expect(texts).not.toContain('"picture');
  const plain = await gallery(ask(stage, { prompt: 'a plain well', count: 1 }));
  expect(JSON.stringify(plain.components)).not.toContain('use:');
  const edit = discord.press({
    member: discord.members.ana,
    message: plain,
    customId: plain.components[0]?.components?.find(({ custom_id }) => custom_id?.startsWith('edit:'))?.custom_id ?? '',
  });
  await edit.acknowledged();
  expect(edit.modal?.components.map(({ component }) => component?.custom_id)).toEqual([
    'prompt',
    'count',
    'size',
    'quality',
    'seed',
  ]);
  const place = { member: discord.members.ana, channel: discord.channels.general };
  const file = {
    filename: 'a.png',
    content_type: 'image/png',
    url: 'https://cdn.discordapp.com/attachments/1/2/a.png',
  };
  expect(await refusal(stage, forgeCommand(stage, { ...place, prompt: 'a deep well', files: [file] }))).toContain(
    t('model.off'),
  );
  const again = message.components[0]?.components?.[0]?.custom_id ?? '';
  expect(await refusal(stage, discord.press({ member: discord.members.ana, message, customId: again }))).toContain(
    t('model.off'),
  );
  const use = message.components.flatMap(({ components = [] }) => components).find(({ type }) => type === 3);
  const chosen = discord.select({
    member: discord.members.ana,
    message,
    customId: use?.custom_id ?? '',
    values: ['1'],
  });
  expect(await refusal(stage, chosen)).toContain(t('model.off'));
  expect([submits(stage, 'a deep well'), submits(stage, 'a well')]).toEqual([0, 1]);
  expectCleanConduct(stage);
});

test("an admin's switch refuses with a sentence, is seen in /limits, and lets the rest be", async () => {
  await using stage = await createStage({ quick: true, runcomfy: { speed: 200 }, environment: ROOMY });
  const { discord } = stage;
  const { admin } = discord.members;
  const channel = discord.channels.general;
  const limits = async (name: string, options: Record<string, boolean> = {}) => {
    const used = discord.command({ member: admin, channel, name: `limits ${name}`, options });
    await used.until(({ original }) => (original?.flags ?? 128) < 128 && original !== null);
    return `${replyOf(used).content} ${JSON.stringify(replyOf(used).embeds)}`;
  };
  expect(await limits('pictures', { allow: false })).toContain(t('limits.notAllowed'));
  const picture = await pictureFile('mill.png');
  expect(await refusal(stage, ask(stage, { prompt: 'a mill', picture }))).toContain(t('references.barred'));
  await gallery(ask(stage, { prompt: 'a plain mill', count: 1 }));
  expect(await limits('show')).toContain(`<@${admin.user.id}>`);
  await stage.bot.stop();
  await stage.start();
  expect(await refusal(stage, ask(stage, { prompt: 'a mill', picture }))).toContain(t('references.barred'));
  expect(await limits('reset')).toContain(t('limits.references'));
  await gallery(ask(stage, { prompt: 'a mill', count: 1, picture }));
  expect(submits(stage, 'a mill')).toBe(1);
  expectCleanConduct(stage);
});
