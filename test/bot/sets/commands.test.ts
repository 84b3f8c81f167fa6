/** What else knows of jobs of many requests: their deadline, `/history` and its Deliver, `/privacy`. The metrics: `../metrics.test.ts`. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interaction, Member, Message } from '../../../playground/discord/stand-in.ts';
import { createStage, ROOMY, type Stage } from '../../support/bot.ts';
import { press, turn, use, words } from '../../support/private-answers.ts';
import { jobsOf, looks, requests } from '../../support/runcomfy.ts';
import { buttons, PATIENCE, pictureNumbers, replyOf, shows } from '../../support/waiting.ts';

/** Minutes until a job's time is up: each test lets them pass when it has come so far. */
const DEADLINE = 10;

let stage: Stage;

beforeAll(async () => {
  stage = await createStage({
    quick: true,
    runcomfy: { held: true },
    environment: {
      ...ROOMY,
      RUNCOMFY_MODELS: 'bytedance/seedream-5/lite/text-to-image',
      PRICE_PER_IMAGE_USD: '0.05',
      LIMIT_USER_DAILY_IMAGES: '30',
      JOB_DEADLINE_MINUTES: String(DEADLINE),
    },
  });
});

afterAll(async () => {
  expect(stage.runcomfy.violations).toEqual([]);
  await stage[Symbol.asyncDispose]();
});

function ask(prompt: string, count: number): { member: Member; interaction: Interaction } {
  const { discord } = stage;
  const member = discord.addMember(discord.guilds.home, { name: prompt });
  const options = { prompt, count };
  const interaction = discord.command({ member, channel: discord.channels.general, name: 'seedream', options });
  return { member, interaction };
}

const idsOf = async (prompt: string, count: number) =>
  (await requests(stage, prompt, count)).map(({ requestId }) => requestId);

/** Waits until a job's reply holds so many pictures; then its time is up. */
async function timeIsUp(interaction: Interaction, pictures: number): Promise<void> {
  await interaction.until(({ original }) => original?.attachments.length === pictures, PATIENCE);
  await stage.pass(DEADLINE * 60_000);
}

/** Waits for the end of a job with a gallery; gives every word of its first message. */
async function ended(interaction: Interaction): Promise<string> {
  await interaction.until(({ original }) => original !== null && buttons(original).includes('Again'), 2 * PATIENCE);
  return words(replyOf(interaction));
}

/** What `/history` says of a member's newest job, once it says that it stands so. */
async function entry(member: Member, standing: string): Promise<{ page: Message; said: string }> {
  let page: Message | undefined;
  const look = async () => {
    page = await use(stage, member, 'history');
    return page.embeds[0]?.fields?.[0]?.value ?? '';
  };
  await expect.poll(look, { timeout: PATIENCE }).toContain(` ${standing} · `);
  if (page === undefined) throw new Error('There is no page');
  return { page, said: page.embeds[0]?.fields?.[0]?.value ?? '' };
}

const used = async (member: Member) => Number(/ (\d+) of 30 today/.exec(words(await use(stage, member, 'usage')))?.[1]);

test('time is up: what is queued is cancelled and free, what is being made may be paid, what is there stays', async () => {
  const { member, interaction } = ask('a clock tower', 4);
  const [made = '', making = ''] = await idsOf('a clock tower', 4);
  stage.runcomfy.start(making);
  stage.runcomfy.finish(made);
  await looks(stage, stage.runcomfy.job(making), 2);
  await timeIsUp(interaction, 1);
  const said = await ended(interaction);
  expect(pictureNumbers(replyOf(interaction))).toEqual([1]);
  expect(said).toMatch(/Still in the queue after 10 minutes, so withdrawn: 2\./);
  expect(said).toContain('Unclear: 1.');
  await expect.poll(() => used(member), { timeout: PATIENCE }).toBe(2);
  const { said: told } = await entry(member, 'Delivered');
  expect(told).toContain('1 of 4');
  expect(jobsOf(stage, 'a clock tower').map(({ state }) => state)).toEqual([
    ...['succeeded', 'in_progress'],
    ...['cancelled', 'cancelled'],
  ]);
});

