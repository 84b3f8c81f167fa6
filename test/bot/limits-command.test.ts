/** `/limits` and `/words` as a member, a moderator, an admin, the host and a stranger meet them. */
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Channel, Guild, Interaction, Member, Message } from '../../playground/discord/stand-in.ts';
import { createProcessStage, type ProcessStage } from '../support/bot.ts';
import { submitted } from '../support/runcomfy.ts';
import { expectCleanConduct, PATIENCE, refusal } from '../support/waiting.ts';

let stage: ProcessStage;

beforeAll(async () => {
  stage = await createProcessStage({
    runcomfy: { held: true },
    environment: {
      LIMIT_USER_ACTIVE_JOBS: '50',
      LIMIT_GUILD_ACTIVE_JOBS: '50',
      LIMIT_USER_DAILY_IMAGES: '30',
      LIMIT_GUILD_DAILY_IMAGES: '100',
      LIMIT_IMAGES_PER_JOB: '4',
    },
  });
  await stage.discord.until(() => stage.discord.commands().some(({ name }) => name === 'words'), PATIENCE);
});

afterAll(async () => {
  expectCleanConduct(stage);
  expect(stage.bot.output(), 'nobody’s prompt is logged').not.toContain('zorblax');
  await stage[Symbol.asyncDispose]();
});

interface House {
  guild: Guild;
  channel: Channel;
  admin: Member;
  member: Member;
  host: Member;
}

/** A server of its own for a test, with an admin, a member, and the host as a member with Manage Server. */
function newHouse(name: string): House {
  const { discord } = stage;
  const guild = discord.addGuild({ name });
  return {
    guild,
    channel: discord.addChannel(guild, { name: 'pictures' }),
    admin: discord.addMember(guild, { name: `${name} admin`, permissions: ['ManageGuild'] }),
    member: discord.addMember(guild, { name: `${name} member` }),
    host: discord.addMember(guild, { user: discord.host, permissions: ['ManageGuild'] }),
  };
}

type Options = Record<string, string | number | boolean>;

function use({ channel }: Pick<House, 'channel'>, member: Member, name: string, options: Options = {}): Interaction {
  return stage.discord.command({ member, channel, name, options });
}

/** A command that Discord's client does not offer the member, sent all the same. */
function force(house: Pick<House, 'channel'>, member: Member, name: string, options: object[] = []): Interaction {
  const command = stage.discord.commands().find((registered) => registered.name === name);
  return stage.discord.dispatchInteraction({
    member,
    channel: house.channel,
    type: 2,
    data: { id: command?.id, name, type: 1, options },
  });
}

/** The private answer to a command, once it is there. */
async function answer(interaction: Interaction): Promise<Message> {
  await interaction.until(
    ({ original }) => original !== null && (original.content !== '' || original.embeds.length > 0),
    PATIENCE,
  );
  const { original } = interaction;
  expect(original?.visibleTo, 'nobody else sees it').toBe(interaction.user);
  if (original === null) throw new Error('There is no answer');
  expect(original.pings).toEqual({ everyone: false, users: [], roles: [] });
  return original;
}

const say = async (interaction: Interaction) => (await answer(interaction)).content;

async function ask(house: House, member: Member, prompt: string, options: Options = {}): Promise<Interaction> {
  const interaction = use(house, member, 'seedream', { prompt, count: 1, ...options });
  await submitted(stage, prompt);
  return interaction;
}

test('the commands are offered to those with Manage Server, in servers only', () => {
  const { discord } = stage;
  for (const name of ['limits', 'words']) {
    const command = discord.commands().find((registered) => registered.name === name);
    expect(command).toMatchObject({ default_member_permissions: '32', contexts: [0] });
  }
  for (const member of [discord.members.ana, discord.members.moderator, discord.members.host]) {
    expect(() => use({ channel: discord.channels.general }, member, 'limits show')).toThrow('not offered');
  }
});

