/** While a prompt is typed, the member's own earlier ones are offered; what comes back is never paid for as it stands. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Interaction, Member } from '../../playground/discord/stand-in.ts';
import { createStage, ROOMY, type Stage } from '../support/bot.ts';
import { submits, submitted } from '../support/runcomfy.ts';
import { PATIENCE, refusal } from '../support/waiting.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({ runcomfy: { speed: 200 }, environment: ROOMY });
});
afterAll(() => stage[Symbol.asyncDispose]());

const LONG = `a very long panorama of ${'hills and '.repeat(12)}sky`;

/** Sends `/seedream` with this as the prompt, which may be what the client made of a choice. */
function send(prompt: string, member: Member = stage.discord.members.ana): Interaction {
  const { discord } = stage;
  return discord.command({ member, channel: discord.channels.general, name: 'seedream', options: { prompt } });
}

async function ask(prompt: string, member?: Member): Promise<Interaction> {
  const interaction = send(prompt, member);
  await submitted(stage, prompt);
  return interaction;
}

async function offered(
  member: 'ana' | 'ben' | Member,
  typed: string,
): Promise<{ name: string; value: string | number }[]> {
  const { discord } = stage;
  const interaction: Interaction = discord.autocomplete({
    member: typeof member === 'string' ? discord.members[member] : member,
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt: typed },
    focused: 'prompt',
  });
  await interaction.until(({ choices }) => choices !== null, PATIENCE);
  return [...(interaction.choices ?? [])];
}

test('offers what the member typed before, newest first, once each, and a long one whole', async () => {
  await ask('a blue teapot');
  await ask('a red kettle');
  await ask('a blue teapot');
  await ask(LONG);
  const names = (await offered('ana', '')).map(({ name }) => name);
  expect(names.slice(1)).toEqual(['a blue teapot', 'a red kettle']);
  const [long] = await offered('ana', 'PANORAMA');
  expect(long?.name.length).toBeLessThanOrEqual(100);
  const { discord, runcomfy } = stage;
  const before = runcomfy.jobs.length;
  discord.command({
    member: discord.members.ana,
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt: String(long?.value) },
  });
  await expect.poll(() => runcomfy.jobs.length, { timeout: PATIENCE }).toBe(before + 1);
  expect(runcomfy.jobs[before]?.input.text).toContain(LONG);
});

test("never another member's", async () => {
  expect(await offered('ben', '')).toEqual([]);
});

/** A member who has asked for nothing yet. */
function newcomer(): Member {
  return stage.discord.addMember(stage.discord.guilds.home, {});
}

/** The refusal of what was sent as a prompt; nothing of it may have reached RunComfy. */
async function refused(prompt: string, member: Member): Promise<string> {
  const before = stage.runcomfy.jobs.length;
  const said = await refusal(stage, send(prompt, member));
  expect(stage.runcomfy.jobs.length).toBe(before);
  return said;
}

describe('a choice that comes back by its name', () => {
  test('is the whole prompt, also after a restart', async () => {
    const member = newcomer();
    const prompt = `a procession of 🐘 elephants ${'through the old town and '.repeat(8)}home`;
    await ask(prompt, member);
    const [choice] = await offered(member, 'elephants');
    expect(choice?.name).toHaveLength(100);
    expect(choice?.name).toMatch(/…$/);
    send(String(choice?.name), member);
    await expect.poll(() => submits(stage, prompt), { timeout: PATIENCE }).toBe(2);
    await stage.bot.stop();
    await stage.start();
    send(String(choice?.name), member);
    await expect.poll(() => submits(stage, prompt), { timeout: PATIENCE }).toBe(3);
    expect(submits(stage, String(choice?.name))).toBe(0);
  });

  test.each([' and on', '👨‍👩‍👧‍👦', 'xyz', '🇯🇵'])('is known wherever it was cut (before %j)', async (end) => {
    const member = newcomer();
    const prompt = `${'a tower '.repeat(12)}${end.repeat(9)}`;
    await ask(prompt, member);
    const [choice] = await offered(member, 'tower');
    expect(choice?.name).toHaveLength(100);
    send(String(choice?.name), member);
    await expect.poll(() => submits(stage, prompt), { timeout: PATIENCE }).toBe(2);
  });

  test('is refused where two prompts have the name; each can be picked by its value', async () => {
    const member = newcomer();
    const beginning = 'the same garden with the same gate and the same hedge, seen from the same window '.repeat(2);
    await ask(`${beginning}in spring`, member);
    await ask(`${beginning}in autumn`, member);
    const choices = await offered(member, 'garden');
    expect(new Set(choices.map(({ name }) => name)).size).toBe(1);
    expect(await refused(String(choices[0]?.name), member)).toContain('Several of your earlier prompts');
    for (const { value } of choices) send(String(value), member);
    for (const season of ['spring', 'autumn'])
      await expect.poll(() => submits(stage, `${beginning}in ${season}`), { timeout: PATIENCE }).toBe(2);
  });

  test('is refused where it is nobody knows whose, and another member has it', async () => {
    const prompt = `a secret recipe for ${'butter and flour and '.repeat(8)}jam`;
    await ask(prompt, newcomer());
    const name = `${prompt.slice(0, 99).trimEnd()}…`.padEnd(100, '…');
    expect(await refused(name, newcomer())).toMatch(/looks like a suggestion .* leave out the "…"/);
  });
});

test("a choice's value that is another member's, unknown or typed on is refused", async () => {
  const prompt = `a map of ${'islands and '.repeat(12)}reefs`;
  const owner = newcomer();
  const { id } = await ask(prompt, owner);
  const unknown = 'I do not know the prompt that this suggestion stands for';
  expect(await refused(`earlier:${id}`, newcomer())).toContain(unknown);
  expect(await refused('earlier:1234567890123456789', owner)).toContain(unknown);
  expect(await refused(`earlier:${id} at night`, owner)).toContain(unknown);
  send(` earlier:${id} `, owner);
  await expect.poll(() => submits(stage, prompt), { timeout: PATIENCE }).toBe(2);
});

test.each([
  'earlier: a fox, later: a wolf',
  'a sentence that trails off …',
  `${'y'.repeat(100)}…`,
  `${'z'.repeat(98)}…`,
])('what a person typed is itself (%j)', async (prompt) => {
  await ask(prompt, newcomer());
});
