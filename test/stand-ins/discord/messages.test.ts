import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDiscordStandIn, type DiscordStandIn, type Message } from '../../../playground/discord/stand-in.ts';
import { createRaw, faultAt, png } from './raw.ts';

let standIn: DiscordStandIn;
let raw: ReturnType<typeof createRaw>;
let path: string;
let time = Date.now();

beforeAll(async () => {
  standIn = await createDiscordStandIn({ token: 'the.token', rateLimits: false, now: () => time });
  raw = createRaw(standIn);
  path = `/channels/${standIn.channels.general.id}/messages`;
});

afterAll(() => standIn.close());

function messageWith(id: unknown): Message {
  const message = standIn.message(String(id));
  if (!message) throw new Error(`no message ${String(id)}`);
  return message;
}

const row = (...components: unknown[]) => ({ type: 1, components });
const button = (customId: string, extra: Record<string, unknown> = {}) => ({
  type: 2,
  style: 1,
  label: 'Press',
  custom_id: customId,
  ...extra,
});

describe('a message form', () => {
  it.each([
    ['content above 2000 characters', { content: 'x'.repeat(2001) }, 'content', 'BASE_TYPE_MAX_LENGTH'],
    ['11 embeds', { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) }, 'embeds', 'BASE_TYPE_MAX_LENGTH'],
    [
      'more than 6000 characters over all embeds',
      { embeds: [{ description: 'x'.repeat(4096) }, { description: 'x'.repeat(1905) }] },
      'embeds',
      'MAX_EMBED_SIZE_EXCEEDED',
    ],
    ['a title above 256', { embeds: [{ title: 'x'.repeat(257) }] }, 'embeds.0.title', 'BASE_TYPE_MAX_LENGTH'],
    ['an embed with nothing in it', { embeds: [{}] }, 'embeds.0.description', 'BASE_TYPE_REQUIRED'],
    [
      '26 fields',
      { embeds: [{ fields: Array.from({ length: 26 }, () => ({ name: 'a', value: 'b' })) }] },
      'embeds.0.fields',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'an empty field name',
      { embeds: [{ fields: [{ name: ' ', value: 'b' }] }] },
      'embeds.0.fields.0.name',
      'BASE_TYPE_REQUIRED',
    ],
    ['an embed url that is none', { embeds: [{ title: 'x', url: 'no url' }] }, 'embeds.0.url', 'URL_TYPE_INVALID_URL'],
    [
      'an image by file:',
      { embeds: [{ image: { url: 'file:///etc/passwd' } }] },
      'embeds.0.image.url',
      'URL_TYPE_INVALID_SCHEME',
    ],
    [
      'a link by attachment:',
      { embeds: [{ title: 'x', url: 'attachment://a.png' }] },
      'embeds.0.url',
      'URL_TYPE_INVALID_SCHEME',
    ],
    [
      'six rows',
      { components: Array.from({ length: 6 }, (_, n) => row(button(`b${n}`))) },
      'components',
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'six buttons in a row',
      { components: [row(...[1, 2, 3, 4, 5, 6].map((n) => button(`b${n}`)))] },
      'components.0.components',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a custom id of 101',
      { components: [row(button('x'.repeat(101)))] },
      'components.0.components.0.custom_id',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'an empty custom id',
      { components: [row(button(''))] },
      'components.0.components.0.custom_id',
      'BASE_TYPE_REQUIRED',
    ],
    [
      'one custom id twice',
      { components: [row(button('a')), row(button('a'))] },
      'components.1.components.0.custom_id',
      'COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
    [
      'a label above 80',
      { components: [row(button('a', { label: 'x'.repeat(81) }))] },
      'components.0.components.0.label',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a link button without url',
      { components: [row({ type: 2, style: 5, label: 'x' })] },
      'components.0.components.0.url',
      'BASE_TYPE_REQUIRED',
    ],
    ['a button outside a row', { components: [button('a')] }, 'components.0.type', 'UNION_TYPE_CHOICES'],
    [
      'a text display without its flag',
      { components: [{ type: 10, content: 'x' }] },
      'components.0.type',
      'UNION_TYPE_CHOICES',
    ],
    [
      'content beside Components V2',
      { content: 'x', flags: 1 << 15, components: [{ type: 10, content: 'x' }] },
      'content',
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
    [
      'a mention type that is none',
      { content: 'x', allowed_mentions: { parse: ['all'] } },
      'allowed_mentions.parse.0',
      'BASE_TYPE_CHOICES',
    ],
    [
      'users twice allowed',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
      'allowed_mentions',
      'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    ],
    ['a nonce of 26', { content: 'x', nonce: 'n'.repeat(26) }, 'nonce', 'BASE_TYPE_MAX_LENGTH'],
    ['the ephemeral flag in a channel', { content: 'x', flags: 64 }, 'flags', 'FLAGS_NOT_SETTABLE'],
    ['content that is no text', { content: { a: 1 } }, 'content', 'STRING_TYPE_CONVERT'],
  ])('with %s is refused, at its place', async (_what, body, place, code) => {
    const answer = await raw.post(path, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 50035, message: 'Invalid Form Body' } });
    expect(faultAt(answer, place)).toBe(code);
    expect(standIn.messages(standIn.channels.general)).toHaveLength(0);
  });

  it('with nothing in it, or nothing but spaces, is an empty message', async () => {
    for (const body of [{}, { content: '  \n ' }, { embeds: [] }]) {
      expect(await raw.post(path, body)).toMatchObject({ status: 400, body: { code: 50006 } });
    }
  });

  it('that is no JSON is refused as such', async () => {
    const response = await fetch(`${standIn.apiUrl}/v10${path}`, {
      method: 'POST',
      headers: { authorization: `Bot ${standIn.token}`, 'content-type': 'application/json' },
      body: '{',
    });
    expect([response.status, await response.json()]).toMatchObject([400, { code: 50109 }]);
  });

  it('at every limit passes', async () => {
    const fields = Array.from({ length: 25 }, () => ({ name: 'n', value: 'v' }));
    const { status, body } = await raw.post(path, {
      content: 'x'.repeat(2000),
      embeds: [{ title: 't'.repeat(256), description: 'd'.repeat(4096), fields }],
      components: [0, 1, 2, 3, 4].map((line) =>
        row(...[0, 1, 2, 3, 4].map((n) => button(`${line}.${n}`.padEnd(100, 'x')))),
      ),
    });
    expect(status).toBe(200);
    standIn.deleteMessage(messageWith(body['id']));
  });
});

