/** Addresses of pictures expire: those in the bot's own messages are made fresh, any other is told before anything is paid. */
import { expect, test } from 'vitest';
import type { Interaction, Message } from '../../../playground/discord/stand-in.ts';
import { translate } from '../../../src/languages/languages.ts';
import { createStage, ROOMY, type Stage } from '../../support/bot.ts';
import { pictureFile, type GivenFile } from '../../support/given-pictures.ts';
import { jobsOf, submitted, submits } from '../../support/runcomfy.ts';
import { gallery, PATIENCE, refusal, replyOf } from '../../support/waiting.ts';

const t = translate('en-US');

/** An address is of no use in its last minute: this long it is (milliseconds). */
const OF_USE = 12_000;

const shortLived = (environment: Record<string, string> = {}) =>
  createStage({
    quick: true,
    discord: { addressLifeMs: 60_000 + OF_USE },
    runcomfy: { speed: 200 },
    environment: { ...ROOMY, ...environment },
  });

/** Waits until what was given before is of no use any more. */
const expire = (stage: Stage) => stage.pass(OF_USE + 1500);

function ask({ discord }: Stage, options: Record<string, string | number | boolean | GivenFile>): Interaction {
  return discord.command({ member: discord.members.ana, channel: discord.channels.general, name: 'seedream', options });
}

function press({ discord }: Stage, message: Message, action: string): Interaction {
  const all = message.components.flatMap(({ components = [] }) => components);
  const customId = all.find(({ custom_id }) => custom_id?.startsWith(`${action}:`))?.custom_id ?? '';
  return discord.press({ member: discord.members.ana, message, customId });
}

const imagesOf = (job: { body: unknown } | undefined) => (job?.body as { images?: string[] } | undefined)?.images ?? [];

test('Again, once an address has expired: a picture of a gallery is made fresh, a file that was given is gone', async () => {
  await using stage = await shortLived();
  const { discord } = stage;
  const first = ask(stage, { prompt: 'a lighthouse', count: 1 });
  const edit = press(stage, await gallery(first), 'edit');
  await edit.acknowledged();
  const values = { prompt: 'a lighthouse by day', count: '1', pictures: ['1'] };
  const made = discord.submitModal({ interaction: edit, values });
  const given = ask(stage, { prompt: 'a buoy', count: 1, picture: await pictureFile('buoy.png') });
  const [shown, buoy] = await Promise.all([gallery(made), gallery(given)]);
  await expire(stage);
  await gallery(press(stage, shown, 'again'));
  const [one, two] = jobsOf(stage, 'a lighthouse by day');
  const [before, after] = [imagesOf(one)[0] ?? '', imagesOf(two)[0] ?? ''];
  expect(after.split('?')[0]).toBe(before.split('?')[0]);
  expect(after).not.toBe(before);
  const late = press(stage, buoy, 'again');
  expect(await refusal(stage, late)).toContain(t('references.expired', { number: 1 }));
  expect(submits(stage, 'a buoy')).toBe(1);
  // Another picture takes its place.
  const [told] = late.followUps;
  const mend = press(stage, told as Message, 'edit');
  await mend.acknowledged();
  discord.submitModal({ interaction: mend, values: { prompt: 'a red buoy', files: [await pictureFile('red.png')] } });
  expect(imagesOf(await submitted(stage, 'a red buoy'))).toEqual([expect.stringContaining('red.png')]);
  // A gallery that was deleted has no pictures any more.
  discord.deleteMessage(replyOf(first));
  expect(await refusal(stage, press(stage, shown, 'again'))).toContain(t('references.expired', { number: 1 }));
  expect(submits(stage, 'a lighthouse by day')).toBe(2);
});

test('a job that waited until its picture was gone fails unpaid, and gives back what it held', async () => {
  await using stage = await shortLived({ LIMIT_USER_DAILY_IMAGES: '3' });
  const { runcomfy } = stage;
  for (let time = 0; time < 3; time += 1)
    runcomfy.failNext({ call: 'submit', kind: 'rate-limited', retryAfterSeconds: 9 });
  const asked = ask(stage, { prompt: 'a ferry', count: 3, picture: await pictureFile('ferry.png') });
  const said = t('failure.reference_gone');
  await asked.until(({ original }) => JSON.stringify(original?.embeds ?? []).includes(said), PATIENCE);
  expect([submits(stage, 'a ferry'), runcomfy.billedImages]).toEqual([0, 0]);
  await gallery(ask(stage, { prompt: 'three tugs', count: 3 }));
});

test('a job that waited has the addresses of a gallery made fresh before it is sent', async () => {
  await using stage = await shortLived();
  const { discord, runcomfy } = stage;
  const edit = press(stage, await gallery(ask(stage, { prompt: 'a canal', count: 1 })), 'edit');
  await edit.acknowledged();
  for (let time = 0; time < 2; time += 1)
    runcomfy.failNext({ call: 'submit', kind: 'rate-limited', retryAfterSeconds: 15 });
  const from = stage.now();
  discord.submitModal({ interaction: edit, values: { prompt: 'a frozen canal', count: '1', pictures: ['1'] } });
  const job = await submitted(stage, 'a frozen canal');
  const [image = ''] = imagesOf(job);
  const expires = parseInt(new URL(image).searchParams.get('ex') ?? '', 16) * 1000;
  expect(expires, 'it is an address of when it was sent').toBeGreaterThan(from + 60_000 + OF_USE + 9000);
});

test("a private job's picture is in no message that others see", async () => {
  await using stage = await createStage({ quick: true, runcomfy: { speed: 200 }, environment: ROOMY });
  const { discord } = stage;
  const secret = await pictureFile('secret.png');
  const asked = ask(stage, { prompt: 'a diary', count: 1, private: true, picture: secret });
  const message = await gallery(asked);
  expect(message.visibleTo).toBe(asked.user);
  expect(message.embeds[0]?.thumbnail?.url).toContain('secret.png');
  await gallery(press(stage, message, 'again'));
  const edit = press(stage, message, 'edit');
  await edit.acknowledged();
  discord.submitModal({ interaction: edit, values: { prompt: 'a new diary', pictures: ['1'] } });
  await submitted(stage, 'a new diary');
  const seen = discord.messages(discord.channels.general, { deleted: true });
  const { ben } = discord.members;
  const all = [...seen, ...discord.messages(discord.channels.general, { as: ben, deleted: true })];
  for (const { versions } of all)
    expect(JSON.stringify(versions.map(({ embeds }) => embeds))).not.toContain('secret.png');
  expect(JSON.stringify(all.map(({ versions }) => versions.map(({ embeds }) => embeds)))).not.toContain(asked.id);
});