test('a member and a moderator who get at them all the same are refused privately, and nothing changes', async () => {
  const { discord } = stage;
  const at = { channel: discord.channels.general };
  const value = { name: 'value', type: 4, value: 1 };
  const set = { name: 'set', type: 1, options: [{ name: 'limit', type: 3, value: 'guildDailyImages' }, value] };
  const word = { name: 'add', type: 1, options: [{ name: 'word', type: 3, value: 'cat' }] };
  for (const member of [discord.members.ana, discord.members.moderator]) {
    expect(await say(force(at, member, 'limits', [set]))).toMatch(/Only members with Manage Server/);
    expect(await say(force(at, member, 'words', [word]))).toMatch(/Only members with Manage Server/);
  }
  const shown = await answer(use(at, discord.members.admin, 'limits show'));
  expect(shown.embeds[0]?.fields?.[0]?.value).toContain('of **100** used');
  expect(await say(use(at, discord.members.admin, 'words list'))).toBe('There are no words on the list.');
});

test('the host is let in without Manage Server', async () => {
  const { discord } = stage;
  const forced = force({ channel: discord.channels.general }, discord.members.host, 'limits', [
    { name: 'show', type: 1 },
  ]);
  const shown = await answer(forced);
  expect(shown.embeds[0]?.fields?.at(-1)?.name).toBe('Pictures a month, all servers');
});

test('an admin lowers a limit, it holds at once, and show tells who set it', async () => {
  const house = newHouse('lower');
  await ask(house, house.member, 'first lower cat');
  expect(await say(use(house, house.admin, 'limits set', { limit: 'userDailyImages', value: 1 }))).toBe(
    '**Pictures a day, each member**: was **30**, is **1** from now on. It can be set up to 30.',
  );
  const refused = use(house, house.member, 'seedream', { prompt: 'second lower cat', count: 1 });
  expect(await refusal(stage, refused)).toContain('You have used 1 of your 1 pictures today');

  const shown = await answer(use(house, house.admin, 'limits show'));
  const fields = new Map(shown.embeds[0]?.fields?.map(({ name, value }) => [name, value]));
  expect(fields.get('Pictures a day, whole server')).toBe('**1** of **100** used · can be set up to 100');
  expect(fields.get('Pictures a day, each member')).toMatch(
    new RegExp(
      `^\\*\\*1\\*\\* · you have used \\*\\*0\\*\\* · can be set up to 30\nSet to 1 by <@${house.admin.user.id}> <t:\\d+:R>$`,
    ),
  );
  expect(fields.get('Jobs at a time, whole server')).toContain('**1** of **50** used');
  expect(fields.get('Pictures in one job')).toBe('**4** · can be set up to 4');
  expect(fields.has('Pictures a month, all servers'), 'what all servers use is the host’s business').toBe(false);
  expect(shown.embeds.at(-1)?.description).toMatch(/<t:\d+:R> <@\d+> · Pictures a day, each member: 30 → 1$/);

  expect(await say(use(house, house.admin, 'limits reset', { limit: 'userDailyImages' }))).toBe(
    '**Pictures a day, each member**: was **1**, is **30** from now on.',
  );
  expect(await say(use(house, house.admin, 'limits reset'))).toMatch(/defaults already/);
  await ask(house, house.member, 'third lower cat');
});

test('an admin cannot go above the ceiling, only the host can, and the admin then up to there', async () => {
  const house = newHouse('raise');
  expect(await say(use(house, house.admin, 'limits set', { limit: 'guildDailyImages', value: 101 }))).toBe(
    '**Pictures a day, whole server** cannot be set above **100** here. Nothing was changed; only the person who hosts this bot can raise it.',
  );
  expect(await say(use(house, house.host, 'limits set', { limit: 'guildDailyImages', value: 500 }))).toMatch(
    /was \*\*100\*\*, is \*\*500\*\*/,
  );
  expect(await say(use(house, house.admin, 'limits set', { limit: 'guildDailyImages', value: 501 }))).toMatch(
    /above \*\*500\*\*/,
  );
  expect(await say(use(house, house.admin, 'limits set', { limit: 'guildDailyImages', value: 400 }))).toMatch(
    /was \*\*500\*\*, is \*\*400\*\*/,
  );
  const shown = await answer(use(house, house.admin, 'limits show'));
  expect(shown.embeds[0]?.fields?.[0]?.value).toMatch(
    /of \*\*400\*\* used · can be set up to 500\nRaised to 500 by the host/,
  );
});

