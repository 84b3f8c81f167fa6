/** 200 commands at once for jobs of many requests, against a server's limit: it holds to the picture, also where jobs are paid in part. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interaction } from '../../../playground/discord/stand-in.ts';
import { createStage, ROOMY, type Stage } from '../../support/bot.ts';
import { use, words } from '../../support/private-answers.ts';
import { expectCleanConduct, PATIENCE } from '../../support/waiting.ts';

const AT_ONCE = 200;
const LIMIT = 100;
const EPHEMERAL = 1 << 6;
/** Milliseconds: so many answers are private ones, of which Discord takes so many a second. */
const TIMEOUT = 240_000;

let stage: Stage;

beforeAll(async () => {
  stage = await createStage({
    discord: { acknowledgeWithinMs: 30_000 },
    runcomfy: { held: true },
    environment: {
      ...ROOMY,
      RUNCOMFY_MODELS: 'bytedance/seedream-5/lite/text-to-image',
      LIMIT_GUILD_DAILY_IMAGES: String(LIMIT),
    },
  });
});

afterAll(async () => {
  expectCleanConduct(stage);
  await stage[Symbol.asyncDispose]();
});

/** Sends so many commands in one moment, from ten members in turn. */
function fire(count: number): Interaction[] {
  const { discord } = stage;
  const members = Array.from({ length: 10 }, (_, index) =>
    discord.addMember(discord.guilds.home, { name: `${index}` }),
  );
  return Array.from({ length: AT_ONCE }, (_, index) => {
    const member = members[index % members.length] ?? discord.members.ana;
    const options = { prompt: `mill ${index}`, count };
    return discord.command({ member, channel: discord.channels.general, name: 'seedream', options });
  });
}

const wasRefused = ({ followUps, original }: Interaction) =>
  [original, ...followUps].some((message) => message !== null && (message.flags & EPHEMERAL) !== 0);
const wasStarted = (interaction: Interaction) =>
  !wasRefused(interaction) && (interaction.original?.embeds.length ?? 0) > 0;

/** Those that were granted, once each has been granted or refused. */
async function granted(interactions: Interaction[]): Promise<Interaction[]> {
  await Promise.all(interactions.map((one) => one.until(() => wasRefused(one) || wasStarted(one), TIMEOUT)));
  return interactions.filter(wasStarted);
}

const used = async () =>
  Number(/ (\d+) of 100 today/.exec(words(await use(stage, stage.discord.members.admin, 'usage')))?.[1]);

test(
  'the limit holds exactly, and what is freed of a job can be used again, and no more',
  { timeout: TIMEOUT },
  async () => {
    const { runcomfy } = stage;
    const first = await granted(fire(3));
    expect(first).toHaveLength(Math.floor(LIMIT / 3));
    expect(await used()).toBe(99);
    // Two pictures of as many jobs fail, which frees them at once.
    await expect.poll(() => runcomfy.jobs.length, { timeout: PATIENCE }).toBeGreaterThan(2);
    for (const { requestId } of runcomfy.jobs.slice(0, 2)) runcomfy.failJob(requestId, 'the model broke');
    await expect.poll(used, { timeout: PATIENCE }).toBe(97);
    expect(await granted(fire(1))).toHaveLength(3);
    expect(await used()).toBe(LIMIT);
    expect(runcomfy.jobs.length).toBeLessThanOrEqual(LIMIT + 2);
  },
);
