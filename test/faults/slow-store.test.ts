/** A store that is slow or away: interactions are acknowledged all the same, and nobody is charged for what it did not tell. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Interaction, Member, Message } from '../../playground/discord/stand-in.ts';
import { createProcessStage, ROOMY, type Stage } from '../support/bot.ts';
import { press as pressOn, privateAnswer, use } from '../support/private-answers.ts';
import { jobsOf, submits } from '../support/runcomfy.ts';
import { gallery, PATIENCE, refusal, replyOf, shows } from '../support/waiting.ts';
import { ask, askFaulty, press } from './scenarios.ts';

const folder = mkdtempSync(join(tmpdir(), 'seedream-slow-'));
const disk = join(folder, 'state');
let stage: Stage;

/** Much less than the 3 seconds that Discord waits, and than one read of a slow store takes (milliseconds). */
const AT_ONCE = 1000;

beforeAll(async () => {
  setDisk('');
  stage = await createProcessStage({
    runcomfy: { speed: 200 },
    preloads: [new URL('failing-disk.ts', import.meta.url).href],
    environment: { ...ROOMY, DISK_STATE: disk },
  });
});

afterEach(() => {
  setDisk('');
});

afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

function setDisk(state: '' | 'slow to read' | 'unreadable'): void {
  writeFileSync(disk, state);
}

/** A job that RunComfy has refused: its message does not hold its options, so its buttons need the store. */
async function refusedJob(prompt: string, options: { private?: boolean } = {}): Promise<Interaction> {
  const member = stage.discord.addMember(stage.discord.guilds.home, {});
  const fault = { kind: 'http', status: 422 } as const;
  const interaction = await askFaulty(stage, fault, { prompt, member, ...options });
  await shows(interaction, 'No pictures');
  return interaction;
}

function memberOf({ guild, user }: Interaction): Member {
  const member = guild?.members.get(user.id);
  if (member === undefined) throw new Error('No member did that');
  return member;
}

/** Waits for the acknowledgement, which came at once, and for the pictures, now that the store is quick. */
async function startedAtOnce(interaction: Interaction, prompt: string): Promise<void> {
  await interaction.until(({ acknowledgement }) => acknowledgement !== null, PATIENCE);
  setDisk('');
  expect(interaction.acknowledgement?.afterMs).toBeLessThan(AT_ONCE);
  await gallery(interaction);
  expect(submits(stage, prompt)).toBeGreaterThan(0);
}

/** Presses Again on a page of the history, which asks first and has acknowledged at once, and says yes with a slow store. */
async function againFromHistory(member: Member, page: Message): Promise<Interaction> {
  setDisk('slow to read');
  const asking = pressOn(stage, member, page, 'askagain:');
  await asking.until(({ acknowledgement }) => acknowledgement !== null, PATIENCE);
  setDisk('');
  expect(asking.acknowledgement?.afterMs).toBeLessThan(AT_ONCE);
  const question = await privateAnswer(asking);
  setDisk('slow to read');
  return pressOn(stage, member, question, 'count1:');
}

const long = (name: string) => `${name} ${'with hills and '.repeat(10)}sky`;

test("a choice's value is looked up after the acknowledgement", async () => {
  const prompt = long('a valley');
  const first = await refusedJob(prompt);
  setDisk('slow to read');
  const second = ask(stage, { prompt: `earlier:${first.id}`, member: memberOf(first) });
  await startedAtOnce(second, prompt);
});

test("so is a choice's name", async () => {
  const prompt = long('a canyon');
  const first = await refusedJob(prompt);
  setDisk('slow to read');
  const name = `${prompt.slice(0, 99).trimEnd()}…`.padEnd(100, '…');
  await startedAtOnce(ask(stage, { prompt: name, member: memberOf(first) }), prompt);
});

test('Again acknowledges first: for all where the job was for all', async () => {
  const prompt = 'a wreck to be raised';
  const first = await refusedJob(prompt);
  setDisk('slow to read');
  const again = press(stage, { interaction: first, action: 'again' });
  await startedAtOnce(again, prompt);
  expect(replyOf(again).visibleTo).toBeNull();
});

test('and for one person where it was private, under its own message and in /history', async () => {
  const prompt = 'a wreck that nobody must see';
  const first = await refusedJob(prompt, { private: true });
  const member = memberOf(first);
  const page = await use(stage, member, 'history');
  setDisk('slow to read');
  const again = press(stage, { interaction: first, action: 'again' });
  await startedAtOnce(again, prompt);
  const fromHistory = await againFromHistory(member, page);
  await startedAtOnce(fromHistory, prompt);
  for (const each of [again, fromHistory]) expect(replyOf(each).visibleTo).toBe(first.user);
});

test('from /history a public job comes for all', async () => {
  const prompt = 'a wreck for everybody';
  const first = await refusedJob(prompt);
  const page = await use(stage, memberOf(first), 'history');
  const again = await againFromHistory(memberOf(first), page);
  await startedAtOnce(again, prompt);
  expect(replyOf(again).visibleTo).toBeNull();
});

test('a private job whose Again waits before all eyes is refused, and nothing of it is shown', async () => {
  const prompt = 'a letter to be burnt';
  const first = await refusedJob(prompt, { private: true });
  const other = await refusedJob('a message for all');
  const forged = stage.discord.dispatchInteraction({
    member: memberOf(first),
    channel: first.channel,
    type: 3,
    data: { component_type: 2, custom_id: `again:${first.id}` },
    message: replyOf(other),
  });
  expect(await refusal(stage, forged)).toMatch(/This job is private.*Again in \/history/i);
  expect(submits(stage, prompt)).toBe(0);
});

test('Seed acknowledges first, privately', async () => {
  const first = await refusedJob('a seed that is asked for late');
  setDisk('slow to read');
  const seed = stage.discord.dispatchInteraction({
    member: memberOf(first),
    channel: first.channel,
    type: 3,
    data: { component_type: 2, custom_id: `seed:${first.id}` },
    message: replyOf(first),
  });
  expect(await refusal(stage, seed)).toContain('a seed that is asked for late');
  expect(seed.acknowledgement?.afterMs).toBeLessThan(AT_ONCE);
});

test('a store that is away: each is refused privately, and nothing is paid', async () => {
  const prompt = long('a bay');
  const first = await refusedJob(prompt);
  const member = memberOf(first);
  setDisk('unreadable');
  const charged = 'cannot reach its storage right now. Nothing was charged';
  expect(await refusal(stage, ask(stage, { prompt: `earlier:${first.id}`, member }))).toContain(charged);
  const name = `${prompt.slice(0, 99).trimEnd()}…`.padEnd(100, '…');
  expect(await refusal(stage, ask(stage, { prompt: name, member }))).toContain(charged);
  expect(await refusal(stage, press(stage, { interaction: first, action: 'again' }))).toContain(charged);
  const edit = press(stage, { interaction: first, action: 'edit' });
  expect(await refusal(stage, edit)).toContain('cannot reach its storage right now');
  setDisk('');
  expect(jobsOf(stage, prompt)).toEqual([]);
});
