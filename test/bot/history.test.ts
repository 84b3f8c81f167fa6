/** `/history`: a member's own jobs in pages, and the delivery of what could not be delivered. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interaction, Member, Message } from '../../playground/discord/stand-in.ts';
import { createStage, type Stage } from '../support/bot.ts';
import { customIds, fieldNames, press, privateAnswer, turn, use, words } from '../support/private-answers.ts';
import { submitted } from '../support/runcomfy.ts';
import { gallery, PATIENCE, pictureNumbers, replyOf, wholeGallery } from '../support/waiting.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({
    quick: true,
    runcomfy: { speed: 500 },
    environment: { LIMIT_USER_ACTIVE_JOBS: '50', JOB_DEADLINE_MINUTES: '0.5', RETENTION_DAYS: '7' },
  });
});
/** Three of them, by Ben, by the moderator and by the admin, whose time runs up beside the other tests. */
const lost: Lost[] = [];
beforeAll(async () => {
  const { ben, moderator, admin } = stage.discord.members;
  stage.runcomfy.holdQueue();
  lost.push(
    await lose(ben, 'a lost harbour'),
    await lose(moderator, 'a lost lighthouse'),
    await lose(admin, 'a wreck'),
  );
  stage.runcomfy.releaseQueue();
});
afterAll(() => stage[Symbol.asyncDispose]());

function ask(member: Member, options: Record<string, string | number | boolean>): Interaction {
  return stage.discord.command({
    member,
    channel: stage.discord.channels.general,
    name: 'seedream',
    options: { count: 1, ...options },
  });
}

/** A job that was paid and made, and whose pictures could not be had until its time was up. */
interface Lost {
  interaction: Interaction;
  requestId: string;
  ended: Promise<Interaction>;
}

async function lose(member: Member, prompt: string): Promise<Lost> {
  const interaction = ask(member, { prompt, count: 2 });
  const { requestId } = await submitted(stage, prompt);
  stage.runcomfy.failNext({ call: 'asset', kind: 'http', status: 503, request: requestId, times: Infinity });
  const said = 'could not be brought here';
  const ended = interaction.until(({ original }) => original !== null && words(original).includes(said), 2 * PATIENCE);
  return { interaction, requestId, ended };
}

/** The newest page, once its entries stand like this: a gallery is posted before that is written. */
async function pageOf(member: Member, standings: string[]): Promise<Message> {
  let page: Message | undefined;
  const names = async () => {
    page = await use(stage, member, 'history');
    return (page.embeds[0]?.fields ?? []).map(({ value }) => /^\S+ ([^·]+?) · /u.exec(value)?.[1]);
  };
  await expect.poll(names, { timeout: PATIENCE }).toEqual(standings);
  if (page === undefined) throw new Error('There is no page');
  return page;
}

/**
 * Presses Deliver so often at once, and all over again until one of them is taken: after a restart, the end of a job is made
 * sure of once more before it can be taken up.
 */
async function pressesTaken(member: Member, page: Message, times: number): Promise<Interaction[]> {
  let presses: Interaction[] = [];
  const areTaken = async () => {
    presses = Array.from({ length: times }, () => press(stage, member, page, 'deliver:'));
    const answered = presses.map((one) =>
      one.until(({ original }) => original !== null && (words(original) !== '' || original.attachments.length > 0)),
    );
    const answers = await Promise.all(answered);
    return answers.some(({ original }) => original?.content.includes('on their way already') !== true);
  };
  await expect.poll(areTaken, { timeout: PATIENCE, interval: 2000 }).toBe(true);
  return presses;
}

function raise(): never {
  throw new Error('There are fewer');
}

test('somebody without requests is told so, privately', async () => {
  const page = await use(stage, stage.discord.members.host, 'history');
  expect(words(page)).toContain('You have no jobs in this server that I still know');
  expect(customIds(page)).toEqual([]);
});

test('a member pages through their own requests, newest first, and after a restart too', async () => {
  const { members, channels } = stage.discord;
  const asked: Interaction[] = [];
  for (let number = 1; number <= 7; number += 1) {
    const interaction = ask(members.ana, { prompt: `kite *${number}* @everyone` });
    await submitted(stage, `kite *${number}* @everyone`);
    asked.push(interaction);
  }
  await Promise.all(asked.map(gallery));
  const page = await pageOf(members.ana, ['Delivered', 'Delivered', 'Delivered', 'Delivered', 'Delivered']);
  expect(fieldNames(page)[0], 'its prompt is an entry’s heading').toBe('1. kite *7* @everyone');
  const first = page.embeds[0]?.fields?.[0]?.value ?? '';
  expect(first).toContain('1 of 1');
  expect(first).toMatch(/<t:\d+:f>/);
  const newest = replyOf(asked[6] as Interaction);
  expect(first).toContain(
    `https://discord.com/channels/${stage.discord.guilds.home.id}/${channels.general.id}/${newest.id}`,
  );
  expect(words(page)).toContain('Kept for 7 days');
  expect(customIds(page)).toEqual([
    ...[7, 6, 5, 4, 3].map((number) => `askagain:${asked[number - 1]?.id ?? ''}`),
    `older:${asked[2]?.id ?? ''}`,
  ]);

  await stage.bot.stop();
  await stage.start();
  await turn(stage, members.ana, page, 'older:');
  expect(fieldNames(page), 'numbers go on').toEqual(['6. kite *2* @everyone', '7. kite *1* @everyone']);
  expect(customIds(page).some((id) => id.startsWith('older:'))).toBe(false);
  await turn(stage, members.ana, page, 'newer:');
  expect(fieldNames(page)[0]).toBe('1. kite *7* @everyone');
  expect(customIds(page).some((id) => id.startsWith('newer:'))).toBe(false);

  const { submits } = stage.runcomfy;
  const asks = await privateAnswer(press(stage, members.ana, page, 'askagain:'));
  expect(asks.content).toBe('Once more, with a new seed? That costs $0.03.');
  expect(stage.runcomfy.submits, 'one press of a page of the history costs nothing').toBe(submits);
  const again = press(stage, members.ana, asks, 'count1:');
  expect((await gallery(again)).embeds[0]?.description).toContain(String.raw`kite \*7\*`);
});

