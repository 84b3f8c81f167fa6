import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscordStandIn, type DiscordStandIn, type Interaction } from '../../../playground/discord/stand-in.ts';
import { connectRaw, createRaw, faultAt, matching, png } from './raw.ts';

let standIn: DiscordStandIn;
let raw: ReturnType<typeof createRaw>;
let time: number;

const paint = {
  name: 'paint',
  description: 'Paints',
  options: [
    { type: 3, name: 'text', description: 'd', required: true, max_length: 20, autocomplete: true },
    { type: 4, name: 'count', description: 'd', min_value: 1, max_value: 15 },
    { type: 3, name: 'size', description: 'd', choices: [{ name: 'Small', value: 's' }] },
    { type: 6, name: 'whose', description: 'd' },
  ],
};
const limits = {
  name: 'limits',
  description: 'Limits',
  default_member_permissions: '32',
  options: [{ type: 1, name: 'set', description: 'd', options: [{ type: 4, name: 'daily', description: 'd' }] }],
};

beforeEach(async () => {
  time = Date.now();
  standIn = await createDiscordStandIn({ token: 'the.token', rateLimits: false, now: () => time, identifyWindowMs: 0 });
  raw = createRaw(standIn);
  await raw.call('PUT', `/applications/${standIn.bot.id}/commands`, [paint, limits]);
});

afterEach(() => standIn.close());

const send = (): Interaction =>
  standIn.command({
    member: standIn.members.ana,
    channel: standIn.channels.general,
    name: 'paint',
    options: { text: 'a fox' },
  });
const callback = ({ id, token }: Interaction, body: unknown, query = '') =>
  raw.call('POST', `/interactions/${id}/${token}/callback${query}`, body, { authorization: null });
const webhook = ({ token }: Interaction) => `/webhooks/${standIn.bot.id}/${token}`;
const original = (interaction: Interaction) => `${webhook(interaction)}/messages/@original`;
const row = (...components: unknown[]) => ({ type: 1, components });
const button = (customId: string, extra: Record<string, unknown> = {}) => ({
  type: 2,
  style: 1,
  label: 'Press',
  custom_id: customId,
  ...extra,
});

describe('the event of a command', () => {
  it('carries all that Discord sends', async () => {
    const { ana, ben } = standIn.members;
    const client = await connectRaw(standIn);
    client.identify();
    await client.event('READY');
    const { thread } = standIn.channels;
    standIn.command({
      member: ana,
      channel: thread,
      name: 'paint',
      options: { text: 'a fox', count: 3, whose: ben.user.id },
    });
    const { d } = await client.event('INTERACTION_CREATE');
    expect(d).toMatchObject({
      id: matching(/^\d{17,19}$/),
      type: 2,
      version: 1,
      application_id: standIn.bot.id,
      guild_id: standIn.guilds.home.id,
      channel_id: thread.id,
      channel: { id: thread.id, type: 11, parent_id: standIn.channels.pictures.id },
      guild: { id: standIn.guilds.home.id, locale: 'en-US' },
      locale: 'en-US',
      guild_locale: 'en-US',
      context: 0,
      attachment_size_limit: 10_485_760,
      authorizing_integration_owners: { '0': standIn.guilds.home.id },
      entitlements: [],
      app_permissions: matching(/^\d+$/),
      member: { user: { id: ana.user.id }, permissions: matching(/^\d+$/) },
      data: {
        id: standIn.commands()[0]?.id,
        name: 'paint',
        type: 1,
        options: [
          { name: 'text', type: 3, value: 'a fox' },
          { name: 'count', type: 4, value: 3 },
          { name: 'whose', type: 6, value: ben.user.id },
        ],
        resolved: { users: { [ben.user.id]: { username: 'ben' } } },
      },
    });
  });

  it('is sent only for what Discord lets the member type', () => {
    const { ana, admin, stranger } = standIn.members;
    const channel = standIn.channels.general;
    const type = (options: Record<string, string | number | boolean>) => () =>
      standIn.command({ member: ana, channel, name: 'paint', options });
    expect(type({})).toThrow('needs the option "text"');
    expect(type({ text: 'x'.repeat(21) })).toThrow('at most 20 characters');
    expect(type({ text: 'x', count: 16 })).toThrow('at most 15');
    expect(type({ text: 'x', count: 1.5 })).toThrow('wants a number');
    expect(type({ text: 'x', size: 'Small' })).toThrow('none of its choices');
    expect(type({ text: 'x', colour: 'red' })).toThrow('no option "colour"');
    expect(() => standIn.command({ member: ana, channel, name: 'draw' })).toThrow('No command /draw');
    expect(() => standIn.command({ member: stranger, channel, name: 'paint' })).toThrow('no member of');
    expect(() => standIn.command({ member: ana, channel, name: 'limits set' })).toThrow('not offered to ana');
    expect(() => standIn.command({ member: admin, channel, name: 'limits' })).toThrow('needs a subcommand');
    const set = standIn.command({ member: admin, channel, name: 'limits set', options: { daily: 5 } });
    expect(set.payload['data']).toMatchObject({
      options: [{ name: 'set', type: 1, options: [{ name: 'daily', value: 5 }] }],
    });
  });
});

