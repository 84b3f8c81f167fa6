/** A member's `/seedream` from prompt to gallery, through the real bot and real sockets. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStage, type Stage } from '../support/bot.ts';
import { looks, submitted } from '../support/runcomfy.ts';
import {
  buttons,
  editGaps,
  expectCleanConduct,
  facts,
  gallery,
  PATIENCE,
  pictureEmbeds,
  pictureNumbers,
  refusal,
  shows,
  title,
} from '../support/waiting.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await createStage({
    runcomfy: { held: true },
    environment: { LIMIT_USER_ACTIVE_JOBS: '20', LIMIT_USER_DAILY_IMAGES: '7' },
  });
});

afterAll(async () => {
  expectCleanConduct(stage);
  await stage[Symbol.asyncDispose]();
});

test.concurrent('a prompt becomes a gallery, and the reply tells each state on the way', async () => {
  const { discord, runcomfy } = stage;
  const interaction = discord.command({
    member: discord.members.ana,
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt: 'a quiet harbour at dawn', count: 4, size: '2304:1728 (4:3)', seed: 7 },
  });
  await interaction.acknowledged();
  expect(interaction.acknowledgement?.afterMs).toBeLessThan(3000);

  const job = await submitted(stage, 'a quiet harbour at dawn');
  expect(job.body).toEqual({
    text: 'Generate 4 images: a quiet harbour at dawn',
    sequential_image_generation_options: 4,
    image_size: '2304:1728 (4:3)',
    seed: 7,
    optimize_prompt_options: 'fast',
    sequential_image_generation: 'auto',
  });

  const queued = await shows(interaction, 'In the queue · next · ');
  expect(queued.embeds).toHaveLength(1);
  expect(queued.embeds[0]?.fields ?? [], 'one line').toEqual([]);
  expect(title(queued)).toMatch(/^⏳ In the queue · next · 4 pictures · ready <t:\d+:R>$/);
  expect(title(queued), 'Discord says itself who used the command').not.toContain('<@');
  expect(queued.embeds[0]?.description).toContain('a quiet harbour at dawn');
  expect(buttons(queued)).toEqual(['Cancel']);

  runcomfy.start(job.requestId);
  const generating = await shows(interaction, 'Generating');
  expect(title(generating)).toMatch(/^🎨 Generating [▰▱]{10} · 4 pictures · /);
  expect(buttons(generating)).toEqual([]);

  runcomfy.finish(job.requestId);
  const finished = await gallery(interaction);
  expect(pictureNumbers(finished)).toEqual([1, 2, 3, 4]);
  expect(pictureEmbeds(finished)).toHaveLength(4);
  expect(finished.embeds[0]?.description, 'the prompt, then the pictures').toBe('a quiet harbour at dawn');
  expect(facts(finished)).toEqual([
    '4 of 4',
    'Landscape 4:3',
    '2304×1728',
    'seed 7',
    expect.stringMatching(/^\d+ s$/) as string,
  ]);
  expect(buttons(finished)).not.toContain('Cancel');

  const cancellable = finished.versions.filter((version) => buttons(version).includes('Cancel'));
  expect(cancellable.length).toBeGreaterThan(0);
  expect(cancellable.every((version) => title(version).includes('In the queue'))).toBe(true);
  expect(finished.versions.length - 1, 'edits of the reply').toBeLessThan(10);
  expect(Math.min(...editGaps(finished)), 'milliseconds between two edits').toBeGreaterThanOrEqual(2000);

  // The next request says what this one used, and that it is no longer running.
  const next = discord.command({
    member: discord.members.ana,
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt: 'the same again', count: 4 },
  });
  expect(await refusal(stage, next)).toContain('You have used 4 of your 7 pictures today');
});

test.concurrent('pictures that are finished right after an edit wait until the next edit is due', async () => {
  const { discord, runcomfy } = stage;
  const interaction = discord.command({
    member: discord.members.moderator,
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt: 'one quick sketch', count: 1 },
  });
  const { requestId } = await submitted(stage, 'one quick sketch');
  await shows(interaction, 'In the queue');
  runcomfy.start(requestId);
  await shows(interaction, 'Generating');
  runcomfy.finish(requestId);
  expect(Math.min(...editGaps(await gallery(interaction)))).toBeGreaterThanOrEqual(2000);
});

test.concurrent('a reply is edited only when something a person sees has changed', async () => {
  const { discord, runcomfy } = stage;
  const order = { member: discord.members.ben, channel: discord.channels.pictures, name: 'seedream' };
  discord.command({ ...order, options: { prompt: 'the first in line', count: 1 } });
  const { requestId: first } = await submitted(stage, 'the first in line');
  const interaction = discord.command({ ...order, options: { prompt: 'the second in line', count: 1 } });
  const { requestId } = await submitted(stage, 'the second in line');

  const reply = await shows(interaction, 'ahead of you');
  const before = title(reply);
  runcomfy.finish(first);
  await interaction.until(({ original }) => original !== null && title(original) !== before, PATIENCE);
  expect(title(reply)).toMatch(/In the queue · (next|\d+ jobs? ahead of you) · /);

  runcomfy.start(requestId);
  await shows(interaction, 'Generating');
  await looks(stage, runcomfy.job(requestId), 3);
  const seen = reply.versions.map(({ embeds, components }) => JSON.stringify({ embeds, components }));
  expect(new Set(seen).size, 'looks that see the same are not shown').toBe(seen.length);
});
