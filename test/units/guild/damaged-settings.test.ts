/** A guild's record in which something is damaged: what can be read holds, and what cannot opens no limit. */
import { expect, test } from 'vitest';
import { createGuildRules } from '../../../src/services/guild/rules.ts';
import {
  addWord,
  createGuildSettings,
  resetLimits,
  setLimit,
  setRole,
  SETTABLE,
  type GuildSettings,
} from '../../../src/services/guild/settings.ts';
import { storedSettingsSchema } from '../../../src/services/guild/settings-record.ts';
import type { Store } from '../../../src/services/storage/storage.ts';

const host = {
  guildDailyImages: 100,
  guildMonthlyImages: 1000,
  userDailyImages: 30,
  guildActiveJobs: 10,
  userActiveJobs: 2,
  imagesPerJob: 8,
  totalMonthlyImages: undefined,
};
const admin = { by: '1', at: 1, isHost: false };
const number = (value: number) => ({ value, by: '1', at: 1 });

const SOUND = {
  version: 1,
  limits: { guildDailyImages: number(20), userDailyImages: number(5) },
  ceilings: { guildMonthlyImages: number(5000) },
  roles: { '77': { ...number(0), byHost: false }, '88': { ...number(3), byHost: true } },
  words: [
    { word: 'dragon', by: '1', at: 1 },
    { word: 'unicorn', by: '1', at: 2 },
  ],
  changes: [{ at: 1, by: '1', of: { limit: 'guildDailyImages' }, before: 100, after: 20 }],
};

/** The rules of a guild whose record is this, for a member with these roles; and what was logged. */
async function rulesFrom(record: unknown, roleIds: string[] = []) {
  const errors: unknown[] = [];
  const collection = { get: () => Promise.resolve(storedSettingsSchema.parse(record)) };
  const store = { collection: () => collection } as unknown as Store;
  const settings = createGuildSettings({ store, log: { error: (...line: unknown[]) => void errors.push(line) } });
  const rules = createGuildRules({ settings, hostLimits: host });
  await rules.rulesFor({ guildId: 'g', roleIds });
  return { ...(await rules.rulesFor({ guildId: 'g', roleIds })), errors };
}

test('a sound record is read as it is, and says nothing', async () => {
  const { complete, limits, refuses, errors } = await rulesFrom(SOUND);
  expect(storedSettingsSchema.parse(SOUND)).toEqual(SOUND);
  expect(complete).toBe(true);
  expect(limits).toMatchObject({ guildDailyImages: 20, userDailyImages: 5, guildMonthlyImages: 5000 });
  expect(refuses('a dragon')).toBe(true);
  expect(errors).toEqual([]);
});

test.each([
  ['who set a limit', { ...SOUND, limits: { ...SOUND.limits, guildDailyImages: { value: 20, by: null, at: 'noon' } } }],
  ['a change that is only shown', { ...SOUND, changes: [{ at: 'noon' }, ...SOUND.changes] }],
  ['when a word was put on the list', { ...SOUND, words: [{ word: 'dragon', by: 1, at: {} }, SOUND.words[1]] }],
  ['what the host has raised', { ...SOUND, ceilings: { guildMonthlyImages: { value: 'many' } } }],
  ['all of what was changed', { ...SOUND, changes: 7 }],
  ['the version', { ...SOUND, version: 'one' }],
])('%s is damaged: every limit and every word holds, and pictures are made', async (_, record) => {
  const { complete, limits, refuses } = await rulesFrom(record);
  expect(complete).toBe(true);
  expect(limits).toMatchObject({ guildDailyImages: 20, userDailyImages: 5 });
  expect(limits.guildMonthlyImages).toBeGreaterThanOrEqual(1000);
  expect([refuses('a dragon'), refuses('a unicorn'), refuses('a horse')]).toEqual([true, true, false]);
});

