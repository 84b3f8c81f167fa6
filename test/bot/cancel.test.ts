/** Cancel in all its races: what RunComfy says is what is shown, and what was cancelled counts against nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interaction, Member, Message } from '../../playground/discord/stand-in.ts';
import type { StandInJob } from '../../playground/runcomfy/stand-in.ts';
import { translate } from '../../src/languages/languages.ts';
import { createStage, type Stage } from '../support/bot.ts';
import { submitted } from '../support/runcomfy.ts';
import { buttons, expectCleanConduct, gallery, refusal, replyOf, shows, title, toldAlone } from '../support/waiting.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await createStage({
    quick: true,
    runcomfy: { held: true },
    environment: { LIMIT_GUILD_ACTIVE_JOBS: '100', LIMIT_USER_DAILY_IMAGES: '4' },
  });
});

afterAll(async () => {
  expectCleanConduct(stage);
  await stage[Symbol.asyncDispose]();
});

let members = 0;

interface Queued {
  member: Member;
  interaction: Interaction;
  job: StandInJob;
  customId: string;
}

function command(prompt: string, count = 1): Omit<Queued, 'job'> {
  const { discord } = stage;
  const member = discord.addMember(discord.guilds.home, { name: `Member ${(members += 1)}` });
  const interaction = discord.command({
    member,
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt, count },
  });
  return { member, interaction, customId: `cancel:${interaction.id}` };
}

/** A job of a new member's that stands in RunComfy's queue, its Cancel button shown. */
async function queued(prompt: string, count = 1): Promise<Queued> {
  const asked = command(prompt, count);
  const job = await submitted(stage, prompt);
  await shows(asked.interaction, 'In the queue');
  expect(buttons(replyOf(asked.interaction))).toEqual(['Cancel']);
  return { ...asked, job };
}

function press({ interaction, customId }: Queued, member: Member): Interaction {
  return stage.discord.press({ member, message: replyOf(interaction), customId });
}

/** A press of a button that the message does not have. */
function forgePress(customId: string, { member, message }: { member: Member; message: Message }): Interaction {
  const data = { component_type: 2, custom_id: customId, id: 1 };
  return stage.discord.dispatchInteraction({ member, channel: message.channel, type: 3, data, message });
}

async function showsCancelled({ interaction, job }: Queued): Promise<void> {
  const reply = await shows(interaction, 'Cancelled');
  expect(stage.runcomfy.job(job.requestId).state).toBe('cancelled');
  expect(reply.embeds[0]?.description).toContain('Nothing was charged');
  expect(buttons(reply)).not.toContain('Cancel');
}

test.concurrent('the requester cancels, and the pictures are free again', async () => {
  const asked = await queued('cancelled by its requester', 4);
  const pressed = press(asked, asked.member);
  await showsCancelled(asked);
  expect(pressed.acknowledgement?.afterMs).toBeLessThan(3000);
  expect(toldAlone(pressed), 'the message says it').toEqual([]);
  stage.discord.command({
    member: asked.member,
    channel: stage.discord.channels.general,
    name: 'seedream',
    options: { prompt: 'after a cancel', count: 4 },
  });
  await submitted(stage, 'after a cancel');
});

test.concurrent('a member with Manage Messages cancels', async () => {
  const asked = await queued('cancelled by a moderator');
  press(asked, stage.discord.members.moderator);
  await showsCancelled(asked);
});

test.concurrent('another member cannot, is told privately, and nothing happens', async () => {
  const asked = await queued('not a job of theirs');
  expect(await refusal(stage, press(asked, stage.discord.members.ben))).toContain('Only the person who asked for it');
  expect(asked.job.polls.cancel).toBe(0);
  expect(asked.job.state).toBe('in_queue');
  expect(buttons(replyOf(asked.interaction))).toEqual(['Cancel']);
});

test.concurrent('a forged press in another guild learns nothing, not even for the requester', async () => {
  const { discord } = stage;
  const asked = await queued('a job of the first guild');
  const { stranger: member } = discord.members;
  const message = discord.say({ member, channel: discord.channels.elsewhere, content: 'a message of that guild' });
  for (const presser of [member, discord.addMember(discord.guilds.other, { user: asked.member.user })]) {
    const pressed = forgePress(asked.customId, { member: presser, message });
    expect(await refusal(stage, pressed)).toBe(translate(presser.user.locale)('refusal.gone'));
  }
  expect(asked.job.polls.cancel).toBe(0);
});

test.concurrent.each([
  'cancel:123456789012345678',
  'cancel:',
  'cancel:1:2',
  'remove everything',
  'constructor:123456789012345678',
])('a forged button "%s" is answered privately', async (customId) => {
  const { discord } = stage;
  const member = discord.members.ben;
  const message = discord.say({ member, channel: discord.channels.general, content: 'no message of the bot' });
  const pressed = forgePress(customId, { member, message });
  expect(await refusal(stage, pressed)).toBe('I no longer know this job. You can ask anew with /seedream.');
});

