/** Pictures to start from, given with `/seedream`: where they go, what is refused, what is shown. */
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interaction } from '../../playground/discord/stand-in.ts';
import { createStage, ROOMY, type Stage } from '../support/bot.ts';
import { jobsOf } from '../support/runcomfy.ts';
import { expectCleanConduct, gallery, refusal } from '../support/waiting.ts';

interface Upload {
  name: string;
  bytes: Uint8Array;
}

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({ runcomfy: { speed: 200 }, environment: ROOMY });
});
afterAll(() => stage[Symbol.asyncDispose]());

function picture(width: number, height: number, format: 'png' | 'jpeg' | 'webp' = 'png'): Promise<Buffer> {
  const image = sharp({ create: { width, height, channels: 3, background: '#3366aa' } });
  return image.toFormat(format).toBuffer();
}

function ask(options: Record<string, string | number | boolean | Upload>): Interaction {
  const { discord } = stage;
  return discord.command({ member: discord.members.ana, channel: discord.channels.general, name: 'seedream', options });
}

test('pictures go to the model that edits, by their addresses, and the gallery says so', async () => {
  const prompt = 'a kite over the hill';
  const [first, second] = [await picture(640, 480), await picture(300, 300, 'webp')];
  const asked = ask({
    prompt,
    count: 2,
    picture: { name: 'hill.png', bytes: first },
    picture3: { name: 'kite.webp', bytes: second },
  });
  const message = await gallery(asked);
  const [job] = jobsOf(stage, prompt);
  expect(job?.model.id).toBe('bytedance/seedream-4-0/edit-sequential');
  expect(job?.body).toEqual({
    text: `Generate 2 images: ${prompt}`,
    sequential_image_generation_options: 2,
    image_size: '2560:1440 (16:9)',
    seed: expect.any(Number) as number,
    optimize_prompt_options: 'fast',
    images: [expect.stringMatching(/hill\.png\?ex=/), expect.stringMatching(/kite\.webp\?ex=/)],
  });
  expect(JSON.stringify(message.embeds)).toContain('from 2 pictures');
  expect(message.embeds[0]?.thumbnail?.url).toContain('hill.png');
  expectCleanConduct(stage);
});

test('a file of more than 10 MB is refused, and costs nothing', async () => {
  const before = stage.runcomfy.submits;
  const heavy = { name: 'hill.png', bytes: Buffer.concat([await picture(64, 64), Buffer.alloc(10_000_000)]) };
  expect(await refusal(stage, ask({ prompt: 'a kite', picture: heavy }))).toContain('larger than 10 MB');
  expect(stage.runcomfy.submits).toBe(before);
});