describe('answering an interaction', () => {
  it('is possible once, within three seconds, to who knows its token', async () => {
    const interaction = send();
    const stranger = await raw.post(`/interactions/${interaction.id}/wrong/callback`, { type: 5 });
    expect(stranger).toMatchObject({ status: 404, body: { code: 10062 } });
    time += 2500;
    expect(await callback(interaction, { type: 5 })).toMatchObject({ status: 204 });
    expect(interaction.acknowledgement).toMatchObject({ type: 5, afterMs: 2500 });
    expect(await callback(interaction, { type: 5 })).toMatchObject({ status: 400, body: { code: 40060 } });
    const late = send();
    time += 3001;
    expect(await callback(late, { type: 5 })).toMatchObject({ status: 404, body: { code: 10062 } });
    expect(late.acknowledgement).toBeNull();
  });

  it('with a bad form leaves it unanswered', async () => {
    const interaction = send();
    const answer = await callback(interaction, { type: 4, data: { content: 'x'.repeat(2001) } });
    expect(faultAt(answer, 'data.content')).toBe('BASE_TYPE_MAX_LENGTH');
    expect(await callback(interaction, { type: 4, data: { content: 'x' } })).toMatchObject({ status: 204 });
  });

  it('by a deferral takes the ephemeral flag and nothing else', async () => {
    for (const data of [{ content: 'x' }, { flags: 1 << 15 }, { flags: 64, embeds: [{ title: 'x' }] }]) {
      expect((await callback(send(), { type: 5, data })).body).toMatchObject({ code: 50035 });
    }
    const interaction = send();
    await callback(interaction, { type: 5, data: { flags: 64 } });
    expect(interaction.original).toMatchObject({ flags: 64 | 128, visibleTo: standIn.members.ana.user });
  });

  it('tells of the message on request, but a deferral gives its id only', async () => {
    const { body } = await callback(send(), { type: 4, data: { content: 'x' } }, '?with_response=true');
    expect(body).toMatchObject({
      interaction: { type: 2, response_message_loading: false, response_message_ephemeral: false },
      resource: { type: 4, message: { content: 'x', type: 20 } },
    });
    const interaction = send();
    const deferred = await callback(interaction, { type: 5 }, '?with_response=true');
    expect(deferred.body).toMatchObject({
      interaction: { response_message_id: interaction.original?.id, response_message_loading: true },
    });
    expect(deferred.body['resource']).toEqual({ type: 5 });
  });

  it('with a type that does not fit is refused: updates of commands, choices, modals of modals', async () => {
    for (const type of [6, 7, 8, 1, 99]) {
      expect((await callback(send(), { type, data: { choices: [] } })).body).toMatchObject({ code: 50035 });
    }
  });
});

