/** Whatever a member types: nobody is notified, nothing is formatted, linked or reordered by it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interaction, Message } from '../../playground/discord/stand-in.ts';
import { createStage, type Stage } from '../support/bot.ts';
import { submitted } from '../support/runcomfy.ts';
import { expectCleanConduct, gallery, refusal, shows } from '../support/waiting.ts';

let stage: Stage;
let roleId: string;

beforeAll(async () => {
  stage = await createStage({
    quick: true,
    runcomfy: { held: true },
    environment: {
      LIMIT_GUILD_ACTIVE_JOBS: '100',
      LIMIT_USER_ACTIVE_JOBS: '100',
      LIMIT_USER_DAILY_IMAGES: '1000',
      LIMIT_GUILD_DAILY_IMAGES: '1000',
    },
  });
  const { discord } = stage;
  roleId = discord.addRole(discord.guilds.home, { name: 'all', mentionable: true });
  discord.setBotPermissions(discord.channels.general, { allow: ['MentionEveryone'] });
});

afterAll(async () => {
  const { discord } = stage;
  const messages = Object.values(discord.channels).flatMap((channel) => discord.messages(channel, { deleted: true }));
  for (const { versions } of messages) {
    for (const { pings } of versions) expect(pings).toEqual({ users: [], roles: [], everyone: false });
  }
  expect(discord.requests.filter(({ path }) => path.includes('/messages')).length).toBeGreaterThan(0);
  expectCleanConduct(stage);
  await stage[Symbol.asyncDispose]();
});

const PROMPTS: [string, (ids: { user: string; role: string }) => string][] = [
  ['mentions', ({ user, role }) => `@everyone @here <@${user}> <@!${user}> <@&${role}> <#${user}> </seedream:${role}>`],
  ['markdown', () => '# big\n> quote\n- list **bold** __under__ ~~gone~~ ||hidden|| *soft* _soft_ 1. one'],
  ['code', () => '```js\nalert(1)\n``` and `x` and ``` alone'],
  ['links', () => 'https://evil.example [click](https://evil.example) <https://evil.example> discord.gg/abcdef'],
  ['directions', () => 'left \u202Egnp.exe\u202C right \u2066inside\u2069 \u200Fend'],
  ['zero width', () => 'z\u200Be\u200Cr\u200Do\uFEFF w\u2060idth \u{E0041}tags'],
  ['emoji and stamps', () => 'a:smile: <:custom:123456789012345678> <t:0:R> \\@everyone \\*escaped\\*'],
  ['long lines', () => '|'.repeat(560)],
];

/** Anything that Discord would render as something other than the characters themselves. */
function expectHarmless({ content, embeds }: Pick<Message, 'content' | 'embeds'>): void {
  for (const text of [content, ...embeds.map(({ description }) => description ?? '')]) {
    expect(text).not.toMatch(/@(?:everyone|here)/);
    expect(text).not.toMatch(/(?<!\\)<[#/:]|(?<!\\)<@&|(?<!\\)(?:```|\*\*soft|\|\|hidden|~~)/);
    expect(text).not.toMatch(/https?:\/\/evil|discord\.gg/);
    expect(text).not.toMatch(/[\u200C\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/);
  }
}

function ask(prompt: string): Interaction {
  const { discord } = stage;
  const { ana: member } = discord.members;
  return discord.command({
    member,
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt, count: 1 },
  });
}

test.concurrent.each(PROMPTS)('a prompt with %s does nothing but stand there', async (name, write) => {
  const { runcomfy, discord } = stage;
  const marked = `${name}: ${write({ user: discord.members.ben.user.id, role: roleId })}`;
  const interaction = ask(marked);
  const { requestId } = await submitted(stage, marked);
  await shows(interaction, 'In the queue');
  runcomfy.finish(requestId);
  const message = await gallery(interaction);
  for (const version of message.versions) expectHarmless(version);
  expect(message.embeds[0]?.description).toMatch(new RegExp(`^${name}`));
});

test.concurrent('what RunComfy says of a refused prompt does no more', async () => {
  const interaction = ask('a prompt that RunComfy quotes');
  const { requestId } = await submitted(stage, 'a prompt that RunComfy quotes');
  stage.runcomfy.failJob(requestId, { type: 'policy', message: 'No @everyone <@&1> **here** https://evil.example' });
  expectHarmless(await shows(interaction, 'No pictures'));
});

test.concurrent('a refusal repeats nothing of the prompt', async () => {
  expect(await refusal(stage, ask('Generate 9 images of @everyone'))).not.toContain('everyone');
});