const damaged: [string, unknown, { unreadable: string[]; limits?: object; words?: boolean[] }][] = [
  [
    'one number',
    { ...SOUND, limits: { ...SOUND.limits, guildDailyImages: { value: 'twenty', by: '1', at: 1 } } },
    { unreadable: ['guildDailyImages'], limits: { userDailyImages: 5 }, words: [true, true] },
  ],
  [
    'a number that is none any more (1e999)',
    { ...SOUND, limits: { guildDailyImages: number(Infinity), userDailyImages: number(5) } },
    { unreadable: ['guildDailyImages'], limits: { userDailyImages: 5 }, words: [true, true] },
  ],
  [
    "a limit's name",
    { ...SOUND, limits: { guildDailyImage: number(20), userDailyImages: number(5) } },
    { unreadable: ['guildDailyImage'], limits: { userDailyImages: 5 }, words: [true, true] },
  ],
  ['all limits', { ...SOUND, limits: 'gone' }, { unreadable: [...SETTABLE], words: [true, true] }],
  [
    'one word',
    { ...SOUND, words: [{ wo: 'rd' }, SOUND.words[1]] },
    { unreadable: ['words'], limits: { guildDailyImages: 20 }, words: [false, true] },
  ],
  ['all words', { ...SOUND, words: null }, { unreadable: ['words'], limits: { guildDailyImages: 20 } }],
  [
    'all roles',
    { ...SOUND, roles: [] },
    { unreadable: ['roles'], limits: { guildDailyImages: 20 }, words: [true, true] },
  ],
  ['the whole record', '{"version":1,"lim', { unreadable: [...SETTABLE, 'roles', 'words'] }],
];

test.each(damaged)(
  '%s is damaged: the rest holds, nobody goes beyond, and it is logged once',
  async (_, record, seen) => {
    const { complete, limits, refuses, errors } = await rulesFrom(record);
    expect(complete).toBe(false);
    expect(limits).toMatchObject(seen.limits ?? {});
    if (seen.words !== undefined) expect([refuses('a dragon'), refuses('a unicorn')]).toEqual(seen.words);
    expect(errors).toEqual([[{ guild: 'g', unreadable: seen.unreadable }, expect.any(String)]]);
  },
);

test("a role's number is damaged: its members are refused, the others go on under the rest", async () => {
  const record = { ...SOUND, roles: { ...SOUND.roles, '77': { value: false } } };
  expect((await rulesFrom(record, ['77'])).complete).toBe(false);
  const other = await rulesFrom(record, ['88']);
  expect(other.complete).toBe(true);
  expect(other.limits.userDailyImages).toBe(3);
  expect((await rulesFrom({ ...SOUND, roles: { g: 'everyone' } })).complete, 'the role of everyone').toBe(false);
});

test('it stays so until it is set anew, through other changes and the store', () => {
  const author = { host, author: admin };
  const stored = (settings: GuildSettings): GuildSettings =>
    storedSettingsSchema.parse(JSON.parse(JSON.stringify(settings)));
  let settings = storedSettingsSchema.parse({ ...SOUND, limits: 5, roles: { '77': 0 }, words: 'dragon' });
  expect(settings.unreadable).toEqual([...SETTABLE, 'role:77', 'words']);
  settings = stored(setLimit({ name: 'imagesPerJob', value: 4 }, { settings, ...author }).settings ?? settings);
  expect(settings.unreadable).not.toContain('imagesPerJob');
  expect(settings.unreadable).toHaveLength(7);
  settings = stored(setRole({ roleId: '77', images: 0 }, { settings, ...author }).settings ?? settings);
  settings = stored(addWord(settings, { word: 'dragon', by: '1', at: 1 }).settings ?? settings);
  expect(settings.unreadable).toEqual(SETTABLE.filter((name) => name !== 'imagesPerJob'));
  settings = stored(resetLimits(['userDailyImages'], { settings, ...author }).settings);
  expect(settings.unreadable).not.toContain('userDailyImages');
  settings = stored(resetLimits(SETTABLE, { settings, ...author }).settings);
  expect(settings.unreadable).toBeUndefined();
  expect(settings.words.map(({ word }) => word)).toEqual(['dragon']);
});

test('a record of a newer version is left to that version', () => {
  const parsed = storedSettingsSchema.safeParse({ version: 2, limits: 'elsewhere' });
  expect(parsed.error?.issues[0]).toMatchObject({ code: 'invalid_value', path: ['version'], values: [1] });
});
