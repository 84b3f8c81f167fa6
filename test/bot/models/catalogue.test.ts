/** RunComfy's catalogue changes, or says nothing: what members are offered, what is sent, and what nobody pays for. */
import { expect, test } from 'vitest';
import type { Interaction } from '../../../playground/discord/stand-in.ts';
import type { RunComfyOptions } from '../../../playground/runcomfy/stand-in.ts';
import { createProcessStage, createStage, spawnBot, type Stage } from '../../support/bot.ts';
import { freePort } from '../../support/free-port.ts';
import { scrape } from '../../support/scrape.ts';
import { jobsOf, submitted } from '../../support/runcomfy.ts';
import { expectCleanConduct, gallery, refusal, shows, wholeGallery } from '../../support/waiting.ts';

const FIRST = 'bytedance/seedream-4-0/sequential';
const SECOND = 'bytedance/seedream-4-5/sequential';
const BEYOND = 'google/nano-banana-2-lite/text-to-image';

function ask({ discord }: Stage, options: Record<string, string | number>): Interaction {
  return discord.command({ member: discord.members.ana, channel: discord.channels.general, name: 'seedream', options });
}

/** Sends the command as a client does that has not heard of new choices yet. */
function send({ discord }: Stage, options: object[]): Interaction {
  const { id } = discord.commands().find(({ name }) => name === 'seedream') ?? {};
  return discord.dispatchInteraction({
    member: discord.members.ben,
    channel: discord.channels.general,
    type: 2,
    data: { id, name: 'seedream', type: 1, options },
  });
}

const prompt = (value: string) => ({ name: 'prompt', type: 3, value });

/** What the host was told by direct message. */
const toldHost = ({ discord }: Stage) => discord.directMessages(discord.host).map(({ content }) => content);

/** The values that an option of `/seedream` offers. */
function choices({ discord }: Stage, name: string): unknown[] {
  const command = discord.commands().find((each) => each.name === 'seedream');
  return (command?.options?.find((option) => option.name === name)?.choices ?? []).map(({ value }) => value);
}

/** The body that is sent for "a quiet harbour" with two pictures and a seed. */
const BODY = {
  text: 'Generate 2 images: a quiet harbour',
  sequential_image_generation_options: 2,
  image_size: '2560:1440 (16:9)',
  seed: 7,
  optimize_prompt_options: 'fast',
  sequential_image_generation: 'auto',
};

test.each(['up', 'down', 'slow', 'html', 'absent', 'nonsense'] as const)(
  'a catalogue that is %s changes nothing of a job, and holds up no start',
  async (catalogue) => {
    await using stage = await createStage({ quick: true, runcomfy: { catalogue, speed: 20 } });
    const asked = ask(stage, { prompt: 'a quiet harbour', count: 2, seed: 7 });
    await gallery(asked);
    await wholeGallery(stage, asked, 2);
    const [job, ...others] = jobsOf(stage, 'a quiet harbour');
    expect(others).toEqual([]);
    expect(JSON.stringify(job?.body)).toBe(JSON.stringify(BODY));
    expect(toldHost(stage)).toEqual([]);
    expectCleanConduct(stage);
  },
);

test('a field that is called otherwise: refused before anything is reserved, and the host hears its name once', async () => {
  const arrangeModels: RunComfyOptions['arrangeModels'] = ({ changeModel }) => {
    changeModel(FIRST, { rename: { text: 'prompt' } });
  };
  const port = await freePort();
  await using stage = await createProcessStage({
    runcomfy: { arrangeModels },
    environment: { HTTP_PORT: String(port), LIMIT_USER_ACTIVE_JOBS: '1' },
  });
  await stage.bot.wrote('what is known of a model has changed');
  for (const prompt of ['one', 'another']) {
    expect(await refusal(stage, ask(stage, { prompt }))).toMatch(/RunComfy has changed .* host has been told/);
  }
  await expect.poll(() => toldHost(stage), { timeout: 20_000 }).toEqual([expect.stringContaining('field `text`')]);
  const page = await scrape(`http://127.0.0.1:${port}/metrics`);
  expect(page.value(`seedream_model_offered{model="${FIRST}"}`)).toBe(0);
  expect(page.value('seedream_reservations_total{outcome="reserved"}')).toBe(0);
  expect(stage.runcomfy.submits).toBe(0);
  await stage.bot.stop();
  await stage.start();
  await stage.bot.wrote('what is known of a model has changed');
  expect(await refusal(stage, ask(stage, { prompt: 'after a restart' }))).toContain('RunComfy has changed');
  expect(toldHost(stage)).toHaveLength(1);
  expectCleanConduct(stage);
});