describe('files of a message', () => {
  it('are served, with what their bytes say, and are not listed while an embed shows them', async () => {
    const body = {
      embeds: [{ image: { url: 'attachment://one_1.png' } }],
      attachments: [{ id: 0, description: 'the alt text' }, { id: '1' }],
    };
    const files = [
      { name: 'one 1.png', bytes: png(640, 480) },
      { name: 'SPOILER_two.png', bytes: png(10, 20) },
    ];
    const answer = await raw.call('POST', path, body, { files });
    expect(answer.body['attachments']).toMatchObject([
      { filename: 'SPOILER_two.png', width: 10, height: 20, flags: 8 },
    ]);
    const [first, second] = messageWith(answer.body['id']).attachments;
    expect(first?.url).not.toContain('?');
    expect(first).toMatchObject({
      filename: 'one_1.png',
      description: 'the alt text',
      width: 640,
      height: 480,
      inEmbed: true,
    });
    expect(answer.body['embeds']).toMatchObject([
      {
        type: 'rich',
        image: { url: expect.stringContaining(`${first?.url ?? ''}?ex=`) as unknown, width: 640, height: 480 },
      },
    ]);
    const served = await fetch(standIn.sign(second?.url ?? ''));
    expect(served.headers.get('content-type')).toBe('image/png');
    expect(new Uint8Array(await served.arrayBuffer())).toEqual(png(10, 20));
  });

  it('may be made spoilers and described by an edit that lists them', async () => {
    const created = await raw.call('POST', path, { content: 'x' }, { files: [{ name: 'a.png', bytes: png(1, 1) }] });
    const [file] = messageWith(created.body['id']).attachments;
    const edit = (extra: Record<string, unknown>) =>
      raw.patch(`${path}/${String(created.body['id'])}`, { attachments: [{ id: file?.id, ...extra }] });
    expect((await edit({ is_spoiler: true, description: 'a dot' })).body['attachments']).toMatchObject([
      { id: file?.id, flags: 8, description: 'a dot' },
    ]);
    const [again] = (await edit({ is_spoiler: false })).body['attachments'] as [Record<string, unknown>];
    expect(again).toMatchObject({ description: 'a dot' });
    expect(again).not.toHaveProperty('flags');
  });

  it('stay on an edit that lists them or has no list, and go from one that does not list them', async () => {
    const files = ['a.png', 'b.png'].map((name) => ({ name, bytes: png(1, 1) }));
    const created = await raw.call('POST', path, { content: 'x' }, { files });
    const message = messageWith(created.body['id']);
    const names = () => message.attachments.map(({ filename }) => filename);
    const [a] = message.attachments;
    await raw.patch(`${path}/${message.id}`, { content: 'y' });
    expect(names()).toEqual(['a.png', 'b.png']);
    await raw.call(
      'PATCH',
      `${path}/${message.id}`,
      { content: 'z' },
      { files: [{ name: 'c.png', bytes: png(1, 1) }] },
    );
    expect(names()).toEqual(['a.png', 'b.png', 'c.png']);
    const attachments = [{ id: a?.id, description: 'kept' }, { id: 0 }];
    const embeds = [{ image: { url: 'attachment://a.png' } }];
    await raw.call(
      'PATCH',
      `${path}/${message.id}`,
      { attachments, embeds },
      { files: [{ name: 'd.png', bytes: png(1, 1) }] },
    );
    expect(names()).toEqual(['a.png', 'd.png']);
    expect(message.attachments[0]).toMatchObject({ id: a?.id, description: 'kept', inEmbed: true });
    await raw.patch(`${path}/${message.id}`, { attachments: [] });
    expect(names()).toEqual([]);
    expect(message.versions.map((version) => version.attachments.length)).toEqual([2, 2, 3, 2, 0]);
  });

  it('are refused when doubled, unknown or not listed beside those that stay', async () => {
    const file = { name: 'a.png', bytes: png(1, 1) };
    const twice = await raw.call('POST', path, { attachments: [{ id: 0 }, { id: 0 }] }, { files: [file] });
    expect(faultAt(twice, 'attachments.1.id')).toBe('SET_TYPE_ALREADY_CONTAINS_VALUE');
    const unknown = await raw.post(path, { content: 'x', attachments: [{ id: '7' }] });
    expect(faultAt(unknown, 'attachments.0.id')).toBe('ATTACHMENT_NOT_FOUND');
    const created = await raw.call('POST', path, {}, { files: [file] });
    const message = messageWith(created.body['id']);
    const kept = [{ id: message.attachments[0]?.id }];
    const unlisted = await raw.call('PATCH', `${path}/${message.id}`, { attachments: kept }, { files: [file] });
    expect(faultAt(unlisted, 'attachments')).toBe('ATTACHMENT_NOT_LISTED');
    const misnamed = await raw.call('POST', path, {}, { files: [{ ...file, field: 'image' }] });
    expect(faultAt(misnamed, 'image')).toBe('UNKNOWN_FIELD');
  });

  it('are at most ten, of at most 10 MiB each, in a request of at most 25 MiB', async () => {
    const files = Array.from({ length: 11 }, (_, number) => ({ name: `${number}.png`, bytes: png(1, 1) }));
    expect(await raw.call('POST', path, {}, { files })).toMatchObject({ status: 400, body: { code: 30015 } });
    expect(await raw.call('POST', path, {}, { files: files.slice(0, 10) })).toMatchObject({ status: 200 });
    const mebibyte = 1024 * 1024;
    const heavy = [{ name: 'a.png', bytes: png(1, 1, 10 * mebibyte + 1) }];
    expect(await raw.call('POST', path, {}, { files: heavy })).toMatchObject({ status: 413, body: { code: 40005 } });
    const many = [1, 2, 3].map((number) => ({ name: `${number}.png`, bytes: png(1, 1, 9 * mebibyte) }));
    expect(await raw.call('POST', path, {}, { files: many })).toMatchObject({ status: 413, body: { code: 40005 } });
  });
});