test.concurrent('pressed many times at once it is cancelled once', async () => {
  const asked = await queued('pressed by everybody');
  const pressed = [
    asked.member,
    stage.discord.members.moderator,
    asked.member,
    stage.discord.members.admin,
    asked.member,
  ].map((member) => press(asked, member));
  await showsCancelled(asked);
  await Promise.all(pressed.map((interaction) => interaction.acknowledged()));
  expect(pressed.flatMap(toldAlone)).toEqual([]);
  expect(asked.job.polls.cancel).toBe(1);
  expect(replyOf(asked.interaction).versions.filter((version) => title(version).includes('Cancelled'))).toHaveLength(1);
});

test.concurrent('too late: RunComfy has begun, the presser is told, and the pictures come', async () => {
  const asked = await queued('begun just before the press');
  stage.runcomfy.start(asked.job.requestId);
  expect(await refusal(stage, press(asked, asked.member))).toContain('Too late to cancel');
  const reply = await shows(asked.interaction, 'Generating');
  expect(buttons(reply)).not.toContain('Cancel');
  stage.runcomfy.finish(asked.job.requestId);
  const finished = await gallery(asked.interaction);
  const pressed = forgePress(asked.customId, { member: asked.member, message: finished });
  expect(await refusal(stage, pressed)).toContain('nothing left to cancel');
  expect(finished.versions.some((version) => title(version).includes('Cancelled'))).toBe(false);
});

test.concurrent('a cancel whose answer is lost is asked for again and shown as it is', async () => {
  const asked = await queued('an answer that is lost');
  stage.runcomfy.failNext({ call: 'cancel', request: asked.job.requestId, kind: 'reset', taken: true });
  press(asked, asked.member);
  await showsCancelled(asked);
  expect(asked.job.polls.cancel, 'asked again').toBeGreaterThan(1);
});

test.concurrent('a job that somebody else has cancelled already is shown as cancelled', async () => {
  const asked = await queued('cancelled from outside');
  const { url } = stage.runcomfy;
  const answer = await fetch(`${url}/requests/${asked.job.requestId}/cancel`, {
    method: 'POST',
    headers: { authorization: 'Bearer runcomfy-test-token' },
  });
  expect(answer.status).toBe(202);
  const pressed = press(asked, asked.member);
  await showsCancelled(asked);
  expect(toldAlone(pressed), 'that it is too late').toEqual([]);
});

test.concurrent('where RunComfy does not answer, the presser is told, and a later look cancels', async () => {
  const asked = await queued('a cancel in trouble');
  const fault = stage.runcomfy.failNext({
    call: 'cancel',
    request: asked.job.requestId,
    kind: 'http',
    status: 503,
    times: Infinity,
  });
  expect(await refusal(stage, press(asked, asked.member))).toContain('RunComfy did not answer');
  expect(title(replyOf(asked.interaction))).toContain('In the queue');
  fault.clear();
  await showsCancelled(asked);
});

test('a job that RunComfy has not taken yet is cancelled and never sent', async () => {
  const { runcomfy } = stage;
  const busy = runcomfy.failNext({ call: 'submit', kind: 'rate-limited', retryAfterSeconds: 5, times: Infinity });
  const asked = command('waits for RunComfy', 4);
  const waiting = await shows(asked.interaction, 'Waiting for RunComfy');
  expect(buttons(waiting)).toEqual(['Cancel']);
  const pressed = stage.discord.press({ member: asked.member, message: waiting, customId: asked.customId });
  await shows(asked.interaction, 'Cancelled');
  busy.clear();
  expect(toldAlone(pressed)).toEqual([]);
  // Another job of the same member's, for all the pictures there are, shows what is left of the first: nothing.
  const { member } = asked;
  const options = { prompt: 'all that was given back', count: 4 };
  stage.discord.command({ member, channel: stage.discord.channels.general, name: 'seedream', options });
  await submitted(stage, 'all that was given back');
  expect(runcomfy.jobs.filter(({ input }) => input.text.includes('waits for RunComfy'))).toEqual([]);
});

test('a press while the job is being sent cancels it as soon as it is known', async () => {
  const { runcomfy } = stage;
  runcomfy.failNext({ call: 'submit', kind: 'rate-limited', retryAfterSeconds: 1 });
  runcomfy.failNext({ call: 'submit', kind: 'slow', ms: 1500 });
  const asked = command('pressed while it is sent');
  await shows(asked.interaction, 'Waiting for RunComfy');
  const job = await submitted(stage, 'pressed while it is sent');
  stage.discord.press({ member: asked.member, message: replyOf(asked.interaction), customId: asked.customId });
  await showsCancelled({ ...asked, job });
});
