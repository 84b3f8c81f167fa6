/** Hostile members: nothing they type or forge pings, leaks, costs or breaks anything. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Interaction, Message } from '../../playground/discord/stand-in.ts';
import { createProcessStage, ROOMY, type Stage } from '../support/bot.ts';
import { jobsOf, submitted } from '../support/runcomfy.ts';
import { PATIENCE, refusal, shows, title } from '../support/waiting.ts';
import { ask, asked, eventually, expectOneGallery, expectUnharmed, inTurn, reservation, words } from './scenarios.ts';

let stage: Stage;

/** Without these nobody can be answered: discord.js drops such a packet, which is logged. */
const NO_INTERACTIONS = ['member', 'data'];

// A thousand answers within three seconds take a machine of their own: here the bot gets what other tests leave it.
beforeAll(async () => {
  stage = await createProcessStage({
    discord: { rateLimits: false, acknowledgeWithinMs: PATIENCE },
    runcomfy: { held: true },
    environment: ROOMY,
  });
  stage.discord.setLocale(stage.discord.members.stranger, 'en-US');
});

afterAll(async () => {
  expectUnharmed(stage, NO_INTERACTIONS.length);
  expect(stage.runcomfy.violations).toEqual([]);
  const refused = stage.discord.requests.filter(({ status, code }) => status >= 400 && !TOO_LATE.has(code));
  expect(refused, 'requests that Discord refused').toEqual([]);
  await stage[Symbol.asyncDispose]();
});

/**
 * Discord's words for answers that came too late: the first was taken, and the bot had not heard of it in time (40060);
 * it was not, and the bot tried the way that is open afterwards (10015).
 */
const TOO_LATE = new Set<number | null>([40060, 10015]);

/** Everything of the bot's that anybody sees in a channel or alone. */
function everyMessage(): Message[] {
  const { discord } = stage;
  const { channels, members } = discord;
  return Object.values(channels).flatMap((channel) => {
    const people = Object.values(members).map((member) => discord.messages(channel, { as: member, deleted: true }));
    return [...new Set(people.flat())];
  });
}

/** A command as no client sends it. */
function forge(
  data: object,
  { overrides = {}, type = 2 }: { overrides?: Record<string, unknown>; type?: number } = {},
) {
  const { discord } = stage;
  const { members, channels } = discord;
  const id = discord.commands()[0]?.id;
  const body = type === 2 ? { id, name: 'seedream', type: 1, ...data } : data;
  return discord.dispatchInteraction({ member: members.ben, channel: channels.general, type, data: body, overrides });
}

const text = (value: unknown, type = 3) => ({ name: 'prompt', type, value });

