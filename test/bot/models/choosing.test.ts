/** Several models: members choose one, and a job keeps its own, with what that has and what it costs. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interaction, Message } from '../../../playground/discord/stand-in.ts';
import type { StandInJob } from '../../../playground/runcomfy/stand-in.ts';
import { readShownText } from '../../../src/services/messages/display.ts';
import { createStage, type Stage } from '../../support/bot.ts';
import { press, privateAnswer, use, words } from '../../support/private-answers.ts';
import { jobsOf, submits, submitted } from '../../support/runcomfy.ts';
import {
  buttons,
  expectCleanConduct,
  facts,
  gallery,
  refusal,
  replyOf,
  shows,
  title,
  wholeGallery,
} from '../../support/waiting.ts';

const FIRST = 'bytedance/seedream-4-0/sequential';
const PRO = 'bytedance/seedream-5.0-pro/text-to-image';
const SQUARE = 'acme/square';
const PLAIN = 'acme/plain';
const text = { type: 'string' };

let stage: Stage;

beforeAll(async () => {
  stage = await createStage({
    quick: true,
    runcomfy: {
      speed: 100,
      arrangeModels({ addModel }) {
        const sizes = { type: 'string', enum: ['1024x1024', '1024x768'] };
        const shapes = {
          type: 'object',
          properties: { prompt: text, image_size: sizes },
          required: ['prompt'],
        } as const;
        const plain = { type: 'object', properties: { prompt: text }, required: ['prompt'] } as const;
        addModel({ id: SQUARE, name: 'Square', priceUsd: 0.055, inputSchema: shapes });
        addModel({ id: PLAIN, name: 'Plain', priceUsd: 0.01, inputSchema: plain });
      },
    },
    environment: { RUNCOMFY_MODELS: [FIRST, PRO, SQUARE, PLAIN].join(','), LIMIT_USER_ACTIVE_JOBS: '100' },
  });
  await stage.discord.until(() => choicesOf('model').length === 4);
});

afterAll(async () => {
  expectCleanConduct(stage);
  await stage[Symbol.asyncDispose]();
});

/** What an option of `/seedream` offers. */
function choicesOf(option: string): readonly { name: string; value: unknown }[] {
  const command = stage.discord.commands().find(({ name }) => name === 'seedream');
  return command?.options?.find(({ name }) => name === option)?.choices ?? [];
}

type Options = Record<string, string | number | boolean>;

function ask(options: Options, more: { locale?: string; named?: string[] } = {}): Interaction {
  const { discord } = stage;
  const member = discord.addMember(discord.guilds.home, { locale: more.locale ?? 'en-US' });
  return discord.command({ member, channel: discord.channels.general, name: 'seedream', options, ...more });
}

async function made(options: Options & { prompt: string }): Promise<{ interaction: Interaction; job: StandInJob }> {
  const interaction = ask(options);
  await gallery(interaction);
  return { interaction, job: await submitted(stage, options.prompt) };
}

/** The model that a message names, as Discord's client shows it. */
const model = (message: Message) => facts(message).at(-1) ?? '';

const userOf = ({ user }: Interaction) => {
  const member = [...stage.discord.guilds.home.members.values()].find((each) => each.user === user);
  if (member === undefined) throw new Error('No such member');
  return member;
};

test('the choices are names that people read, with what a picture costs; sizes are those of the first', () => {
  expect(choicesOf('model')).toEqual([
    expect.objectContaining({ name: 'Seedream 4.0 · $0.03 a picture', value: FIRST }),
    expect.objectContaining({ name: 'Seedream 5.0 Pro · $0.04 a picture', value: PRO }),
    expect.objectContaining({ name: 'Square · $0.055 a picture', value: SQUARE }),
    expect.objectContaining({ name: 'Plain · $0.01 a picture', value: PLAIN }),
  ]);
  expect(choicesOf('size')[3]).toMatchObject({ name: 'Landscape 16:9 (default)', value: '2560:1440 (16:9)' });
  const command = stage.discord.commands().find(({ name }) => name === 'seedream');
  expect(command?.description).toBe('Make pictures with Seedream 4.0, Seedream 5.0 Pro, Square, Plain');
});

test('/help names the models, and the option that chooses one', async () => {
  const help = words(await use(stage, stage.discord.members.ben, 'help'));
  expect(help).toContain('Pictures with Seedream 4.0, Seedream 5.0 Pro, Square, Plain');
  expect(help).toContain('**model** which model makes them');
});

test('none chosen: the first, and the gallery names it', async () => {
  const { interaction, job } = await made({ prompt: 'as it comes', count: 2 });
  expect(job.model.id).toBe(FIRST);
  const message = await gallery(interaction);
  expect(model(message)).toBe('Seedream 4.0');
  expect(buttons(message)).toEqual(['Again', 'Edit', 'Seed', 'Remove']);
});

test.each([
  ['by its value', {}],
  ['by its name', { named: ['model', 'size'] }],
  ['by its name in German', { named: ['model'], locale: 'de' }],
  ['by its name in French', { named: ['model'], locale: 'fr' }],
])('a model that is chosen %s gets its own fields, and its own size of that ratio', async (how, more) => {
  const prompt = `chosen ${how}`;
  ask({ prompt, model: PRO, size: '1440:2560 (9:16)', seed: 5, quality: 'standard' }, more);
  const job = await submitted(stage, prompt);
  expect(job.model.id).toBe(PRO);
  expect(job.body).toEqual({ prompt, aspect_ratio: '9:16', resolution: '1K' });
});

