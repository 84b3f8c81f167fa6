/** The commands are registered when Discord's list differs, and only then. */
import { expect, test } from 'vitest';
import { createStage, type Stage } from '../support/bot.ts';

/** The requests that wrote the list of commands. */
function writes({ discord }: Stage) {
  return discord.requests.filter(({ method, path }) => method !== 'GET' && path.includes('/commands'));
}

/** Changes a registered command as its owner could by hand. */
async function change({ discord }: Stage, body: object): Promise<void> {
  const id = discord.commands()[0]?.id ?? '';
  const answer = await fetch(`${discord.apiUrl}/v10/applications/${discord.bot.id}/commands/${id}`, {
    method: 'PATCH',
    headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json', 'user-agent': 'test' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
}

/** Restarts the bot and waits until it has compared the commands. */
async function restart(stage: Stage): Promise<void> {
  await stage.bot.stop();
  const bot = await stage.start();
  await Promise.race([bot.wrote('commands are registered already'), bot.wrote('commands registered')]);
}

test('the commands are registered once, and again only when something differs', async () => {
  await using stage = await createStage({ discord: { identifyWindowMs: 100 } });
  const { discord } = stage;
  await stage.bot.wrote('commands registered');
  expect(writes(stage)).toHaveLength(1);
  const definition = discord.commands().find(({ name }) => name === 'seedream');
  expect(definition?.contexts).toEqual([0]);
  expect(definition?.integration_types).toEqual([0]);
  expect(definition?.options?.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['prompt', 'count', 'size', 'seed', 'quality', 'private']),
  );
  const count = definition?.options?.find(({ name }) => name === 'count');
  expect([count?.min_value, count?.max_value]).toEqual([1, 15]);
  expect(definition?.options?.find(({ name }) => name === 'size')?.choices).toHaveLength(8);

  await restart(stage);
  expect(writes(stage), 'nothing differs').toHaveLength(1);

  await change(stage, { options: definition?.options?.slice(0, 2) });
  await restart(stage);
  expect(writes(stage), 'an option was missing').toHaveLength(3);
  expect(discord.commands().find(({ name }) => name === 'seedream')?.options).toEqual(definition?.options);

  await change(stage, { description: 'What somebody else wrote' });
  await restart(stage);
  expect(writes(stage), 'a description was another').toHaveLength(5);
  expect(discord.commandCreates(), 'each command was created once').toBe(discord.commands().length);
});

test('a registration that fails is tried again, and the bot lives on', async () => {
  await using stage = await createStage({ discord: { identifyWindowMs: 100 } });
  await stage.bot.stop();
  await change(stage, { description: 'What somebody else wrote' });
  stage.discord.failNext({ method: 'PUT', path: /\/commands$/, status: 400, code: 50035 });
  const bot = await stage.start();
  await bot.wrote('could not be registered');
  await bot.wrote('commands registered');
  expect(bot.runs()).toBe(true);
  expect(stage.discord.commands()[0]?.description).not.toBe('What somebody else wrote');
});
