import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscordStandIn, type DiscordStandIn, type Interaction } from '../../../playground/discord/stand-in.ts';
import { createRaw, faultAt, matching, png, type RawAnswer } from './raw.ts';

let standIn: DiscordStandIn;
let raw: ReturnType<typeof createRaw>;
let time: number;

const DAY = 86_400_000;
const IMAGES = ['.png', '.jpg', '.jpeg', '.webp'];
const picture = (name: string, extra: Record<string, unknown> = {}) => ({
  type: 11,
  name,
  description: 'A picture to start from',
  file_types: IMAGES,
  ...extra,
});
const paint = {
  name: 'paint',
  description: 'Paints',
  options: [{ type: 3, name: 'text', description: 'd', required: true }, picture('picture'), picture('picture2')],
};
const edit = { name: 'Edit with Paint', type: 3, name_localizations: { de: 'Mit Paint bearbeiten' } };

beforeEach(async () => {
  time = Date.now();
  standIn = await createDiscordStandIn({ token: 'the.token', rateLimits: false, now: () => time });
  raw = createRaw(standIn);
  await raw.call('PUT', `/applications/${standIn.bot.id}/commands`, [paint, edit]);
});

afterEach(() => standIn.close());

const file = (name: string, bytes: Uint8Array = png(640, 480)) => ({ name, bytes });
const command = (options: Record<string, string | { name: string; bytes: Uint8Array }>): Interaction =>
  standIn.command({
    member: standIn.members.ana,
    channel: standIn.channels.general,
    name: 'paint',
    options: { text: 'a fox', ...options },
  });
const callback = ({ id, token }: Interaction, body: unknown) =>
  raw.call('POST', `/interactions/${id}/${token}/callback`, body, { authorization: null });

interface ApiAttachment {
  id: string;
  url: string;
  proxy_url: string;
}

/** What an interaction resolved of files. */
function attachmentsOf({ payload }: Interaction): ApiAttachment[] {
  const data = payload['data'] as { resolved?: { attachments?: Record<string, ApiAttachment> } };
  return Object.values(data.resolved?.attachments ?? {});
}

/** The only file of a message. */
const fileOf = ({ body }: RawAnswer): ApiAttachment => (body['attachments'] as [ApiAttachment])[0];

/** Posts a message of the bot with one picture. */
const post = (extra: Record<string, unknown> = {}) =>
  raw.call('POST', path(), { content: 'x', ...extra }, { files: [{ name: 'a.png', bytes: png(3, 4) }] });
const path = () => `/channels/${standIn.channels.general.id}/messages`;

const gone = { status: 404, text: 'This content is no longer available.' };
async function read(url: string) {
  const response = await fetch(url);
  return { status: response.status, text: await response.text() };
}