test('more pictures in a job than the environment allows are made where the host has raised it, and nowhere else', async () => {
  const house = newHouse('job');
  const six = { prompt: 'six job cats', count: 6 };
  expect(await refusal(stage, use(house, house.member, 'seedream', six))).toContain('at most 4 here');
  await say(use(house, house.host, 'limits set', { limit: 'imagesPerJob', value: 6 }));
  use(house, house.member, 'seedream', six);
  expect((await submitted(stage, 'six job cats')).body).toMatchObject({ sequential_image_generation_options: 6 });
  await say(use(house, house.admin, 'limits set', { limit: 'imagesPerJob', value: 2 }));
  expect(await refusal(stage, use(house, house.member, 'seedream', { ...six, count: 3 }))).toContain('at most 2 here');
  expect(await say(use(house, house.admin, 'limits set', { limit: 'imagesPerJob', value: 0 }))).toMatch(/from 1 to 15/);
  const elsewhere = newHouse('other job');
  expect(await refusal(stage, use(elsewhere, elsewhere.member, 'seedream', six))).toContain('at most 4 here');
});

test('a role’s own number replaces the server’s, the best of several counts, 0 bars, and without a number it is gone', async () => {
  const { discord } = stage;
  const house = newHouse('roles');
  const give = (member: Member, name: string): string => {
    const id = discord.addRole(house.guild, { name });
    const role = house.guild.roles.get(id);
    if (role !== undefined) member.roles.push(role);
    return id;
  };
  const barred = give(house.member, 'barred');
  expect(await say(use(house, house.admin, 'limits role', { role: barred, images: 0 }))).toContain(
    `<@&${barred}>: was **none**, is **0** from now on`,
  );
  const refused = use(house, house.member, 'seedream', { prompt: 'a barred cat', count: 1 });
  expect(await refusal(stage, refused)).toContain('your limit is 0. An admin');

  const vip = give(house.member, 'vip');
  await say(use(house, house.admin, 'limits role', { role: vip, images: 2 }));
  await ask(house, house.member, 'first role cat');
  await ask(house, house.member, 'second role cat');
  const third = use(house, house.member, 'seedream', { prompt: 'third role cat', count: 1 });
  expect(await refusal(stage, third)).toContain('2 of your 2 pictures');

  expect(await say(use(house, house.admin, 'limits role', { role: vip, images: 31 }))).toMatch(/above \*\*30\*\*/);
  const shown = await answer(use(house, house.admin, 'limits show'));
  expect(shown.embeds[1]?.description).toContain(`<@&${vip}> · **2** · set by <@${house.admin.user.id}>`);
  await say(use(house, house.admin, 'limits role', { role: barred }));
  expect(await say(use(house, house.admin, 'limits role', { role: vip }))).toContain('was **2**, is **none**');
  await ask(house, house.member, 'fourth role cat');
});

test('a role’s number holds after a restart, when nothing of the role has been seen but in the asking', async () => {
  const { discord } = stage;
  const house = newHouse('role restart');
  const roleOf = (member: Member, name: string): string => {
    const id = discord.addRole(house.guild, { name });
    const role = house.guild.roles.get(id);
    if (role !== undefined) member.roles.push(role);
    return id;
  };
  const generous = discord.addMember(house.guild, { name: 'role restart patron' });
  const barred = roleOf(house.member, 'barred');
  const patron = roleOf(generous, 'patron');
  await say(use(house, house.admin, 'limits role', { role: barred, images: 0 }));
  await say(use(house, house.admin, 'limits role', { role: patron, images: 2 }));
  await say(use(house, house.admin, 'limits set', { limit: 'userDailyImages', value: 1 }));
  await stage.bot.stop('SIGKILL');
  await stage.start();
  const refused = use(house, house.member, 'seedream', { prompt: 'a barred restart cat', count: 1 });
  expect(await refusal(stage, refused)).toContain('your limit is 0. An admin');
  await ask(house, generous, 'two patron cats', { count: 2 });
  expect((await answer(use(house, house.member, 'usage'))).embeds[0]?.fields?.[0]?.value).toContain('0 of 0 today');
});

