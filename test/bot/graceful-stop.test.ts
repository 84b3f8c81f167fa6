/** Stopping the bot with work in flight. */
import { expect, test } from 'vitest';
import type { Interaction, Member } from '../../playground/discord/stand-in.ts';
import { createProcessStage, type BotProcess, type Stage } from '../support/bot.ts';
import { expectDelivered, messagesWithPictures } from '../support/delivered.ts';
import { liveJobs, readStore } from '../support/store-contents.ts';
import { submitted } from '../support/runcomfy.ts';
import { refusal, replyOf, shows } from '../support/waiting.ts';

const TIMEOUT = 180_000;
const PATIENCE = 60_000;

/** Sends signals and gives the exit code, having checked that it took less than 10 s. */
async function stopInTime(bot: BotProcess, ...signals: NodeJS.Signals[]): Promise<number | null> {
  const began = performance.now();
  for (const signal of signals) {
    bot.process.kill(signal);
    // Two signals at once would be one.
    await bot.wrote('"msg":"stopping"');
  }
  const code = await bot.exited;
  expect(performance.now() - began).toBeLessThan(10_000);
  return code;
}

/** A form that a member has open: what a refusal offers to change. */
async function openForm(stage: Stage, member: Member): Promise<Interaction> {
  const { discord } = stage;
  const options = { prompt: '4 photos of dogs and 4 photos of cats' };
  const refused = discord.command({ member, channel: discord.channels.general, name: 'seedream', options });
  await refusal(stage, refused);
  const opened = discord.press({ member, message: replyOf(refused), customId: `edit:${refused.id}` });
  await opened.acknowledged(PATIENCE);
  return opened;
}

// Each has a bot of its own, which it waits for most of the time. Any further signal is as the second one.
test.concurrent.for([['SIGTERM'], ['SIGINT', 'SIGINT', 'SIGTERM']] satisfies NodeJS.Signals[][])(
  '%s with jobs queued, generating, waiting and in the middle of an upload: exit 0, and nothing is lost',
  { timeout: TIMEOUT },
  async (signals) => {
    await using stage = await createProcessStage({
      discord: { acknowledgeWithinMs: 30_000 },
      runcomfy: { held: true },
      environment: { LIMIT_USER_ACTIVE_JOBS: '10' },
    });
    const { discord, runcomfy } = stage;
    const { ana } = discord.members;
    const ask = (prompt: string) =>
      discord.command({
        member: ana,
        channel: discord.channels.general,
        name: 'seedream',
        options: { prompt, count: 4 },
      });
    const [queued, generating, uploading] = [ask('queued'), ask('generating'), ask('uploading')];
    await Promise.all([queued, generating, uploading].map((interaction) => shows(interaction, 'In the queue')));
    await runcomfy.setBehaviour({ rateLimited: true });
    const waiting = ask('waiting');
    await shows(waiting, 'Waiting for RunComfy');
    await runcomfy.setBehaviour({ rateLimited: false });

    const requests = new Map<string, string>();
    for (const prompt of ['queued', 'generating', 'uploading']) {
      requests.set(prompt, (await submitted(stage, prompt)).requestId);
    }
    runcomfy.start(requests.get('generating') ?? '');
    const upload = new Promise<void>((resolve) => {
      const stop = discord.on((event) => {
        if (event.type !== 'request' || event.method !== 'PATCH' || event.bytes < 5000) return;
        stop();
        // Half a second in which the signal comes.
        discord.failNext({ path: /^/, delayMs: 500 });
        resolve();
      });
    });
    runcomfy.finish(requests.get('uploading') ?? '');
    await upload;
    expect(await stopInTime(stage.bot, ...signals), stage.bot.output()).toBe(0);
    expect(messagesWithPictures(stage, { interaction: uploading }), 'an upload under way is ended').toHaveLength(1);

    await stage.start();
    runcomfy.finish(requests.get('queued') ?? '');
    runcomfy.finish(requests.get('generating') ?? '');
    runcomfy.finish((await submitted(stage, 'waiting')).requestId);
    const all = [queued, generating, uploading, waiting];
    const whole = () => all.every((interaction) => messagesWithPictures(stage, { interaction }).length === 1);
    await discord.until(whole, PATIENCE);
    for (const interaction of all) expectDelivered(stage, { interaction, count: 4 });
    expect(runcomfy.submits).toBe(4);
  },
);

test.concurrent(
  'a submit that hangs does not hold up a stop; a command meanwhile is told of the restart',
  { timeout: TIMEOUT },
  async () => {
    await using stage = await createProcessStage({
      discord: { acknowledgeWithinMs: 30_000 },
      runcomfy: { held: true },
    });
    const { discord, runcomfy } = stage;
    const { ana, ben } = discord.members;
    const command = (member: typeof ana, prompt: string) =>
      discord.command({ member, channel: discord.channels.general, name: 'seedream', options: { prompt, count: 4 } });
    runcomfy.failNext({ call: 'submit', kind: 'hang', taken: true });
    const edit = await openForm(stage, ben);
    const interaction = command(ana, 'hanging');
    await submitted(stage, 'hanging');
    const stopped = stopInTime(stage.bot, 'SIGTERM');
    await stage.bot.wrote('"msg":"stopping"');
    const late = command(ben, 'too late');
    await late.acknowledged(PATIENCE);
    expect(late.original?.content).toContain('The bot is restarting. Nothing was charged');
    expect(late.original?.visibleTo).toBe(ben.user);
    expect(late.original?.embeds[0]?.description, 'what was typed').toBe('too late');
    const form = discord.submitModal({ interaction: edit, values: { prompt: 'later still', count: '2' } });
    await form.acknowledged(PATIENCE);
    expect(form.original?.content).toContain('The bot is restarting. Nothing was charged');
    expect(form.original?.embeds[0]?.description, 'what was typed').toBe('later still');
    expect(await stopped, stage.bot.output()).toBe(0);

    await stage.start();
    const told = await shows(interaction, 'Outcome unknown');
    expect(told.embeds[0]?.description).toContain('$0.12');
    // After a restart the end is made sure of once more before the job is filed.
    await expect.poll(() => liveJobs(stage), { timeout: PATIENCE }).toBe(0);
    expect(await stage.bot.stop()).toBe(0);
    expect(await readStore(stage, interaction)).toEqual({
      live: undefined,
      finished: 'unknown',
      userDailyImages: 4,
      held: 0,
    });
    expect(runcomfy.submits).toBe(1);

    // What was given back is asked for by a press.
    await stage.start();
    for (const [refused, prompt, images] of [
      [late, 'too late', 4],
      [form, 'later still', 2],
    ] as const) {
      discord.press({ member: ben, message: replyOf(refused), customId: `again:${refused.id}` });
      expect((await submitted(stage, prompt)).input).toMatchObject({ images });
    }
  },
);