test('a choice is taken by a name with an older price, and none that is not among them', async () => {
  const command = stage.discord.commands().find(({ name }) => name === 'seedream');
  const send = (prompt: string, model: string) =>
    stage.discord.dispatchInteraction({
      member: stage.discord.members.ana,
      channel: stage.discord.channels.general,
      type: 2,
      data: {
        id: command?.id,
        name: 'seedream',
        type: 1,
        options: [
          { name: 'prompt', type: 3, value: prompt },
          { name: 'model', type: 3, value: model },
        ],
      },
    });
  send('at an older price', 'Seedream 5.0 Pro · $0.02 a picture');
  expect((await submitted(stage, 'at an older price')).model.id).toBe(PRO);
  expect(await refusal(stage, send('of nobody', 'somebody/else'))).toContain('I do not know that choice');
  expect(submits(stage, 'of nobody')).toBe(0);
});

test('a model without seed and quality shows none, and its job names it while it is made', async () => {
  stage.runcomfy.holdQueue();
  const interaction = ask({ prompt: 'a plain dawn', model: PRO });
  expect(readShownText(title(await shows(interaction, 'In the queue')))).toMatch(/ · Seedream 5\.0 Pro($| · )/);
  stage.runcomfy.releaseQueue();
  await wholeGallery(stage, interaction, 3);
  const message = replyOf(interaction);
  expect(facts(message)).toEqual([
    '3 of 3',
    'Landscape 16:9',
    expect.stringMatching(/^\d+ s$/) as string,
    'Seedream 5.0 Pro',
  ]);
  expect(buttons(message)).toEqual(['Again', 'Edit', 'Remove']);
});

test('a size that the model does not have is refused with those that it has, and Edit mends it', async () => {
  const prompt = 'wider than it can be';
  const refused = ask({ prompt, model: SQUARE, size: '3024:1296 (21:9)' });
  const said = await refusal(stage, refused);
  expect(readShownText(said)).toContain(
    'Square does not have the size Ultrawide 21:9. Choose one that it has: Square, Landscape 4:3.',
  );
  expect(submits(stage, prompt)).toBe(0);
  const message = refused.original ?? undefined;
  if (message === undefined) throw new Error('There is no refusal');
  const edit = press(stage, userOf(refused), message, 'edit:');
  await edit.acknowledged();
  expect(JSON.stringify(edit.modal)).toContain('1024x768');
  expect(JSON.stringify(edit.modal)).not.toContain('2560:1440');
  await gallery(stage.discord.submitModal({ interaction: edit, values: { count: '1', size: '1024x768' } }));
  const [job, ...others] = jobsOf(stage, prompt);
  expect(others).toEqual([]);
  expect(job?.model.id).toBe(SQUARE);
  expect(job?.body).toEqual({ prompt, image_size: '1024x768' });
});

test('a model without sizes refuses one, and makes pictures without', async () => {
  expect(await refusal(stage, ask({ prompt: 'with a size', model: PLAIN, size: '2048:2048 (1:1)' }))).toContain(
    'No size can be chosen with Plain',
  );
  expect(submits(stage, 'with a size')).toBe(0);
  const { interaction, job } = await made({ prompt: 'without a size', model: PLAIN });
  expect(job.body).toEqual({ prompt: 'without a size' });
  expect(facts(await gallery(interaction)).join()).not.toMatch(/×|:/);
});

test('Again, Edit, Seed and /history keep the model of their job', async () => {
  const { interaction } = await made({ prompt: 'a kept model', model: PRO, size: '2304:1728 (4:3)', count: 1 });
  const member = userOf(interaction);
  const message = await gallery(interaction);
  await gallery(press(stage, member, message, 'again:'));
  const edit = press(stage, member, message, 'edit:');
  await edit.acknowledged();
  expect(JSON.stringify(edit.modal)).toContain('"4:3"');
  await gallery(
    stage.discord.submitModal({ interaction: edit, values: { prompt: 'an edited model', count: '1', size: '1:1' } }),
  );
  expect((await submitted(stage, 'an edited model')).body).toEqual({
    prompt: 'an edited model',
    aspect_ratio: '1:1',
    resolution: '1K',
  });
  const history = await use(stage, member, 'history');
  expect(readShownText(words(history))).toContain('4:3 · Seedream 5.0 Pro');
  const asks = await privateAnswer(press(stage, member, history, 'askagain:'));
  await gallery(press(stage, member, asks, 'count1:'));
  expect(jobsOf(stage, 'a kept model').map(({ model, body }) => [model.id, body])).toEqual([
    [PRO, { prompt: 'a kept model', aspect_ratio: '4:3', resolution: '1K' }],
    [PRO, { prompt: 'a kept model', aspect_ratio: '4:3', resolution: '1K' }],
  ]);

  const first = await made({ prompt: 'a seed to keep', seed: 5, count: 1 });
  const seed = press(stage, userOf(first.interaction), await gallery(first.interaction), 'seed:');
  expect((await privateAnswer(seed)).content).toContain(
    `count:1 size:2560:1440 (16:9) seed:5 quality:fast model:${FIRST}`,
  );
});

test('what may have been charged is said by the price of the model', async () => {
  stage.runcomfy.failNext({ call: 'submit', model: SQUARE, kind: 'http', status: 500, taken: true });
  const interaction = ask({ prompt: 'perhaps charged', model: SQUARE, size: '2048:2048 (1:1)', count: 1 });
  expect(words(await shows(interaction, 'Outcome unknown'))).toContain('(up to $0.06)');
});

test('/usage says what its pictures cost between the cheapest model and the dearest', async () => {
  const usage = words(await use(stage, stage.discord.members.admin, 'usage'));
  expect(usage).toMatch(/Cost, at \$0\.01\s–\s\$0\.055 a picture/);
});