describe.concurrent('a prompt', () => {
  const host = 'everyone';
  test.for([
    [
      'mentions',
      `@${host} @here <@123456789012345678> <@&123456789012345678> <#123456789012345678> </x:123456789012345678>`,
    ],
    ['markdown', '**bold** _it_ ~~no~~ ||spoiler|| # heading\n> quote\n- list [link](https://evil.example) -# small'],
    ['backticks', '```js\nalert(1)\n``` `code` ``` unclosed'],
    [
      'invisible and reversed letters',
      'a\u200Bb\u200Ec\u202Ednammoc\u202C \u2066x\u2069 \uFEFF e\u0301\u0301\u0301\u0301\u0301\u0301',
    ],
    ['an invite', 'join https://discord.gg/abcdef or discord.com/invite/abcdef now'],
    [
      'a timestamp, an emoji and control letters',
      '<t:1:R> <:x:123456789012345678> \u0000\u0007\u001B[31m \uD83D\uDC31',
    ],
    ['our own words', '**RunComfy refused the job.** Nothing was charged. <@1> cancel:123456789012345678'],
  ])('with %s: shown as typed, pings nobody, makes one gallery', async ([name, prompt]) => {
    const typed = `${name}: ${prompt}`;
    const interaction = await inTurn(async () => {
      const asking = ask(stage, { prompt: typed, member: stage.discord.members.ana });
      await submitted(stage, typed);
      return asking;
    });
    const { requestId, input } = await submitted(stage, typed);
    expect(input.text.length).toBeLessThanOrEqual(600);
    const reply = await shows(interaction, 'In the queue');
    // The bot's own line ends with a time, the one thing in it that Discord draws.
    expect(reply.embeds[0]?.description?.replace(/ · ready <t:\d+:R>$/, '')).not.toMatch(
      /(?<!\\)(?:\*\*bold|```|\|\|spoiler|<@|<#|<t:|@everyone|@here|\u202E)/,
    );
    stage.runcomfy.finish(requestId);
    await expectOneGallery(stage, interaction, 1);
    for (const version of reply.versions) expect(version.pings).toEqual({ users: [], roles: [], everyone: false });
    expect(words(reply)).not.toMatch(/(?<!\\)https:\/\/(?:discord\.gg|evil)/);
  });
});

describe.concurrent('a command that no client sends', () => {
  test.for([
    ['6000 characters', [text('all the words '.repeat(429))], 'too long'],
    ['6000 numbers', [text('1 2 3 '.repeat(1000))], ''],
    ['6000 digits', [text('9'.repeat(6000))], ''],
    ['6000 zero-width joiners', [text('\u200D'.repeat(6000))], ''],
    ['6000 brackets', [text('[](<'.repeat(1500))], 'too long'],
    ['nothing but white space', [text(' \n\t ')], 'empty'],
    ['no options at all', undefined, 'empty'],
    ['a prompt that is a number', [text(7, 4)], ''],
    ['a prompt that is an object', [text({ toString: 'x' })], ''],
    ['a prompt that is null', [text(null)], ''],
    ['a prompt that is a subcommand', [{ name: 'prompt', type: 1, options: [] }], ''],
    [
      'the same option twice',
      [text('one thing'), text('9 pictures of another'), { name: 'count', type: 4, value: 99 }],
      '',
    ],
    ['a count of a half', [text('half a picture'), { name: 'count', type: 4, value: 0.5 }], ''],
    [
      'a count below zero',
      [text('less than nothing'), { name: 'count', type: 4, value: -1 }],
      'a job can have 1 to 15',
    ],
    ['a count of a billion', [text('a crowd'), { name: 'count', type: 4, value: 1e9 }], 'a job can have 1 to 15'],
    ['a count as text', [text('a word'), { name: 'count', type: 3, value: '3' }], ''],
    [
      'a size of its own',
      [text('sized'), { name: 'size', type: 3, value: '9999:9999 (1:1)' }],
      'do not know that choice',
    ],
    [
      'a quality of its own',
      [text('fine'), { name: 'quality', type: 3, value: '__proto__' }],
      'do not know that choice',
    ],
    [
      'a seed beyond all numbers',
      [text('grown'), { name: 'seed', type: 4, value: 1e300 }],
      'seed must be a whole number',
    ],
  ])('%s: refused in private, costs nothing', async ([, options, sentence]) => {
    const interaction = forge({ options });
    expect(await refusal(stage, interaction)).toContain(sentence);
    expect(reservation(stage, interaction)).toBeUndefined();
  });

  test('of a name nobody registered: told so', async () => {
    expect(await refusal(stage, forge({ name: 'sudo', options: [] }))).toContain('do not know this command');
  });
});

describe.concurrent('an interaction that lacks what Discord sends', () => {
  test.for([
    'attachment_size_limit',
    'guild_locale',
    'locale',
    'context',
    'entitlements',
    'authorizing_integration_owners',
    'entitlement_sku_ids',
    'channel',
  ])('without %s: it is answered', async (field) => {
    const interaction = forge({ options: [text(`without ${field}`)] }, { overrides: { [field]: undefined } });
    await interaction.until(({ acknowledgement }) => acknowledgement !== null, PATIENCE);
  });

  test('without a locale: its job runs to the end', async () => {
    const interaction = forge({ options: [text('1 picture of babel')] }, { overrides: { locale: undefined } });
    stage.runcomfy.finish((await submitted(stage, '1 picture of babel')).requestId);
    await expectOneGallery(stage, interaction, 1);
  });

  test('outside of any server: told that it works in servers only', async () => {
    const overrides = {
      guild_id: undefined,
      guild: undefined,
      member: undefined,
      user: { id: stage.discord.members.ben.user.id, username: 'ben', discriminator: '0', avatar: null },
    };
    expect(await refusal(stage, forge({ options: [text('at home')] }, { overrides }))).toContain('servers only');
  });

  test('without what discord.js cannot do without: dropped, and the next one is answered', async () => {
    for (const field of NO_INTERACTIONS) {
      forge({ options: [text('broken')] }, { overrides: { [field]: undefined } });
    }
    await asked(stage, { prompt: 'the bot still listens' });
  });
});

describe.concurrent('a press', () => {
  async function queued(prompt: string) {
    const { interaction } = await asked(stage, { prompt, member: stage.discord.members.ana });
    return { interaction, reply: await shows(interaction, 'In the queue') };
  }

  /** A press of a button that stands under the message or does not. */
  function forgePress(message: Message, customId: string, as = stage.discord.members.ben): Interaction {
    const data = { component_type: 2, custom_id: customId };
    const { channel } = message;
    return stage.discord.dispatchInteraction({ member: as, channel, type: 3, data, message });
  }

  test('with a forged custom id: told that the job is not known', async () => {
    const { interaction, reply } = await queued('under forged buttons');
    const forged = [
      'cancel:',
      'cancel:1',
      `cancel:${'9'.repeat(20)}`,
      'cancel:123456789012345678',
      `cancel: ${interaction.id}`,
      `cancel:${interaction.id}x`,
      'nonsense',
      '::::',
      `cancel:${'a'.repeat(93)}`,
      `delete:${interaction.id}`,
      '__proto__:123456789012345678',
      `constructor:${interaction.id}`,
      "cancel:'; DROP TABLE records; --",
      '\u0000',
      'cancel:../../etc/passwd',
    ];
    await Promise.all(
      forged.map(async (customId) => {
        expect(await refusal(stage, forgePress(reply, customId)), customId).toContain('no longer know this job');
      }),
    );
    expect(title(reply)).toContain('In the queue');
  });

  test("a stranger's: told who may, and the job goes on", async () => {
    const { interaction, reply } = await queued('not yours to cancel');
    const pressed = forgePress(reply, `cancel:${interaction.id}`);
    expect(await refusal(stage, pressed)).toContain('Only the person who asked for it');
    expect(jobsOf(stage, 'not yours to cancel')[0]?.state).toBe('in_queue');
  });

  test('with the id of a job of another server: as if it did not exist, whatever the button', async () => {
    const { interaction } = await queued('secret of the picture club');
    const { stranger, anaElsewhere } = stage.discord.members;
    const theirs = await asked(stage, {
      prompt: 'public',
      member: stranger,
      channel: stage.discord.channels.elsewhere,
    });
    const reply = await shows(theirs.interaction, '');
    for (const action of ['cancel', 'again', 'edit', 'seed']) {
      for (const member of [stranger, anaElsewhere]) {
        const pressed = forgePress(reply, `${action}:${interaction.id}`, member);
        expect(await refusal(stage, pressed), action).toContain('no longer know this job');
        expect(pressed.modal).toBeNull();
      }
    }
    const shown = stage.discord.messages(stage.discord.channels.elsewhere, { as: stranger }).map(words).join('\n');
    expect(shown).not.toContain('secret of the picture club');
  });
});

test('a thousand presses at once are soon answered or given up, none twice, and a job beside them is made', async () => {
  const { interaction: job } = await asked(stage, { prompt: 'the most wanted picture' });
  const reply = await shows(job, 'In the queue');
  const pressed = Array.from({ length: 1000 }, (_, index) =>
    stage.discord.dispatchInteraction({
      member: index % 2 === 0 ? stage.discord.members.ben : stage.discord.members.moderator,
      channel: reply.channel,
      type: 3,
      data: { component_type: 2, custom_id: index % 2 === 0 ? `cancel:${job.id}` : 'cancel:123456789012345678' },
      message: reply,
    }),
  );
  const isAnswered = ({ acknowledgement, followUps }: Interaction) =>
    acknowledgement?.type === 4 || followUps.length > 0;
  const givenUp = /"interaction":"(\d+)".*(?:too late or elsewhere|could not be told)/g;
  await eventually('an end to all of them', () => {
    const ids = new Set(Array.from(stage.bot.output().matchAll(givenUp), ([, id]) => id));
    return pressed.every((interaction) => isAnswered(interaction) || ids.has(interaction.id)) || undefined;
  });
  expect(pressed.filter(isAnswered).length).toBeGreaterThan(0);
  for (const { followUps } of pressed) expect(followUps.length).toBeLessThanOrEqual(1);
  stage.runcomfy.finish((await submitted(stage, 'the most wanted picture')).requestId);
  await expectOneGallery(stage, job, 1);
});

test('nothing of all this pinged anybody', () => {
  const messages = everyMessage();
  expect(messages.length).toBeGreaterThan(50);
  const pings = messages
    .flatMap(({ versions }) => versions)
    .filter(({ pings: { users, roles, everyone } }) => users.length + roles.length > 0 || everyone);
  expect(pings).toEqual([]);
});