describe('the token of an interaction', () => {
  it('edits, reads and deletes the response, and forgets it then', async () => {
    const interaction = send();
    await callback(interaction, { type: 5 });
    const files = [{ name: 'a.png', bytes: png(3, 4) }];
    const edited = await raw.call('PATCH', original(interaction), { content: 'done' }, { files, authorization: null });
    expect(edited.body).toMatchObject({ content: 'done', flags: 0, attachments: [{ width: 3 }] });
    expect((await raw.get(`${webhook(interaction)}/messages/%40original`)).body).toMatchObject({
      id: interaction.original?.id,
    });
    expect((await raw.delete(original(interaction))).status).toBe(204);
    for (const answer of [
      await raw.get(original(interaction)),
      await raw.patch(original(interaction), { content: 'x' }),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { code: 10008 } });
    }
  });

  it('works after the answer only, for its own application, for fifteen minutes', async () => {
    const interaction = send();
    expect(await raw.post(webhook(interaction), { content: 'x' })).toMatchObject({
      status: 404,
      body: { code: 10015 },
    });
    await callback(interaction, { type: 5 });
    expect(await raw.post(`/webhooks/1/${interaction.token}`, { content: 'x' })).toMatchObject({
      status: 404,
      body: { code: 10015 },
    });
    expect(await raw.post(`/webhooks/${standIn.bot.id}/wrong`, { content: 'x' })).toMatchObject({
      status: 401,
      body: { code: 50027 },
    });
    time += 15 * 60_000 - 1;
    expect((await raw.patch(original(interaction), { content: 'x' })).status).toBe(200);
    time += 1;
    expect(await raw.patch(original(interaction), { content: 'y' })).toMatchObject({
      status: 401,
      body: { code: 50027 },
    });
    const other = send();
    await callback(other, { type: 5 });
    standIn.expireTokens();
    expect(await raw.patch(original(other), { content: 'x' })).toMatchObject({ status: 401, body: { code: 50027 } });
  });

  it('turns the first follow-up of a deferral into its edit, and the next into a message', async () => {
    const interaction = send();
    await callback(interaction, { type: 5 });
    const first = await raw.post(webhook(interaction), { content: 'first', flags: 64 });
    expect(first.body['id']).toBe(interaction.original?.id);
    expect(interaction.original).toMatchObject({ content: 'first', visibleTo: null });
    const second = await raw.post(webhook(interaction), { content: 'second', flags: 64 });
    expect(interaction.followUps).toMatchObject([{ id: second.body['id'], visibleTo: standIn.members.ana.user }]);
    const { general } = standIn.channels;
    const seenBy = (member: Parameters<typeof standIn.messages>[1]) =>
      standIn.messages(general, member).map(({ content }) => content);
    expect(seenBy({ as: standIn.members.ana })).toEqual(['first', 'second']);
    expect(seenBy({ as: standIn.members.ben })).toEqual(['first']);
    await raw.patch(`${webhook(interaction)}/messages/${String(second.body['id'])}`, { content: 'changed' });
    expect(interaction.followUps[0]).toMatchObject({
      content: 'changed',
      versions: [{ content: 'second' }, { content: 'changed' }],
    });
  });

  it('makes a new message once the deferred one is deleted', async () => {
    const interaction = send();
    await callback(interaction, { type: 5 });
    await raw.delete(original(interaction));
    const { body } = await raw.post(webhook(interaction), { content: 'private', flags: 64 });
    expect(body).toMatchObject({ flags: 64 });
    expect(interaction.original?.deleted).toBe(true);
  });

  it('reaches no message of another interaction, and the bot token reaches no ephemeral one', async () => {
    const [mine, other] = [send(), send()];
    await callback(mine, { type: 4, data: { content: 'mine', flags: 64 } });
    await callback(other, { type: 4, data: { content: 'other' } });
    const foreign = `${webhook(mine)}/messages/${other.original?.id ?? ''}`;
    expect(await raw.patch(foreign, { content: 'x' })).toMatchObject({ status: 404, body: { code: 10008 } });
    const inChannel = (interaction: Interaction) =>
      `/channels/${interaction.channel.id}/messages/${interaction.original?.id ?? ''}`;
    expect(await raw.patch(inChannel(mine), { content: 'x' })).toMatchObject({ status: 404, body: { code: 10008 } });
    expect(await raw.patch(inChannel(other), { content: 'x' })).toMatchObject({ status: 200 });
  });

  it('holds a file to the limit that the interaction named', async () => {
    const interaction = send();
    await callback(interaction, { type: 5 });
    const files = [{ name: 'a.png', bytes: png(1, 1, 10 * 1024 * 1024 + 1) }];
    expect(await raw.call('PATCH', original(interaction), {}, { files })).toMatchObject({
      status: 413,
      body: { code: 40005 },
    });
  });

  it('stands in no log and no event', async () => {
    const events: string[] = [];
    standIn.on((event) => {
      events.push(JSON.stringify(event));
    });
    const interaction = send();
    await callback(interaction, { type: 5 });
    await raw.patch(original(interaction), { content: 'x' });
    const written = JSON.stringify(standIn.requests) + events.join('');
    expect(written).not.toContain(interaction.token);
    expect(written).not.toContain(standIn.token);
    expect(standIn.requests.at(-1)).toMatchObject({
      method: 'PATCH',
      path: `/webhooks/${standIn.bot.id}/~${interaction.id}/messages/@original`,
      status: 200,
    });
    expect(events.some((event) => event.includes('"type":"interaction"'))).toBe(true);
  });
});

