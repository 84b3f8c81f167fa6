/** What a member asks for that cannot be had: told to them alone, at once, and costing nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interaction, PermissionName } from '../../playground/discord/stand-in.ts';
import { createStage, type Stage } from '../support/bot.ts';
import { submitted } from '../support/runcomfy.ts';
import { expectCleanConduct, refusal } from '../support/waiting.ts';

let stage: Stage;

beforeAll(async () => {
  // One job at a time and four pictures a day: a refusal that had reserved anything would show at the next request.
  stage = await createStage({
    quick: true,
    runcomfy: { held: true },
    environment: { LIMIT_USER_ACTIVE_JOBS: '1', LIMIT_USER_DAILY_IMAGES: '4', LIMIT_IMAGES_PER_JOB: '12' },
  });
});

afterAll(async () => {
  expectCleanConduct(stage);
  await stage[Symbol.asyncDispose]();
});

function ask(options: Record<string, string | number | boolean>, member = stage.discord.members.ana): Interaction {
  return stage.discord.command({ member, channel: stage.discord.channels.general, name: 'seedream', options });
}

/** A command that Discord's own client would not let a member send. */
function forge(options: { name: string; type: number; value: unknown }[], overrides = {}): Interaction {
  const { discord } = stage;
  const { id } = discord.commands()[0] ?? {};
  return discord.dispatchInteraction({
    member: discord.members.ana,
    channel: discord.channels.general,
    type: 2,
    data: { id, name: 'seedream', type: 1, options },
    overrides,
  });
}

const text = (value: string) => ({ name: 'prompt', type: 3, value });
const number = (value: unknown) => ({ name: 'count', type: 4, value });

/** The sentence of a refusal that was given at once, without "thinking ..." before it. */
async function refusedAtOnce(interaction: Interaction): Promise<string> {
  const said = await refusal(stage, interaction);
  expect(interaction.acknowledgement?.type, 'answered at once').toBe(4);
  expect(interaction.original?.visibleTo).toBe(interaction.user);
  return said;
}

test('a prompt and an option that disagree are refused with both numbers', async () => {
  expect(await refusedAtOnce(ask({ prompt: 'Generate 5 images of cats', count: 4 }))).toMatch(
    /asks for 5 pictures .* says 4/,
  );
  expect(await refusedAtOnce(ask({ prompt: 'Genera cinco imágenes de gatos', count: 4 }))).toMatch(
    /asks for 5 pictures .* says 4/,
  );
});

test('a prompt that names several numbers of pictures is refused with all of them', async () => {
  expect(await refusedAtOnce(ask({ prompt: '4 images of a room with 7 pictures on the wall' }))).toContain('(4, 7)');
});

test.each(['0 images of nothing', 'Generate 16 images of cats', 'Generate 400 photos'])(
  '"%s" is refused',
  async (prompt) => {
    const stated = /\d+/.exec(prompt)?.[0] ?? '';
    expect(await refusedAtOnce(ask({ prompt }))).toMatch(
      new RegExp(`asks for ${stated} pictures; a job can have 1 to 15`),
    );
  },
);

test('more pictures than the host allows a job are refused with that number', async () => {
  expect(await refusedAtOnce(ask({ prompt: 'cats', count: 13 }))).toMatch(/asks for 13 pictures.*at most 12 here/);
  expect(await refusedAtOnce(ask({ prompt: 'Generate 13 images of cats' }))).toMatch(/at most 12 here/);
});

test('a count that no client would send is refused', async () => {
  for (const count of [0, 16, -1]) {
    expect(await refusedAtOnce(forge([text('cats'), number(count)]))).toMatch(
      new RegExp(`asks for ${count} pictures; a job can have 1 to 15`),
    );
  }
});

test('a seed, a size and a quality that no client would send are refused', async () => {
  const seed = (value: number) => forge([text('cats'), { name: 'seed', type: 4, value }]);
  expect(await refusal(stage, seed(-1))).toContain('from 0 to 2147483647');
  expect(await refusal(stage, seed(2 ** 31))).toContain('from 0 to 2147483647');
  expect(await refusedAtOnce(forge([text('cats'), { name: 'size', type: 3, value: '1:1' }]))).toContain('choice');
  expect(await refusedAtOnce(forge([text('cats'), { name: 'quality', type: 3, value: 'best' }]))).toContain('choice');
});