test('what was set holds after a restart, and in its own server only', async () => {
  const { discord } = stage;
  const house = newHouse('restart');
  await say(use(house, house.admin, 'limits set', { limit: 'guildMonthlyImages', value: 1 }));
  await stage.bot.stop('SIGKILL');
  await stage.start();
  await ask(house, house.member, 'first restart cat');
  const second = use(house, house.member, 'seedream', { prompt: 'second restart cat', count: 1 });
  expect(await refusal(stage, second)).toContain('1 of its 1 pictures this month');
  const stranger = discord.command({
    member: discord.members.stranger,
    channel: discord.channels.elsewhere,
    name: 'seedream',
    options: { prompt: 'a stranger cat', count: 1 },
  });
  await submitted(stage, 'a stranger cat');
  expect(stranger.original?.visibleTo ?? null).toBeNull();
});

test('while the store takes nothing an admin is told so, and afterwards it takes changes again', async () => {
  const house = newHouse('locked');
  const path = (stage.environment['STORE_URL'] ?? '').replace('sqlite://', '');
  const locking = new DatabaseSync(path, { timeout: 5000 });
  locking.exec('BEGIN IMMEDIATE');
  const told = await say(use(house, house.admin, 'limits set', { limit: 'guildDailyImages', value: 3 }));
  expect(told).toMatch(/cannot reach its storage/);
  locking.exec('ROLLBACK');
  locking.close();
  expect(await say(use(house, house.admin, 'limits set', { limit: 'guildDailyImages', value: 4 }))).toContain(
    'is **4**',
  );
});

test('a prompt with a word of the list is refused privately, costs nothing and is shown nowhere', async () => {
  const house = newHouse('words');
  await say(use(house, house.admin, 'limits set', { limit: 'userDailyImages', value: 1 }));
  expect(await say(use(house, house.admin, 'words add', { word: 'Zorblax' }))).toContain('Added **Zorblax**');
  expect(await say(use(house, house.admin, 'words add', { word: 'ZÓRBLAX' }))).toContain('on the list already');

  const submits = stage.runcomfy.submits;
  for (const prompt of ['a ZORBLAX here', 'a zórbl4x here', 'a z.o.r.b.l.a.x here', 'a z\u200Borblах here']) {
    for (const hidden of [false, true]) {
      const refused = use(house, house.member, 'seedream', { prompt, count: 1, private: hidden });
      const told = await refusal(stage, refused);
      expect(told).toMatch(/holds a word that this server does not allow\. Please word/);
      expect(told.toLowerCase()).not.toContain('zorb');
    }
  }
  expect(stage.runcomfy.submits).toBe(submits);
  const seen = stage.discord.messages(house.channel, { as: house.member, deleted: true });
  expect(JSON.stringify(seen.flatMap(({ versions }) => versions)).toLowerCase()).not.toContain('blax');

  // A longer word is another word, and what was refused has used nothing of the one picture there is.
  await ask(house, house.member, 'a zorblaxian cat');
});

test('words are listed and removed by those who run the server, in any spelling', async () => {
  const house = newHouse('list');
  for (const word of ['beta', 'alpha one', '*gamma*']) await say(use(house, house.admin, 'words add', { word }));
  const listed = await answer(use(house, house.admin, 'words list'));
  expect(listed.embeds[0]).toMatchObject({
    title: 'Words not allowed in prompts (3 of at most 200)',
    description: '\\*gamma\\* · alpha one · beta',
  });
  expect(await say(use(house, house.admin, 'words remove', { word: 'BETA' }))).toContain('Words left: 2.');
  expect(await say(use(house, house.admin, 'words remove', { word: 'beta' }))).toContain('is not on the list');
  expect(await say(use(house, house.admin, 'words add', { word: '?!' }))).toContain('needs a letter');
  await ask(house, house.member, 'a beta cat');
});

test('a list too long for a message comes as a file', async () => {
  const house = newHouse('long list');
  const words = Array.from({ length: 100 }, (_, index) => `word number ${index} ${'x'.repeat(30)}`);
  await Promise.all(words.map((word) => say(use(house, house.admin, 'words add', { word }))));
  const interaction = use(house, house.admin, 'words list');
  await interaction.until(({ original }) => (original?.attachments.length ?? 0) > 0, PATIENCE);
  const { attachments = [], content } = interaction.original ?? {};
  expect(content).toContain('(100 of at most 200)');
  expect(attachments.map(({ filename }) => filename)).toEqual(['words.txt']);
});