test('nobody sees the requests of another member or of another server', async () => {
  const { discord } = stage;
  const { ana, anaElsewhere, ben } = discord.members;
  const secret = ask(ana, { prompt: 'a surprise for Ben', private: true });
  await gallery(secret);
  expect(words(await use(stage, ben, 'history'))).not.toContain('surprise');
  expect(words(await use(stage, anaElsewhere, 'history', discord.channels.elsewhere))).not.toContain('surprise');

  const page = await use(stage, ana, 'history');
  expect(words(page)).toContain('a surprise for Ben');
  expect(page.embeds[0]?.fields?.[0]?.value, 'a private reply has no lasting address').not.toContain('https://');

  const own = await use(stage, ben, 'history');
  for (const action of ['older', 'newer', 'deliver']) {
    const forged = discord.dispatchInteraction({
      member: ben,
      channel: discord.channels.general,
      type: 3,
      data: { component_type: 2, custom_id: `${action}:${secret.id}` },
      message: own,
    });
    await forged.acknowledged();
    if (action === 'deliver')
      expect(words(await privateAnswer(forged))).toBe('I no longer know this job. You can ask anew with /seedream.');
    else await forged.until(() => own.versions.length > 1, PATIENCE);
    expect(words(own)).not.toContain('surprise');
  }
});

test('pictures that were paid and not delivered come to a private reply, once however often it is asked for', async () => {
  const { discord, runcomfy } = stage;
  const { ben } = discord.members;
  await Promise.all(lost.map(({ ended }) => ended));
  runcomfy.clearFaults();
  const submits = runcomfy.submits;
  const page = await pageOf(ben, ['Made, but not delivered']);
  expect(page.embeds[0]?.fields?.[0]?.value).toContain('0 of 2');

  const presses = await pressesTaken(ben, page, 3);
  const [{ interaction } = raise()] = lost;
  await wholeGallery(stage, interaction, 2);
  const holding = presses.filter(({ original }) => original !== null && original.attachments.length > 0);
  expect(holding).toHaveLength(1);
  const [brought] = holding;
  expect(brought?.original?.visibleTo).toBe(ben.user);
  expect(pictureNumbers(replyOf(brought as Interaction))).toEqual([1, 2]);
  for (const other of presses.filter((one) => one !== brought)) {
    expect((await privateAnswer(other)).content).toMatch(/on their way already|only just come/);
  }
  expect(runcomfy.submits, 'nothing is paid again').toBe(submits);
  await pageOf(ben, ['Delivered']);
  const late = press(stage, ben, page, 'deliver:');
  expect((await privateAnswer(late)).content).toContain('only just come');
});

test('a delivery that a kill cut off goes on by itself', async () => {
  const { discord, runcomfy } = stage;
  const { moderator } = discord.members;
  const [, { interaction } = raise()] = lost;
  const page = await pageOf(moderator, ['Made, but not delivered']);
  await runcomfy.setBehaviour({ assetSlowMs: 3000 });
  const pressed = press(stage, moderator, page, 'deliver:');
  const where = `"job":"${interaction.id}","guild":"${discord.guilds.home.id}"`;
  await stage.bot.wrote(`${where},"msg":"a delivery was asked for again"`);
  await stage.bot.end();
  await runcomfy.setBehaviour({ assetSlowMs: 0 });
  await stage.start();
  await wholeGallery(stage, interaction, 2);
  expect(pictureNumbers(replyOf(pressed))).toEqual([1, 2]);
});

test('pictures whose addresses have expired are said to be so, and no tries are wasted on them', async () => {
  const { discord, runcomfy } = stage;
  const { admin } = discord.members;
  const [, , { requestId } = raise()] = lost;
  // What a signed address says once its time is up.
  const fault = runcomfy.failNext({ call: 'asset', kind: 'http', status: 403, request: requestId, times: Infinity });
  const page = await pageOf(admin, ['Made, but not delivered']);
  const pressed = press(stage, admin, page, 'deliver:');
  const { original } = await pressed.until(
    (one) => one.original !== null && words(one.original).includes('their links have probably expired'),
    PATIENCE,
  );
  expect(original?.visibleTo).toBe(admin.user);
  expect(fault.applied, 'downloads tried').toBe(2);
  // It can be tried again.
  const after = await pageOf(admin, ['Made, but not delivered']);
  expect(customIds(after).some((id) => id.startsWith('deliver:'))).toBe(true);
});