test('sizes that are gone are offered no more and new ones are; what is still sent of an old one is its ratio, or refused', async () => {
  const arrangeModels: RunComfyOptions['arrangeModels'] = ({ changeModel }) => {
    changeModel(FIRST, { choices: { image_size: ['3840:2160 (16:9)', '2048:2048 (1:1)'] } });
  };
  await using stage = await createStage({ quick: true, runcomfy: { arrangeModels, held: true } });
  await expect.poll(() => choices(stage, 'size'), { timeout: 20_000 }).toEqual(['3840:2160 (16:9)', '2048:2048 (1:1)']);
  ask(stage, { prompt: 'nothing is chosen', count: 1 });
  expect((await submitted(stage, 'nothing is chosen')).body).toMatchObject({ image_size: '3840:2160 (16:9)' });
  const wide = send(stage, [prompt('an old wide one'), { name: 'size', type: 3, value: '2560:1440 (16:9)' }]);
  await shows(wide, 'In the queue');
  expect((await submitted(stage, 'an old wide one')).body).toMatchObject({ image_size: '3840:2160 (16:9)' });
  const tall = send(stage, [prompt('an old tall one'), { name: 'size', type: 3, value: '1440:2560 (9:16)' }]);
  await tall.until(({ original }) => original !== null);
  expect(tall.original?.visibleTo).toBe(tall.user);
  expect(tall.original?.content.replaceAll('\\', '')).toBe(
    'Seedream 4.0 does not have the size Portrait 9:16. Choose one that it has: Landscape 16:9, Square.',
  );
  expect(jobsOf(stage, 'an old tall one')).toEqual([]);
  expectCleanConduct(stage);
});

test('a model that is gone: its job is given back, the next one is refused unreserved, the host hears once; it comes back', async () => {
  await using stage = await createStage({
    runcomfy: { held: true },
    environment: { LIMIT_USER_ACTIVE_JOBS: '1', LIMIT_USER_DAILY_IMAGES: '3' },
  });
  const { runcomfy } = stage;
  await stage.bot.wrote('what is known of a model has changed');
  runcomfy.removeModel(FIRST);
  const lost = ask(stage, { prompt: 'the first to find out', count: 3 });
  await shows(lost, 'No pictures');
  expect(JSON.stringify(lost.original?.embeds)).toContain('does not know the model');
  expect(await refusal(stage, ask(stage, { prompt: 'after that', count: 3 }))).toMatch(
    /no longer offers the model .* host has been told/,
  );
  await expect.poll(() => toldHost(stage), { timeout: 20_000 }).toEqual([expect.stringContaining('RUNCOMFY_MODELS')]);
  expect([runcomfy.submits, runcomfy.billedImages]).toEqual([0, 0]);
  // What was learnt is kept: a start goes by it before the first submit.
  await stage.bot.stop();
  await runcomfy.setBehaviour({ catalogue: 'slow', catalogueSlowMs: 3000 });
  await stage.start();
  expect(await refusal(stage, ask(stage, { prompt: 'after a restart', count: 3 }))).toContain('no longer offers');
  runcomfy.restoreModel(FIRST);
  await stage.bot.wrote(`"model":"${FIRST}","offered":true`);
  const back = ask(stage, { prompt: 'all three of them', count: 3 });
  runcomfy.finish((await submitted(stage, 'all three of them')).requestId);
  await wholeGallery(stage, back, 3);
  expect(runcomfy.billedImages).toBe(3);
  expect(toldHost(stage)).toHaveLength(1);
  expectCleanConduct(stage);
}, 150_000);

test('new requests go to the next model in order; the job that was refused is not sent there', async () => {
  await using stage = await createStage({
    quick: true,
    runcomfy: { held: true },
    environment: { RUNCOMFY_MODELS: `${FIRST},${SECOND}` },
  });
  const { runcomfy } = stage;
  await stage.bot.wrote('what is known of a model has changed');
  runcomfy.removeModel(FIRST);
  const lost = ask(stage, { prompt: 'a fox', count: 2 });
  await shows(lost, 'No pictures');
  ask(stage, { prompt: 'a badger', count: 2 });
  const job = await submitted(stage, 'a badger');
  expect(job.model.id).toBe(SECOND);
  expect(job.body).toMatchObject({ prompt: 'Generate 2 images: a badger', sequential_image_generation_options: 2 });
  expect(jobsOf(stage, 'a fox')).toEqual([]);
  await expect
    .poll(() => toldHost(stage), { timeout: 20_000 })
    .toEqual([expect.stringContaining(`made with \`${SECOND}\``)]);
  expect(runcomfy.violations).toEqual([]);
});

test('a model beyond the profiles works by its id alone; without its page the start ends with a sentence', async () => {
  const environment = { RUNCOMFY_MODELS: BEYOND };
  await using stage = await createStage({ quick: true, runcomfy: { speed: 20 }, environment });
  const asked = ask(stage, { prompt: 'a quiet harbour', count: 1 });
  await wholeGallery(stage, asked, 1);
  expect(stage.runcomfy.jobs.map(({ body }) => body)).toEqual([
    { prompt: 'a quiet harbour', aspect_ratio: expect.any(String) as string },
  ]);
  expectCleanConduct(stage);
  await stage.bot.stop();
  // What is kept of it is enough.
  await stage.runcomfy.setBehaviour({ catalogue: 'absent' });
  await stage.start();
  await stage.bot.stop();
  const anew = spawnBot({ ...stage.environment, STORE_URL: `${stage.environment['STORE_URL'] ?? ''}.other` });
  expect(await anew.exited).toBe(1);
  expect(anew.output()).toContain(`RUNCOMFY_MODELS names ${BEYOND}`);
  const profiled = spawnBot({ ...stage.environment, RUNCOMFY_MODELS: SECOND });
  stage.bot = profiled;
  await profiled.wrote('"msg":"ready"');
});
