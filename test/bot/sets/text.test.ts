/** What a model of single pictures is sent for a job of many: each request asks for one picture, with a seed of its own where it has seeds. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interaction } from '../../../playground/discord/stand-in.ts';
import type { StandInJob } from '../../../playground/runcomfy/stand-in.ts';
import { createStage, ROOMY, type Stage } from '../../support/bot.ts';
import { expectCleanConduct, wholeGallery } from '../../support/waiting.ts';

const SINGLE = 'bytedance/seedream-5/lite/text-to-image';
const SEEDLESS = 'bytedance/seedream-5.0-pro/text-to-image';
/** A model of single pictures with seeds up to 1000. */
const SEEDED = 'acme/seeded';
const MOST = 1000;

let stage: Stage;

beforeAll(async () => {
  stage = await createStage({
    quick: true,
    runcomfy: {
      speed: 500,
      workers: 100,
      arrangeModels({ addModel }) {
        const properties = {
          prompt: { type: 'string' },
          seed: { type: 'integer', minimum: 0, maximum: MOST },
        } as const;
        const inputSchema = { type: 'object', properties, required: ['prompt'] } as const;
        addModel({ id: SEEDED, name: 'Seeded', priceUsd: 0.01, inputSchema });
      },
    },
    environment: { ...ROOMY, RUNCOMFY_MODELS: [SINGLE, SEEDED, SEEDLESS].join(',') },
  });
});

afterAll(async () => {
  expectCleanConduct(stage);
  await stage[Symbol.asyncDispose]();
});

/** Asks, waits for the whole gallery, and gives what RunComfy was asked for meanwhile. */
async function made(
  options: Record<string, string | number>,
  { locale = 'en-US', count }: { locale?: string; count: number },
): Promise<{ interaction: Interaction; jobs: StandInJob[] }> {
  const { discord, runcomfy } = stage;
  const before = runcomfy.jobs.length;
  const member = discord.addMember(discord.guilds.home, { locale });
  const interaction = discord.command({ member, channel: discord.channels.general, name: 'seedream', options });
  await wholeGallery(stage, interaction, count);
  return { interaction, jobs: runcomfy.jobs.slice(before) };
}

test.each<[locale: string, prompt: string, count: number, sent: string]>([
  ['en-US', 'Generate 5 images of cats', 5, 'Generate 1 image of cats'],
  ['es-ES', 'Genera 5 imágenes de gatos', 5, 'Genera 1 imagen de gatos'],
  ['pt-BR', 'Gere 4 imagens de gatos', 4, 'Gere 1 imagem de gatos'],
  ['fr', 'Génère 4 images de chats', 4, 'Génère 1 image de chats'],
  ['de', 'Erzeuge 3 Bilder von Katzen', 3, 'Erzeuge 1 Bild von Katzen'],
  ['it', 'Genera 3 immagini di gatti', 3, 'Genera 1 immagine di gatti'],
  ['ja', '猫の画像を2枚', 2, '猫の画像を1枚'],
])('in %s "%s" asks for one picture, so often as it says', async (locale, prompt, count, sent) => {
  const { jobs } = await made({ prompt }, { locale, count });
  expect(jobs.map(({ input }) => input.text)).toEqual(Array.from({ length: count }, () => sent));
  expect(jobs.map(({ input }) => input.images)).toEqual(jobs.map(() => 1));
});

test('a prompt that states none is sent as it is, so often as is asked for', async () => {
  const { jobs } = await made({ prompt: 'a cat among 3 dogs', count: 4 }, { count: 4 });
  expect(jobs.map(({ input }) => input.text)).toEqual(Array.from({ length: 4 }, () => 'a cat among 3 dogs'));
});

const seeds = (jobs: StandInJob[]) => jobs.map(({ body }) => (body as { seed?: number }).seed);

test('with a seed request k has seed + k - 1, and asked for again it is the same', async () => {
  const asked = { prompt: 'a sown field', count: 4, seed: 7, model: SEEDED };
  expect(seeds((await made(asked, { count: 4 })).jobs)).toEqual([7, 8, 9, 10]);
  expect(seeds((await made(asked, { count: 4 })).jobs)).toEqual([7, 8, 9, 10]);
});

test('after the largest seed that the model takes comes 0', async () => {
  const asked = { prompt: 'a field at its end', count: 3, seed: MOST - 1, model: SEEDED };
  expect(seeds((await made(asked, { count: 3 })).jobs)).toEqual([MOST - 1, MOST, 0]);
});

test('without a seed the bot draws the first of them, and the rest follow it', async () => {
  const { jobs } = await made({ prompt: 'a wild field', count: 3, model: SEEDED }, { count: 3 });
  const [first = -1, ...others] = seeds(jobs);
  expect(first).toBeGreaterThanOrEqual(0);
  expect(first).toBeLessThanOrEqual(MOST);
  expect(others).toEqual([(first + 1) % (MOST + 1), (first + 2) % (MOST + 1)]);
});

test('a model that has no seed is sent none', async () => {
  const { jobs } = await made({ prompt: 'a field without', count: 2, seed: 7, model: SEEDLESS }, { count: 2 });
  expect(seeds(jobs)).toEqual([undefined, undefined]);
});