describe('an option for a file', () => {
  it('carries the id of an attachment, with all that Discord says of it', async () => {
    const interaction = command({ picture: file('My photo.PNG') });
    const [attachment] = attachmentsOf(interaction);
    expect(interaction.payload['data']).toMatchObject({
      options: [
        { name: 'text', type: 3 },
        { name: 'picture', type: 11, value: attachment?.id },
      ],
    });
    expect(attachment).toEqual({
      id: matching(/^\d{17,19}$/),
      filename: 'My_photo.PNG',
      title: 'My photo',
      size: 64,
      content_type: 'image/png',
      width: 640,
      height: 480,
      ephemeral: true,
      url: matching(
        /^http:\/\/127\.0\.0\.1:\d+\/cdn\/ephemeral-attachments\/\d+\/\d+\/My_photo\.PNG\?ex=[\da-f]+&is=[\da-f]+&hm=[\da-f]{64}&$/,
      ),
      proxy_url: matching(/\/media\/ephemeral-attachments\//),
      content_scan_version: 0,
    });
    const served = await fetch(attachment?.url ?? '');
    expect([served.status, served.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(new Uint8Array(await served.arrayBuffer())).toEqual(png(640, 480));
  });

  it('is typed by its name, and measured by its bytes', () => {
    const said = (name: string, bytes: Uint8Array) => attachmentsOf(command({ picture: file(name, bytes) }))[0];
    expect(said('text.png', new TextEncoder().encode('no picture'.repeat(9)))).toMatchObject({
      content_type: 'image/png',
    });
    expect(said('text.png', new Uint8Array(64))).not.toHaveProperty('width');
    expect(said('really-a-png.jpg', png(5, 6))).toMatchObject({ content_type: 'image/jpeg', width: 5, height: 6 });
    const message = standIn.say({
      member: standIn.members.ana,
      channel: standIn.channels.general,
      files: [file('strange.xyz')],
    });
    expect(message.attachments[0]).toMatchObject({ contentType: null, width: 640 });
  });

  it('takes what its file types allow, and no more bytes than a person may send', () => {
    expect(() => command({ picture: file('clip.gif') })).toThrow('takes no file like clip.gif');
    expect(() => command({ picture: 'a picture' })).toThrow('wants a file');
    expect(() => command({ text: file('a.png') })).toThrow('takes no file');
    expect(() => command({ picture: file('a.png', new Uint8Array(10 * 1024 * 1024 + 1)) })).toThrow(
      'max file size of 10 MB',
    );
    expect(attachmentsOf(command({ picture: file('a.png', png(1, 1, 10 * 1024 * 1024)) }))).toMatchObject([
      { size: 10_485_760 },
    ]);
  });

  it('has file types that are a group or an extension, at most ten, and they come back in small letters', async () => {
    const at = `/applications/${standIn.bot.id}/commands`;
    const register = (fileTypes: unknown) =>
      raw.post(at, { ...paint, options: [picture('picture', { file_types: fileTypes })] });
    expect((await register(['image', '.PDF'])).body).toMatchObject({ options: [{ file_types: ['image', '.pdf'] }] });
    expect(faultAt(await register(['image', 'png']), 'options.0.file_types.1')).toBe('STRING_TYPE_REGEX');
    expect(faultAt(await register(['.tar.gz']), 'options.0.file_types.0')).toBe('STRING_TYPE_REGEX');
    expect(faultAt(await register([`.${'x'.repeat(16)}`]), 'options.0.file_types.0')).toBe('BASE_TYPE_MAX_LENGTH');
    const eleven = Array.from({ length: 11 }, (_, n) => `.a${n}`);
    expect(faultAt(await register(eleven), 'options.0.file_types')).toBe('BASE_TYPE_MAX_LENGTH');
    const inText = [{ type: 3, name: 'text', description: 'd', file_types: ['image'] }];
    expect((await raw.post(at, { ...paint, options: inText })).body['options']).toEqual([
      { type: 3, name: 'text', description: 'd', name_localizations: null, description_localizations: null },
    ]);
  });
});

describe('the address of a file', () => {
  it('is good for a day; then, or with anything changed in it, nothing is there', async () => {
    const { url, proxy_url: proxy } = fileOf(await post());
    const seconds = (name: string) => Number.parseInt(new URL(url).searchParams.get(name) ?? '', 16);
    expect(seconds('is')).toBe(Math.floor(time / 1000));
    expect(seconds('ex') - seconds('is')).toBe(DAY / 1000);
    expect(await read(url)).toMatchObject({ status: 200 });
    expect(await read(proxy)).toMatchObject({ status: 200 });
    for (const other of [
      url.split('?')[0] ?? '',
      url.replace(/ex=[\da-f]+/, `ex=${(seconds('ex') + 1).toString(16)}`),
      url.replace(/hm=./, (start) => (start === 'hm=0' ? 'hm=1' : 'hm=0')),
      url.replace('a.png', 'b.png'),
      url.replace('hm=', 'h='),
    ])
      expect(await read(other), other).toEqual(gone);
    time += DAY - 1000;
    expect(await read(url)).toMatchObject({ status: 200 });
    time += 2000;
    expect(await read(url)).toEqual(gone);
    expect(await read(proxy)).toEqual(gone);
  });

  it('is asked for by nobody in particular, and read only', async () => {
    const { url } = fileOf(await post());
    expect((await fetch(url, { method: 'HEAD' })).headers.get('content-length')).toBe('64');
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    const text = standIn.say({
      member: standIn.members.ana,
      channel: standIn.channels.general,
      files: [file('a.txt', new Uint8Array(40))],
    });
    expect((await read(standIn.sign(text.attachments[0]?.url ?? ''))).status).toBe(200);
    expect((await read(standIn.sign(text.attachments[0]?.proxyUrl ?? ''))).status).toBe(415);
  });

  it('is new whenever the message is read, also in embeds and where one was handed in bare', async () => {
    const posted = await post({
      embeds: [{ title: 'x', image: { url: 'attachment://a.png' }, footer: { text: 'f' } }],
    });
    const [embed] = posted.body['embeds'] as [{ image: { url: string; proxy_url: string } }];
    expect(await read(embed.image.url)).toMatchObject({ status: 200 });
    const bare = embed.image.url.split('?')[0];
    const second = await raw.post(path(), { embeds: [{ thumbnail: { url: bare } }] });
    time += DAY + 1000;
    expect(await read(embed.image.url)).toEqual(gone);
    const again = await raw.get(`${path()}/${String(posted.body['id'])}`);
    const [fresh] = again.body['embeds'] as [{ image: { url: string } }];
    expect(fresh.image.url).not.toBe(embed.image.url);
    expect(await read(fresh.image.url)).toMatchObject({ status: 200 });
    const [other] = (await raw.get(`${path()}/${String(second.body['id'])}`)).body['embeds'] as [
      { thumbnail: { url: string } },
    ];
    expect(await read(other.thumbnail.url)).toMatchObject({ status: 200 });
  });

  it('of an upload is not renewed, wherever it stands', async () => {
    const [attachment] = attachmentsOf(command({ picture: file('a.png') }));
    const { body } = await raw.post(path(), { embeds: [{ title: 'x', thumbnail: { url: attachment?.url } }] });
    time += 5000;
    const again = await raw.get(`${path()}/${String(body['id'])}`);
    expect(again.body['embeds']).toMatchObject([{ thumbnail: { url: attachment?.url } }]);
  });

  it('ends with the message, with the file of it, or when a test says so', async () => {
    const first = await post();
    const { url } = fileOf(first);
    await raw.delete(`${path()}/${String(first.body['id'])}`);
    expect(await read(url)).toEqual(gone);

    const second = await post();
    await raw.patch(`${path()}/${String(second.body['id'])}`, { attachments: [] });
    expect(await read(fileOf(second).url)).toEqual(gone);

    const third = await post();
    standIn.expireAddresses();
    expect(await read(fileOf(third).url)).toEqual(gone);
    expect(await read(fileOf(await raw.get(`${path()}/${String(third.body['id'])}`)).url)).toMatchObject({
      status: 200,
    });
  });

  it('lives as long as it is set up to', async () => {
    await using other = await closing(createDiscordStandIn({ token: 'other', addressLifeMs: 60_000, now: () => time }));
    const message = other.say({ member: other.members.ana, channel: other.channels.general, files: [file('a.png')] });
    const url = other.sign(message.attachments[0]?.url ?? '');
    time += 59_000;
    expect(await read(url)).toMatchObject({ status: 200 });
    time += 2000;
    expect(await read(url)).toEqual(gone);
  });
});

/** A stand-in that ends with the test. */
async function closing(made: Promise<DiscordStandIn>) {
  const other = await made;
  return { ...other, [Symbol.asyncDispose]: () => other.close() };
}

describe('what others wrote', () => {
  const of = (message: { id: string }) => raw.get(`${path()}/${message.id}`);

  it('is shown empty to an application without the message content intent, unless it is mentioned', async () => {
    const { ana } = standIn.members;
    const channel = standIn.channels.general;
    const message = standIn.say({
      member: ana,
      channel,
      content: 'look',
      files: [file('a.png')],
      embeds: [{ title: 'a link', image: { url: 'https://example.com/a.png' } }],
    });
    expect((await of(message)).body).toMatchObject({ content: '', attachments: [], embeds: [], components: [] });
    expect((await raw.get(path())).list[0]).toMatchObject({ id: message.id, content: '', attachments: [] });
    const asked = standIn.say({ member: ana, channel, content: `<@${standIn.bot.id}> look`, files: [file('a.png')] });
    expect((await of(asked)).body).toMatchObject({
      content: matching(/look/),
      attachments: [{ filename: 'a.png' }],
      mentions: [{ id: standIn.bot.id }],
    });
    const direct = standIn.directMessageWith(ana);
    const told = standIn.say({ member: ana.user, channel: direct, content: 'psst', files: [file('a.png')] });
    expect((await raw.get(`/channels/${direct.id}/messages/${told.id}`)).body).toMatchObject({
      content: 'psst',
      attachments: [{ filename: 'a.png' }],
    });
  });

  it('can be sent by who may send it: ten files, none too large, in channels where it is allowed', () => {
    const { ana, stranger } = standIn.members;
    const channel = standIn.channels.general;
    const files = (count: number) => Array.from({ length: count }, (_, n) => file(`${n}.png`));
    expect(standIn.say({ member: ana, channel, files: files(10) }).attachments).toHaveLength(10);
    expect(() => standIn.say({ member: ana, channel, files: files(11) })).toThrow('Maximum number of attachments');
    expect(() => standIn.say({ member: ana, channel, files: [file('a.png', new Uint8Array(11e6))] })).toThrow('10 MB');
    expect(() => standIn.say({ member: stranger, channel, content: 'x' })).toThrow('no member of');
    expect(() => standIn.say({ member: ana, channel })).toThrow('empty message');
  });
});

describe('a command on a message', () => {
  const use = (message: Parameters<DiscordStandIn['deleteMessage']>[0], member = standIn.members.ana) =>
    standIn.messageCommand({ member, message, name: 'Edit with Paint' });

  it('carries the whole message, whoever wrote it', async () => {
    const message = standIn.say({
      member: standIn.members.ben,
      channel: standIn.channels.general,
      content: 'my dog',
      files: [file('dog.jpg'), file('cat.png')],
      embeds: [{ title: 'a link' }],
    });
    const interaction = use(message);
    expect(interaction.payload).toMatchObject({
      type: 2,
      data: {
        id: standIn.commands()[1]?.id,
        name: 'Edit with Paint',
        type: 3,
        target_id: message.id,
        resolved: {
          messages: {
            [message.id]: {
              id: message.id,
              author: { id: standIn.members.ben.user.id },
              content: 'my dog',
              attachments: [{ filename: 'dog.jpg', width: 640 }, { filename: 'cat.png' }],
              embeds: [{ title: 'a link' }],
            },
          },
        },
      },
    });
    expect(interaction.payload).not.toHaveProperty('data.options');
    const data = interaction.payload['data'] as {
      resolved: { messages: Record<string, { attachments: ApiAttachment[] }> };
    };
    expect(await read(data.resolved.messages[message.id]?.attachments[0]?.url ?? '')).toMatchObject({ status: 200 });

    await callback(interaction, { type: 4, data: { content: 'edited' } });
    expect(await raw.get(`/webhooks/${standIn.bot.id}/${interaction.token}/messages/@original`)).toMatchObject({
      body: {
        type: 23,
        interaction_metadata: { target_message_id: message.id },
        message_reference: { message_id: message.id },
      },
    });
  });

  it('is offered to people there, on messages that are there for all', async () => {
    const channel = standIn.channels.general;
    const message = standIn.say({ member: standIn.members.ben, channel, files: [file('a.png')] });
    expect(() => use(message, standIn.members.stranger)).toThrow('no member of');
    expect(() => standIn.messageCommand({ member: standIn.members.ana, message, name: 'Other' })).toThrow(
      'No command "Other"',
    );
    standIn.deleteMessage(message);
    expect(() => use(message)).toThrow('no menu');
    const interaction = command({});
    await callback(interaction, { type: 4, data: { content: 'only you', flags: 64 } });
    const { original } = interaction;
    expect(() => original && use(original)).toThrow('no menu');
  });

  it('has a name and nothing more, of which there are at most fifteen beside a hundred slash commands', async () => {
    const at = `/applications/${standIn.bot.id}/commands`;
    const named = (count: number, extra: Record<string, unknown> = {}) =>
      Array.from({ length: count }, (_, n) => ({ name: `Do ${n}`, type: 3, ...extra }));
    expect((await raw.get(`${at}?with_localizations=true`)).list[1]).toMatchObject({
      name: 'Edit with Paint',
      type: 3,
      description: '',
      name_localizations: { de: 'Mit Paint bearbeiten' },
    });
    const [described, optioned, long, foreign] = await Promise.all([
      raw.post(at, { ...edit, description: 'd' }),
      raw.post(at, { ...edit, options: [picture('picture')] }),
      raw.post(at, { ...edit, name_localizations: { de: 'x'.repeat(33) } }),
      raw.post(at, { ...edit, name_localizations: { xx: 'x' } }),
    ]);
    expect(faultAt(described, 'description')).toBe('APPLICATION_COMMAND_DESCRIPTION_INVALID');
    expect(faultAt(optioned, 'options')).toBe('APPLICATION_COMMAND_OPTIONS_INVALID');
    expect(faultAt(long, 'name_localizations.de')).toBe('BASE_TYPE_MAX_LENGTH');
    expect(faultAt(foreign, 'name_localizations.xx')).toBe('BASE_TYPE_CHOICES');
    const slash = Array.from({ length: 100 }, (_, n) => ({ ...paint, name: `p${n}`, options: [] }));
    expect((await raw.call('PUT', at, [...named(15), ...named(15, { type: 2 }), ...slash])).status).toBe(200);
    expect(await raw.call('PUT', at, named(16))).toMatchObject({ status: 400, body: { code: 30032 } });
    expect(await raw.call('PUT', at, [...slash, paint])).toMatchObject({ status: 400, body: { code: 30032 } });
  });
});

describe('a modal that takes files', () => {
  const label = (component: Record<string, unknown>, extra: Record<string, unknown> = {}) => ({
    type: 18,
    label: 'A label',
    component,
    ...extra,
  });
  const upload = (extra: Record<string, unknown> = {}) =>
    label({ type: 19, custom_id: 'files', max_values: 10, file_types: IMAGES, ...extra });
  const select = (extra: Record<string, unknown> = {}) =>
    label({
      type: 3,
      custom_id: 'count',
      options: ['1', '2', '3'].map((value) => ({ label: value, value })),
      ...extra,
    });
  const text = (extra: Record<string, unknown> = {}) =>
    label({ type: 4, custom_id: 'prompt', style: 2, max_length: 100, ...extra });
  const modal = (...components: unknown[]) => ({ type: 9, data: { custom_id: 'edit:1', title: 'Edit', components } });

  async function opened(...components: unknown[]): Promise<Interaction> {
    const interaction = command({});
    expect(await callback(interaction, modal(...components))).toMatchObject({ status: 204 });
    return interaction;
  }

  it('is submitted with text, what was selected, and files that are resolved', async () => {
    const interaction = await opened(text(), select(), upload());
    const submitted = standIn.submitModal({
      interaction,
      values: { prompt: 'a cat', count: ['2'], files: [file('a.png'), file('b.webp')] },
    });
    const [first, second] = attachmentsOf(submitted);
    expect(submitted.payload).toMatchObject({
      type: 5,
      data: {
        custom_id: 'edit:1',
        components: [
          { type: 18, id: 1, component: { type: 4, custom_id: 'prompt', value: 'a cat' } },
          { type: 18, component: { type: 3, custom_id: 'count', values: ['2'] } },
          { type: 18, component: { type: 19, custom_id: 'files', values: [first?.id, second?.id] } },
        ],
        resolved: {
          attachments: {
            [first?.id ?? '']: { filename: 'a.png', ephemeral: true, width: 640, content_type: 'image/png' },
          },
        },
      },
    });
    expect(await read(second?.url ?? '')).toMatchObject({ status: 200 });
  });

  it('sends nothing that the form does not allow', async () => {
    const needed = await opened(upload({ min_values: 2, max_values: 3 }), select());
    const give = (interaction: Interaction, values: Parameters<DiscordStandIn['submitModal']>[0]['values']) => () =>
      standIn.submitModal({ interaction, values });
    const three = [file('a.png'), file('b.png'), file('c.png')];
    expect(give(needed, { count: ['1'] })).toThrow('wants 2 to 3 files');
    expect(give(needed, { count: ['1'], files: [...three, file('d.png')] })).toThrow('wants 2 to 3 files');
    expect(give(needed, { count: ['1'], files: [file('a.png'), file('b.gif')] })).toThrow('no file like b.gif');
    expect(give(needed, { count: ['1'], files: ['a', 'b'] })).toThrow('takes files');
    expect(give(needed, { files: three })).toThrow('wants 1 to 1 values');
    expect(give(needed, { files: three, count: ['4'] })).toThrow('no such option');
    expect(give(needed, { files: three, count: ['1'], other: 'x' })).toThrow('no input "other"');
    const optional = await opened(upload({ required: false }), select({ required: false }));
    const data = standIn.submitModal({ interaction: optional, values: {} }).payload['data'];
    expect(data).toMatchObject({ components: [{ component: { values: [] } }, { component: { values: [] } }] });
    expect(data).not.toHaveProperty('resolved');
  });

  it.each([
    ['an upload of eleven files', () => [upload({ max_values: 11 })], 'component.max_values', 'NUMBER_TYPE_MAX'],
    ['an upload of no files', () => [upload({ max_values: 0 })], 'component.max_values', 'NUMBER_TYPE_MIN'],
    [
      'an upload of at least more than at most',
      () => [upload({ min_values: 4, max_values: 3 })],
      'component.max_values',
      'FILE_UPLOAD_COMPONENT_BAD_VALUES',
    ],
    [
      'an upload that is required and may be empty',
      () => [upload({ min_values: 0 })],
      'component.min_values',
      'NUMBER_TYPE_MIN',
    ],
    [
      'a file type that is none',
      () => [upload({ file_types: ['images'] })],
      'component.file_types.0',
      'STRING_TYPE_REGEX',
    ],
    ['an upload without a custom id', () => [upload({ custom_id: '' })], 'component.custom_id', 'BASE_TYPE_REQUIRED'],
    ['an upload without a label', () => [upload().component], 'type', 'UNION_TYPE_CHOICES'],
    ['a label of 46 characters', () => [{ ...upload(), label: 'l'.repeat(46) }], 'label', 'BASE_TYPE_MAX_LENGTH'],
    [
      'a description of 101 characters',
      () => [{ ...upload(), description: 'd'.repeat(101) }],
      'description',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a button in a label',
      () => [label({ type: 2, custom_id: 'b', style: 1 })],
      'component.type',
      'UNION_TYPE_CHOICES',
    ],
    ['a select of no options', () => [select({ options: [] })], 'component.options', 'BASE_TYPE_MIN_LENGTH'],
    ['a disabled select', () => [select({ disabled: true })], 'component.disabled', 'MODAL_COMPONENT_DISABLED'],
    [
      'a select of more than it has',
      () => [select({ max_values: 4 })],
      'component.max_values',
      'SELECT_COMPONENT_BAD_VALUES',
    ],
    [
      'two defaults where one is taken',
      () => [select({ options: ['1', '2'].map((value) => ({ label: value, value, default: true })) })],
      'component.options',
      'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES',
    ],
    [
      'a value above its own length',
      () => [text({ value: 'x'.repeat(101) })],
      'component.value',
      'BASE_TYPE_MAX_LENGTH',
    ],
  ])('with %s is not opened', async (_what, components, place, code) => {
    const interaction = command({});
    const answer = await callback(interaction, modal(...components()));
    expect(answer.status).toBe(400);
    expect(faultAt(answer, `data.components.0.${place}`)).toBe(code);
    expect(interaction.modal).toBeNull();
  });

  it('with a custom id twice, or six parts, is not opened', async () => {
    const twice = await callback(command({}), modal(upload(), upload()));
    expect(faultAt(twice, 'data.components.1.component.custom_id')).toBe('COMPONENT_CUSTOM_ID_DUPLICATED');
    const six = Array.from({ length: 6 }, (_, n) => text({ custom_id: `p${n}` }));
    expect(faultAt(await callback(command({}), modal(...six)), 'data.components')).toBe('BASE_TYPE_BAD_LENGTH');
  });
});