test('what RunComfy has not taken when time is up was not made, and is free', async () => {
  await stage.runcomfy.setBehaviour({ takenAtOnce: underWay() + 2 });
  const { member, interaction } = ask('a clock that waits', 5);
  const [first = '', second = ''] = await idsOf('a clock that waits', 2);
  for (const id of [first, second]) stage.runcomfy.start(id);
  await shows(interaction, 'Generating');
  await stage.runcomfy.setBehaviour({ takenAtOnce: 0 });
  for (const id of [first, second]) stage.runcomfy.finish(id);
  await timeIsUp(interaction, 2);
  const said = await ended(interaction);
  await stage.runcomfy.setBehaviour({ takenAtOnce: Infinity });
  expect(said).toContain('Not made: 3.');
  expect(jobsOf(stage, 'a clock that waits')).toHaveLength(2);
  await expect.poll(() => used(member), { timeout: PATIENCE }).toBe(2);
});

function underWay(): number {
  return stage.runcomfy.jobs.filter(({ state }) => state === 'in_queue' || state === 'in_progress').length;
}

test('pictures that could not be had are brought by Deliver, each once, and nothing is paid again', async () => {
  const { runcomfy, discord } = stage;
  const { member, interaction } = ask('a row of lanterns', 4);
  const ids = await idsOf('a row of lanterns', 4);
  for (const request of ids.slice(2)) {
    runcomfy.failNext({ call: 'asset', kind: 'http', status: 503, request, times: Infinity });
  }
  for (const id of ids) runcomfy.finish(id);
  await timeIsUp(interaction, 2);
  const { page, said } = await entry(member, 'Delivered in part');
  expect(said).toContain('2 of 4');
  runcomfy.clearFaults();
  const pressed = press(stage, member, page, 'deliver:');
  await pressed.until(({ original }) => original !== null && original.attachments.length === 2, PATIENCE);
  expect(pictureNumbers(replyOf(pressed))).toEqual([3, 4]);
  expect(replyOf(pressed).visibleTo).toBe(member.user);
  expect(pictureNumbers(replyOf(interaction)).toSorted()).toEqual([1, 2]);
  expect((await entry(member, 'Delivered')).said).toContain('4 of 4');
  expect(jobsOf(stage, 'a row of lanterns')).toHaveLength(4);
  expect(await used(member)).toBe(4);
  expect(discord.requests.filter(({ status }) => status >= 500)).toEqual([]);
});

test('/privacy deletes jobs of many requests that are finished, and leaves one that is being made', async () => {
  const { member, interaction } = ask('a private garden', 3);
  for (const id of await idsOf('a private garden', 3)) stage.runcomfy.finish(id);
  await ended(interaction);
  await entry(member, 'Delivered');
  const options = { prompt: 'a garden in the making', count: 3 };
  const { general } = stage.discord.channels;
  const running = stage.discord.command({ member, channel: general, name: 'seedream', options });
  const ids = await idsOf('a garden in the making', 3);
  stage.runcomfy.finish(ids[0] ?? '');
  await running.until(({ original }) => original !== null && original.attachments.length === 1, PATIENCE);
  const answer = await use(stage, member, 'privacy');
  await turn(stage, member, answer, 'erase:');
  await turn(stage, member, answer, 'erasenow:');
  expect(words(answer)).toContain('1 job was deleted.');
  expect(words(answer)).toContain('1 job is still running and was kept');
  for (const id of ids.slice(1)) stage.runcomfy.finish(id);
  await ended(running);
  const history = words(await use(stage, member, 'history'));
  expect(history).toContain('a garden in the making');
  expect(history).not.toContain('a private garden');
});

test('what may have been charged is told by the requests that may be, not by all that were asked for', async () => {
  stage.runcomfy.failNext({ call: 'submit', kind: 'http', status: 422, errorCode: 422_001 });
  stage.runcomfy.failNext({ call: 'submit', kind: 'reset', times: 2 });
  const { member, interaction } = ask('a doubtful row', 3);
  const told = words(await shows(interaction, 'Outcome unknown'));
  expect(told).toContain('charged (up to $0.10)');
  expect((await entry(member, 'Outcome unknown')).said).toContain('charged (up to $0.10)');
  await expect.poll(() => used(member), { timeout: PATIENCE }).toBe(2);
});