test('a prompt that leaves no room for its number is refused with the length that fits', async () => {
  const wording = 'Generate 3 images: '.length;
  expect(await refusedAtOnce(forge([text('x'.repeat(600))]))).toMatch(
    new RegExp(`it has 600 characters, and ${600 - wording} fit`),
  );
  expect(await refusedAtOnce(forge([text('x'.repeat(600 - wording + 1))]))).toContain(`has ${601 - wording} char`);
  const stated = '4 images of ';
  expect(await refusedAtOnce(forge([text(stated + 'x'.repeat(601 - stated.length))]))).toMatch(
    /has 601 characters, and 600 fit/,
  );
});

test.each([' ', '\u200b\u200e\u2060', '\n\n\u00ad\t'])(
  'a prompt without anything to see is refused (%j)',
  async (prompt) => {
    expect(await refusedAtOnce(ask({ prompt }))).toContain('The prompt is empty');
  },
);

const NEEDED: [PermissionName, string][] = [
  ['SendMessages', 'Send Messages'],
  ['EmbedLinks', 'Embed Links'],
  ['AttachFiles', 'Attach Files'],
];

test.each(NEEDED)('a channel without %s is refused by the name of what is missing', async (permission, name) => {
  const { discord } = stage;
  const channel = discord.addChannel(discord.guilds.home, { name: `no-${name}` });
  discord.setBotPermissions(channel, { deny: [permission] });
  const said = await refusedAtOnce(
    discord.command({ member: discord.members.ana, channel, name: 'seedream', options: { prompt: 'cats' } }),
  );
  expect(said.match(/\*\*[^*]+\*\*/g)).toEqual([`**${name}**`]);
});

test('a channel that the bot does not see is refused with everything it lacks', async () => {
  const { discord } = stage;
  const channel = discord.addChannel(discord.guilds.home, { name: 'hidden' });
  discord.setBotPermissions(channel, { deny: ['ViewChannel'] });
  const options = { prompt: 'cats' };
  const said = await refusedAtOnce(
    discord.command({ member: discord.members.ana, channel, name: 'seedream', options }),
  );
  expect(said).toContain('**View Channel**, **Send Messages**, **Embed Links**, **Attach Files**');
});

test('a thread needs Send Messages in Threads, and not Send Messages', async () => {
  const { discord } = stage;
  const parent = discord.addChannel(discord.guilds.home, { name: 'parent' });
  const thread = discord.addChannel(discord.guilds.home, { name: 'quiet thread', parent });
  const member = discord.addMember(discord.guilds.home, { name: 'Tia' });
  const order = { member, channel: thread, name: 'seedream' };
  discord.setBotPermissions(parent, { deny: ['SendMessagesInThreads'] });
  const said = await refusedAtOnce(discord.command({ ...order, options: { prompt: 'cats' } }));
  expect(said.match(/\*\*[^*]+\*\*/g)).toEqual(['**Send Messages in Threads**']);
  discord.setBotPermissions(parent, { allow: ['SendMessagesInThreads'], deny: ['SendMessages'] });
  discord.command({ ...order, options: { prompt: 'a picture for the thread', count: 1 } });
  await submitted(stage, 'a picture for the thread');
});

test('a command from outside a server is refused', async () => {
  const { discord } = stage;
  const { id, username } = discord.members.ana.user;
  const user = { id, username, discriminator: '0', global_name: null, avatar: null };
  const outside = {
    guild_id: undefined,
    guild: undefined,
    guild_locale: undefined,
    member: undefined,
    user,
    context: 1,
  };
  expect(await refusedAtOnce(forge([text('cats')], outside))).toContain('works in servers only');
});

test('nothing of all this was sent to RunComfy or counted: the next request has everything free', async () => {
  const before = stage.runcomfy.jobs.map(({ input }) => input.text);
  expect(before.filter((sent) => sent.includes('cats'))).toEqual([]);
  ask({ prompt: 'everything is left', count: 4 });
  await submitted(stage, 'everything is left');
});