describe('components', () => {
  async function posted(components: unknown[]) {
    const interaction = send();
    const files = [{ name: 'a.png', bytes: png(1, 1) }];
    await callback(interaction, { type: 5 });
    await raw.call('PATCH', original(interaction), { content: 'x', components }, { files });
    if (!interaction.original) throw new Error('no response');
    return { interaction, message: interaction.original };
  }

  it('can be used where they are shown, unless they are disabled', async () => {
    const { message } = await posted([row(button('a'), button('b', { disabled: true }))]);
    const { ben } = standIn.members;
    expect(() => standIn.press({ member: ben, message, customId: 'c' })).toThrow('no component "c"');
    expect(() => standIn.press({ member: ben, message, customId: 'b' })).toThrow('disabled');
    const press = standIn.press({ member: ben, message, customId: 'a' });
    expect(press.payload).toMatchObject({
      type: 3,
      data: { custom_id: 'a', component_type: 2 },
      message: { id: message.id, components: [{ components: [{ custom_id: 'a' }, { disabled: true }] }] },
    });
    standIn.deleteMessage(message);
    expect(() => standIn.press({ member: ben, message, customId: 'a' })).toThrow('deleted');
  });

  it('under a message for one person can be used by that person only', async () => {
    const interaction = send();
    await callback(interaction, { type: 4, data: { content: 'x', flags: 64, components: [row(button('a'))] } });
    const message = interaction.original;
    if (!message) throw new Error('no response');
    expect(() => standIn.press({ member: standIn.members.ben, message, customId: 'a' })).toThrow('does not see');
    expect(standIn.press({ member: standIn.members.ana, message, customId: 'a' }).source).toBe(message);
  });

  it('update their message: by PATCH files stay, by a type 7 response they go unless listed', async () => {
    const { message } = await posted([row(button('a'))]);
    const press = standIn.press({ member: standIn.members.ben, message, customId: 'a' });
    await callback(press, { type: 6 });
    await raw.patch(original(press), { content: 'patched' });
    expect(message).toMatchObject({ content: 'patched', attachments: [{ filename: 'a.png' }] });
    const again = standIn.press({ member: standIn.members.ben, message, customId: 'a' });
    const kept = message.attachments.map(({ id }) => ({ id }));
    await callback(again, { type: 7, data: { content: 'kept', attachments: kept } });
    expect(message.attachments).toHaveLength(1);
    const third = standIn.press({ member: standIn.members.ben, message, customId: 'a' });
    await callback(third, { type: 7, data: { content: 'gone' } });
    expect(message).toMatchObject({ content: 'gone', attachments: [] });
    expect(third.original).toBe(message);
  });

  it('that are select menus give values that they have', async () => {
    const options = ['one', 'two'].map((value) => ({ label: value, value }));
    const { message } = await posted([row({ type: 3, custom_id: 'menu', options })]);
    const { ana: member } = standIn.members;
    expect(() => standIn.select({ member, message, customId: 'menu', values: ['three'] })).toThrow('no such option');
    expect(() => standIn.select({ member, message, customId: 'menu', values: ['one', 'two'] })).toThrow('wants 1 to 1');
    expect(standIn.select({ member, message, customId: 'menu', values: ['two'] }).payload['data']).toMatchObject({
      values: ['two'],
    });
  });

  it('open modals, which are checked and can be submitted', async () => {
    const input = (customId: string) => ({ type: 4, custom_id: customId, style: 1, label: 'Text', min_length: 3 });
    const modal = (components: unknown[]) => ({ type: 9, data: { custom_id: 'edit', title: 'Edit', components } });
    const { message } = await posted([row(button('a'))]);
    const press = standIn.press({ member: standIn.members.ana, message, customId: 'a' });
    const twice = await callback(press, modal([row(input('t')), row(input('t'))]));
    expect(faultAt(twice, 'data.components.1.components.0.custom_id')).toBe('COMPONENT_CUSTOM_ID_DUPLICATED');
    const six = await callback(press, modal([1, 2, 3, 4, 5, 6].map((n) => row(input(`t${n}`)))));
    expect(faultAt(six, 'data.components')).toBe('BASE_TYPE_BAD_LENGTH');
    expect((await callback(press, modal([row(input('t'))]))).status).toBe(204);
    expect(() => standIn.submitModal({ interaction: press, values: { t: 'x' } })).toThrow('at least 3');
    const submitted = standIn.submitModal({ interaction: press, values: { t: 'a new text' } });
    expect(submitted.payload).toMatchObject({
      type: 5,
      message: { id: message.id },
      data: {
        custom_id: 'edit',
        components: [{ type: 1, components: [{ type: 4, custom_id: 't', value: 'a new text' }] }],
      },
    });
    expect((await callback(submitted, modal([row(input('t'))]))).body).toMatchObject({ code: 50035 });
    expect((await callback(submitted, { type: 4, data: { content: 'ok' } })).status).toBe(204);
  });
});

