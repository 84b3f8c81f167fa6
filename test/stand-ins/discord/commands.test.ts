import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscordStandIn, type DiscordStandIn } from '../../../playground/discord/stand-in.ts';
import { createRaw, faultAt, matching } from './raw.ts';

let standIn: DiscordStandIn;
let raw: ReturnType<typeof createRaw>;
let path: string;

beforeEach(async () => {
  standIn = await createDiscordStandIn({ token: 'the.token', rateLimits: false });
  raw = createRaw(standIn);
  path = `/applications/${standIn.bot.id}/commands`;
});

afterEach(() => standIn.close());

const option = (name: string, extra: Record<string, unknown> = {}) => ({ type: 3, name, description: 'd', ...extra });
const command = (extra: Record<string, unknown> = {}) => ({ name: 'paint', description: 'Paints', ...extra });
const choices = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `c${n}`, value: `v${n}` }));

describe('registering a command', () => {
  it.each([
    ['no description', { description: '' }, 'description', 'BASE_TYPE_REQUIRED'],
    ['a name with a capital', { name: 'Paint' }, 'name', 'APPLICATION_COMMAND_INVALID_NAME'],
    ['a name with a space', { name: 'pa int' }, 'name', 'APPLICATION_COMMAND_INVALID_NAME'],
    ['a name of 33', { name: 'p'.repeat(33) }, 'name', 'BASE_TYPE_MAX_LENGTH'],
    ['a description of 101', { description: 'd'.repeat(101) }, 'description', 'BASE_TYPE_MAX_LENGTH'],
    ['a locale that is none', { name_localizations: { es: 'pinta' } }, 'name_localizations.es', 'BASE_TYPE_CHOICES'],
    [
      'a localised name with a capital',
      { name_localizations: { 'es-ES': 'Pinta' } },
      'name_localizations.es-ES',
      'APPLICATION_COMMAND_INVALID_NAME',
    ],
    [
      'a localised description of 101',
      { description_localizations: { de: 'd'.repeat(101) } },
      'description_localizations.de',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      '26 options',
      { options: Array.from({ length: 26 }, (_, n) => option(`o${n}`)) },
      'options',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a required option behind an optional one',
      { options: [option('a'), option('b', { required: true })] },
      'options.1',
      'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    ],
    [
      'two options of one name',
      { options: [option('a'), option('a')] },
      'options.1.name',
      'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
    ],
    ['an option of no known type', { options: [option('a', { type: 99 })] }, 'options.0.type', 'UNION_TYPE_CHOICES'],
    ['26 choices', { options: [option('a', { choices: choices(26) })] }, 'options.0.choices', 'BASE_TYPE_MAX_LENGTH'],
    [
      'a choice of 101',
      { options: [option('a', { choices: [{ name: 'c', value: 'v'.repeat(101) }] })] },
      'options.0.choices.0.value',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'choices and autocomplete',
      { options: [option('a', { choices: choices(1), autocomplete: true })] },
      'options.0.autocomplete',
      'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID',
    ],
    [
      'a length above 6000',
      { options: [option('a', { max_length: 6001 })] },
      'options.0.max_length',
      'NUMBER_TYPE_MAX',
    ],
    [
      'subcommands beside options',
      { options: [{ type: 1, name: 's', description: 'd' }, option('a')] },
      'options',
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    ],
    ['a context that is none', { contexts: [7] }, 'contexts.0', 'BASE_TYPE_CHOICES'],
    [
      'permissions that are no number',
      { default_member_permissions: 'all' },
      'default_member_permissions',
      'NUMBER_TYPE_COERCE',
    ],
  ])('with %s is refused', async (_what, extra, place, code) => {
    const answer = await raw.post(path, command(extra));
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
    expect(faultAt(answer, place)).toBe(code);
    const inList = await raw.call('PUT', path, [command({ name: 'fine' }), command(extra)]);
    expect(faultAt(inList, `1.${place}`)).toBe(code);
    expect(standIn.commands()).toEqual([]);
  });

  it('with more than 8000 characters is refused', async () => {
    const long = choices(25).map(({ name }) => ({ name: name.padEnd(100, 'n'), value: name.padEnd(100, 'v') }));
    const answer = await raw.post(
      path,
      command({ options: [option('a', { choices: long }), option('b', { choices: long })] }),
    );
    expect(faultAt(answer, '')).toBe('APPLICATION_COMMAND_TOO_LARGE');
  });

  it('answers with the fields that Discord adds', async () => {
    const sent = command({
      options: [option('text', { required: true }), option('size', { required: false, choices: choices(1) })],
      default_member_permissions: '32',
      contexts: [0],
    });
    const created = await raw.post(path, sent);
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: matching(/^\d{17,19}$/),
      application_id: standIn.bot.id,
      version: matching(/^\d{17,19}$/),
      type: 1,
      name: 'paint',
      name_localizations: null,
      description: 'Paints',
      description_localizations: null,
      options: [
        {
          type: 3,
          name: 'text',
          description: 'd',
          required: true,
          name_localizations: null,
          description_localizations: null,
        },
        {
          type: 3,
          name: 'size',
          description: 'd',
          name_localizations: null,
          description_localizations: null,
          choices: [{ name: 'c0', value: 'v0', name_localizations: null }],
        },
      ],
      default_member_permissions: '32',
      dm_permission: false,
      contexts: [0],
      integration_types: [0],
      nsfw: false,
    });
    const again = await raw.post(path, command({ description: 'Paints more' }));
    expect([again.status, again.body['id']]).toEqual([200, created.body['id']]);
  });

  it('lists localisations only on request', async () => {
    await raw.post(path, command({ description_localizations: { 'es-ES': 'Pinta' } }));
    expect((await raw.get(path)).list[0]).not.toHaveProperty('description_localizations');
    const full = await raw.get(`${path}?with_localizations=true`);
    expect(full.list).toMatchObject([{ description_localizations: { 'es-ES': 'Pinta' } }]);
  });

  it('by PUT replaces all, keeps the ids of those that stay, and counts only new ones as creates', async () => {
    await raw.call('PUT', path, [command(), command({ name: 'usage' })]);
    const before = standIn.commands();
    await raw.call('PUT', path, [command({ description: 'Other' }), command({ name: 'about' })]);
    expect(standIn.commands().map(({ name }) => name)).toEqual(['paint', 'about']);
    expect(standIn.commands()[0]?.id).toBe(before[0]?.id);
    expect(standIn.commandCreates()).toBe(3);
  });

  it('can be edited and deleted, for a guild as well', async () => {
    const guildPath = `/applications/${standIn.bot.id}/guilds/${standIn.guilds.home.id}/commands`;
    const { body } = await raw.post(guildPath, command());
    expect(body).toMatchObject({ guild_id: standIn.guilds.home.id });
    expect(body).not.toHaveProperty('contexts');
    const one = `${guildPath}/${String(body['id'])}`;
    expect((await raw.patch(one, { description: 'New' })).body).toMatchObject({ name: 'paint', description: 'New' });
    expect((await raw.delete(one)).status).toBe(204);
    expect(await raw.get(one)).toMatchObject({ status: 404, body: { code: 10063 } });
  });

  it('is possible 200 times a day', async () => {
    for (let count = 0; count < 200; count += 1) {
      const { body } = await raw.post(path, command({ name: `c${count}` }));
      await raw.delete(`${path}/${String(body['id'])}`);
    }
    expect(await raw.post(path, command())).toMatchObject({ status: 400, body: { code: 30034 } });
  });

  it('wants the application that the token is of', async () => {
    expect(await raw.post('/applications/1/commands', command())).toMatchObject({ status: 404, body: { code: 10002 } });
  });
});
