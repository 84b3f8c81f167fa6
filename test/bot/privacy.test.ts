/** `/privacy`: what is kept is told, and what is the member's own is deleted when they want it, in all servers. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Channel, Interaction, Member, Message } from '../../playground/discord/stand-in.ts';
import { createStage, type Stage } from '../support/bot.ts';
import { customIds, press, privateAnswer, turn, use, words } from '../support/private-answers.ts';
import { submitted } from '../support/runcomfy.ts';
import { expectCleanConduct, gallery, PATIENCE } from '../support/waiting.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({
    quick: true,
    runcomfy: { speed: 500 },
    environment: { LIMIT_USER_ACTIVE_JOBS: '9', RETENTION_DAYS: '90' },
  });
});
afterAll(async () => {
  expectCleanConduct(stage);
  await stage[Symbol.asyncDispose]();
});

function ask(member: Member, channel: Channel, prompt: string): Interaction {
  return stage.discord.command({ member, channel, name: 'seedream', options: { prompt, count: 2 } });
}

/** Waits until a member's history in a channel's guild says this. */
async function historySays(member: Member, channel: Channel, text: string): Promise<Message> {
  let page: Message | undefined;
  const said = async () => words((page = await use(stage, member, 'history', channel)));
  await expect.poll(said, { timeout: PATIENCE }).toContain(text);
  if (page === undefined) throw new Error('There is no page');
  return page;
}

test('what is kept is told to the person alone, with how long and where, in servers and in direct messages', async () => {
  const { discord } = stage;
  const said = words(await use(stage, discord.members.ben, 'privacy'));
  expect(said).toContain('for 90 days after they end');
  expect(said).toContain('up to 90 days');
  expect(said).toContain(
    'RunComfy gets the prompt, its settings and the addresses of pictures to start from, not who asked',
  );
  expect(discord.commands().find(({ name }) => name === 'privacy')?.contexts).toEqual([0, 1]);
  expect(discord.commands().find(({ name }) => name === 'help')?.contexts).toEqual([0, 1]);
});

test('a change of mind deletes nothing', async () => {
  const { members, channels } = stage.discord;
  await gallery(ask(members.ben, channels.general, 'a pier at night'));
  await historySays(members.ben, channels.general, 'Delivered');
  const answer = await use(stage, members.ben, 'privacy');
  await turn(stage, members.ben, answer, 'erase:');
  expect(words(answer)).toContain('This cannot be undone');
  await turn(stage, members.ben, answer, 'erasekeep:');
  expect(words(answer)).toBe('Nothing was deleted.');
  expect(customIds(answer)).toEqual([]);
  await historySays(members.ben, channels.general, 'a pier at night');
});

test("a member's finished jobs are deleted in all servers; counts and what is still running stay", async () => {
  const { discord, runcomfy } = stage;
  const { ana, anaElsewhere, admin } = discord.members;
  const { general, elsewhere } = discord.channels;
  const here = ask(ana, general, 'a garden here');
  const there = ask(anaElsewhere, elsewhere, 'a garden there');
  await Promise.all([here, there].map(gallery));
  await historySays(ana, general, 'Delivered');
  await historySays(anaElsewhere, elsewhere, 'Delivered');
  runcomfy.holdQueue();
  const running = ask(ana, general, 'a garden in the making');
  const { requestId } = await submitted(stage, 'a garden in the making');

  const answer = await use(stage, ana, 'privacy');
  await turn(stage, ana, answer, 'erase:');
  // Twice at once is once.
  const presses = [press(stage, ana, answer, 'erasenow:'), press(stage, ana, answer, 'erasenow:')];
  await Promise.all(presses.map((pressed) => pressed.acknowledged()));
  await presses[0]?.until(() => words(answer).includes('deleted'), PATIENCE);
  expect(words(answer)).toContain('2 jobs were deleted.');
  expect(words(answer)).toContain('counts against your limit until midnight (UTC)');
  expect(words(answer)).toContain('1 job is still running and was kept');

  const left = words(await use(stage, ana, 'history'));
  expect(left).toContain('a garden in the making');
  expect(left).not.toContain('a garden here');
  expect(words(await use(stage, anaElsewhere, 'history', elsewhere))).toContain('You have no jobs');
  expect(words(await use(stage, ana, 'usage')), 'no limit is reset by it').toContain('4 of 30 today');
  expect(words(await use(stage, admin, 'usage'))).toMatch(/6 of 100 today/);

  // The running one is as before, and is deleted once it is finished; after a restart too.
  runcomfy.finish(requestId);
  runcomfy.releaseQueue();
  await gallery(running);
  await historySays(ana, general, 'Delivered');
  await stage.bot.stop();
  await stage.start();
  const later = await use(stage, ana, 'privacy');
  await turn(stage, ana, later, 'erase:');
  await turn(stage, ana, later, 'erasenow:');
  expect(words(later)).toContain('1 job was deleted.');
  expect(words(await use(stage, ana, 'history'))).toContain('You have no jobs');
});

test("nobody deletes another member's data", async () => {
  const { discord } = stage;
  const { ben, moderator } = discord.members;
  const own = await use(stage, moderator, 'privacy');
  for (const action of ['erase', 'erasenow']) {
    const forged = discord.dispatchInteraction({
      member: moderator,
      channel: discord.channels.general,
      type: 3,
      data: { component_type: 2, custom_id: `${action}:${ben.user.id}` },
      message: own,
    });
    expect(words(await privateAnswer(forged))).toBe('I no longer know this job. You can ask anew with /seedream.');
  }
  await historySays(ben, discord.channels.general, 'a pier at night');
});