describe('autocomplete', () => {
  it('takes up to 25 choices of the type of its option', async () => {
    const ask = () =>
      standIn.autocomplete({
        member: standIn.members.ana,
        channel: standIn.channels.general,
        name: 'paint',
        focused: 'text',
        options: { text: 'fo' },
      });
    const choices = (count: number, value: unknown = 'v') => ({
      type: 8,
      data: { choices: Array.from({ length: count }, (_, n) => ({ name: `n${n}`, value })) },
    });
    const asked = ask();
    expect(asked.payload).toMatchObject({ type: 4, data: { options: [{ name: 'text', value: 'fo', focused: true }] } });
    expect((await callback(asked, choices(26))).body).toMatchObject({ code: 50035 });
    expect(faultAt(await callback(asked, choices(1, 5)), 'data.choices.0.value')).toBe('NUMBER_TYPE_COERCE');
    expect((await callback(asked, choices(25))).status).toBe(204);
    expect(asked.choices).toHaveLength(25);
    expect((await callback(ask(), { type: 4, data: { content: 'x' } })).body).toMatchObject({ code: 50035 });
  });
});

describe('what is not done by people', () => {
  it('is a replayed event, the same again, and a forged one', async () => {
    const client = await connectRaw(standIn);
    client.identify();
    await client.event('READY');
    const interaction = send();
    standIn.replay(interaction);
    const forged = standIn.dispatchInteraction({
      member: standIn.members.ben,
      channel: standIn.channels.general,
      type: 3,
      data: { custom_id: 'cancel:forged', component_type: 2 },
      overrides: { guild_id: '1' },
    });
    await client.next(({ d }) => JSON.stringify(d ?? {}).includes('cancel:forged'));
    const [first, second, third] = client.dispatched('INTERACTION_CREATE').map(({ d }) => d);
    expect(second).toEqual(first);
    expect(third).toMatchObject({ id: forged.id, guild_id: '1' });
    expect((await callback(forged, { type: 4, data: { content: 'no', flags: 64 } })).status).toBe(204);
  });
});