describe('a message in a channel', () => {
  it('is posted once for one enforced nonce, within some minutes', async () => {
    const body = { content: 'once', nonce: 'job-1:2', enforce_nonce: true };
    const first = await raw.post(path, body);
    const again = await raw.post(path, { ...body, content: 'other' });
    expect(again.body).toMatchObject({ id: first.body['id'], content: 'once', nonce: 'job-1:2' });
    const elsewhere = await raw.post(`/channels/${standIn.channels.pictures.id}/messages`, body);
    expect(elsewhere.body['id']).toBe(first.body['id']);
    const unenforced = await raw.post(path, { ...body, enforce_nonce: false });
    expect(unenforced.body['id']).not.toBe(first.body['id']);
    time += 10 * 60_000;
    expect((await raw.post(path, body)).body['id']).not.toBe(first.body['id']);
  });

  it('can be edited and deleted by its author only', async () => {
    const message = standIn.say({ member: standIn.members.ben, channel: standIn.channels.general, content: 'mine' });
    expect(await raw.patch(`${path}/${message.id}`, { content: 'x' })).toMatchObject({
      status: 403,
      body: { code: 50005 },
    });
    expect(await raw.delete(`${path}/${message.id}`)).toMatchObject({ status: 403, body: { code: 50013 } });
    standIn.setBotPermissions(standIn.channels.general, { allow: ['ManageMessages'] });
    expect(await raw.delete(`${path}/${message.id}`)).toMatchObject({ status: 204 });
    expect(message.deleted).toBe(true);
    expect(await raw.get(`${path}/${message.id}`)).toMatchObject({ status: 404, body: { code: 10008 } });
  });

  it('takes few edits once it is an hour old', async () => {
    const { body } = await raw.post(path, { content: 'old' });
    time += 61 * 60_000;
    const edits = [];
    for (let count = 0; count < 4; count += 1)
      edits.push(await raw.patch(`${path}/${String(body['id'])}`, { content: `${count}` }));
    expect(edits.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(edits[3]?.body).toMatchObject({ code: 30046 });
  });

  it('is listed newest first, by before, after, around and limit', async () => {
    const channel = standIn.channels.pictures;
    const said = [1, 2, 3, 4, 5].map((n) => standIn.say({ member: standIn.members.ana, channel, content: `${n}` }));
    const list = async (query: string) => {
      const { list: listed } = await raw.get(`/channels/${channel.id}/messages${query}`);
      return listed.map(({ id }) => said.findIndex((message) => message.id === id) + 1).join('');
    };
    expect(await list('')).toBe('54321');
    expect(await list('?limit=2')).toBe('54');
    expect(await list(`?before=${said[2]?.id ?? ''}`)).toBe('21');
    expect(await list(`?after=${said[2]?.id ?? ''}&limit=1`)).toBe('4');
    expect(await list(`?around=${said[2]?.id ?? ''}&limit=3`)).toBe('432');
    expect((await raw.get(`/channels/${channel.id}/messages?limit=101`)).status).toBe(400);
  });

  it('pings whom its content names and its allowed mentions let through', async () => {
    const { ana, ben } = standIn.members;
    const role = standIn.addRole(standIn.guilds.home, { name: 'painters', mentionable: true });
    const content = `<@${ana.user.id}> <@!${ben.user.id}> <@&${role}> @everyone`;
    const pings = async (allowed: unknown) => {
      const { body } = await raw.post(path, { content, allowed_mentions: allowed });
      return messageWith(body['id']).pings;
    };
    expect(await pings(undefined)).toEqual({ users: [ana.user.id, ben.user.id], roles: [role], everyone: false });
    expect(await pings({ parse: [] })).toEqual({ users: [], roles: [], everyone: false });
    expect(await pings({ users: [ben.user.id] })).toEqual({ users: [ben.user.id], roles: [], everyone: false });
    standIn.setBotPermissions(standIn.channels.general, { allow: ['MentionEveryone'] });
    expect(await pings({ parse: ['everyone'] })).toEqual({ users: [], roles: [], everyone: true });
    const inEmbed = await raw.post(path, { embeds: [{ description: content }] });
    expect(messageWith(inEmbed.body['id']).pings).toEqual({ users: [], roles: [], everyone: false });
  });
});

describe('the permissions of the bot in a channel', () => {
  const image = [{ name: 'a.png', bytes: png(1, 1) }];

  it('decide what it may post, and what is refused changes nothing', async () => {
    const channel = standIn.addChannel(standIn.guilds.home, { name: 'strict' });
    const here = `/channels/${channel.id}/messages`;
    const embed = { embeds: [{ title: 'shown' }] };
    standIn.setBotPermissions(channel, { deny: ['AttachFiles', 'EmbedLinks'] });
    expect(await raw.call('POST', here, { content: 'x' }, { files: image })).toMatchObject({
      status: 403,
      body: { code: 50013 },
    });
    expect(await raw.post(here, embed)).toMatchObject({ status: 403, body: { code: 50013 } });
    expect((await raw.post(here, { content: 'x', ...embed })).body).toMatchObject({ content: 'x', embeds: [] });
    standIn.setBotPermissions(channel, { deny: ['SendMessages'] });
    expect(await raw.post(here, { content: 'x' })).toMatchObject({ status: 403, body: { code: 50013 } });
    standIn.setBotPermissions(channel, { deny: ['ReadMessageHistory'] });
    expect((await raw.get(here)).list).toEqual([]);
    standIn.setBotPermissions(channel, { deny: ['ViewChannel'] });
    expect(await raw.get(here)).toMatchObject({ status: 403, body: { code: 50001 } });
    expect(standIn.messages(channel)).toHaveLength(1);
    standIn.removeChannel(channel);
    expect(await raw.post(here, { content: 'x' })).toMatchObject({ status: 404, body: { code: 10003 } });
  });

  it('in a thread want Send Messages in Threads', async () => {
    const parent = standIn.addChannel(standIn.guilds.home, { name: 'parent' });
    const thread = standIn.addChannel(standIn.guilds.home, { name: 'thread', parent });
    standIn.setBotPermissions(parent, { deny: ['SendMessages'] });
    expect((await raw.post(`/channels/${thread.id}/messages`, { content: 'x' })).status).toBe(200);
    standIn.setBotPermissions(parent, { deny: ['SendMessagesInThreads'], allow: ['SendMessages'] });
    expect(await raw.post(`/channels/${thread.id}/messages`, { content: 'x' })).toMatchObject({
      status: 403,
      body: { code: 50013 },
    });
  });

  it('do not matter in a direct message, but whether it is open does', async () => {
    const { user } = standIn.members.ana;
    const opened = await raw.post('/users/@me/channels', { recipient_id: user.id });
    expect(opened.body).toMatchObject({ type: 1, recipients: [{ id: user.id }] });
    const there = `/channels/${String(opened.body['id'])}/messages`;
    expect((await raw.call('POST', there, { content: 'done' }, { files: image })).status).toBe(200);
    expect(standIn.directMessages(user).map(({ content }) => content)).toEqual(['done']);
    standIn.closeDms(user);
    expect(await raw.post(there, { content: 'x' })).toMatchObject({ status: 403, body: { code: 50007 } });
    expect(await raw.post('/users/@me/channels', { recipient_id: '1' })).toMatchObject({
      status: 404,
      body: { code: 10013 },
    });
  });
});
