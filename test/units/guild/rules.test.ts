/** What a guild's settings and the host's environment allow together, and who may change what. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/services/clock.ts';
import {
  CHANGES_KEPT,
  limitOf,
  limitsFor,
  resetLimits,
  ROLES_MAX,
  setLimit,
  setRole,
  type Author,
  type ChangeOutcome,
  type HostLimits,
} from '../../../src/services/guild/set-limits.ts';
import { showLimits } from '../../../src/commands/limits-page.ts';
import { LOCALES, translate } from '../../../src/languages/languages.ts';
import { createGuildRules } from '../../../src/services/guild/rules.ts';
import { NOTHING_SET } from '../../../src/services/guild/settings-record.ts';
import { createGuildSettings, SETTABLE, type GuildSettings } from '../../../src/services/guild/settings.ts';
import { addWord, removeWord } from '../../../src/services/guild/blocked-words.ts';
import { createSqliteAdapter } from '../../../src/services/storage/sqlite/records.ts';
import { openDatabase, type Database } from '../../../src/services/storage/sqlite/connection.ts';
import { createStore } from '../../../src/services/storage/store.ts';
import { WORDS_MAX } from '../../../src/services/guild/word-finder.ts';

const host: HostLimits = {
  guildDailyImages: 100,
  guildMonthlyImages: 1000,
  userDailyImages: 30,
  guildActiveJobs: 10,
  userActiveJobs: 2,
  totalMonthlyImages: 5000,
  imagesPerJob: 8,
};
const admin: Author = { by: '1', at: 1, isHost: false };
const owner: Author = { by: '2', at: 2, isHost: true };

function settingsOf(outcome: ChangeOutcome): GuildSettings {
  if (outcome.outcome !== 'changed') throw new Error(`not changed: ${outcome.outcome}`);
  return outcome.settings;
}

const set = (settings: GuildSettings, name: (typeof SETTABLE)[number], value: number, author: Author) =>
  setLimit({ name, value }, { settings, host, author });
const reset = (settings: GuildSettings, author: Author) => resetLimits(SETTABLE, { settings, host, author }).settings;

describe('a limit', () => {
  it('is the environment’s until somebody sets it', () => {
    expect(limitsFor({ guildId: 'g', roleIds: ['r'] }, NOTHING_SET, host)).toEqual(host);
  });

  it('goes down by an admin and up to the ceiling again, never above', () => {
    const lowered = set(NOTHING_SET, 'guildDailyImages', 40, admin);
    expect(lowered).toMatchObject({ outcome: 'changed', before: 100, after: 40 });
    const settings = settingsOf(lowered);
    expect(limitOf('guildDailyImages', settings, host)).toBe(40);
    expect(set(settings, 'guildDailyImages', 101, admin)).toEqual({ outcome: 'above', ceiling: 100 });
    expect(set(settings, 'guildDailyImages', 100, admin)).toMatchObject({ before: 40, after: 100 });
    expect(limitOf('guildDailyImages', reset(settings, admin), host)).toBe(100);
  });

  it('is raised above the environment by the host, within which the admin may go', () => {
    const raised = settingsOf(set(NOTHING_SET, 'guildDailyImages', 500, owner));
    expect(limitOf('guildDailyImages', raised, host)).toBe(500);
    const lowered = settingsOf(set(raised, 'guildDailyImages', 200, admin));
    expect(limitOf('guildDailyImages', lowered, host)).toBe(200);
    expect(set(lowered, 'guildDailyImages', 501, admin)).toEqual({ outcome: 'above', ceiling: 500 });
    expect(
      limitOf('guildDailyImages', reset(lowered, admin), host),
      'an admin’s reset leaves what the host raised',
    ).toBe(500);
    expect(limitOf('guildDailyImages', reset(lowered, owner), host), 'the host’s does not').toBe(100);
  });

  it('holds as the host says it, whatever an admin or the host had set before', () => {
    const lowered = settingsOf(set(NOTHING_SET, 'guildDailyImages', 40, admin));
    const raised = settingsOf(set(lowered, 'guildDailyImages', 300, owner));
    expect(limitOf('guildDailyImages', raised, host)).toBe(300);
    const back = settingsOf(set(raised, 'guildDailyImages', 80, owner));
    expect(limitOf('guildDailyImages', back, host)).toBe(80);
    expect(set(back, 'guildDailyImages', 101, admin)).toEqual({ outcome: 'above', ceiling: 100 });
  });

  it('follows the environment down when the host lowers that', () => {
    const settings = settingsOf(set(NOTHING_SET, 'guildDailyImages', 90, admin));
    expect(limitOf('guildDailyImages', settings, { ...host, guildDailyImages: 50 })).toBe(50);
  });

  it('of pictures in a job stays between 1 and what the model makes, for the host too', () => {
    for (const value of [0, 16]) {
      expect(set(NOTHING_SET, 'imagesPerJob', value, owner)).toEqual({ outcome: 'range', min: 1, max: 15 });
    }
    expect(set(NOTHING_SET, 'imagesPerJob', 15, owner)).toMatchObject({ before: 8, after: 15 });
    for (const value of [-1, 1.5, 2_000_000_000]) {
      expect(set(NOTHING_SET, 'userDailyImages', value, owner)).toMatchObject({ outcome: 'range' });
    }
  });

  it('never passes the ceiling, whatever admins do in whatever order', () => {
    const act = fc.record({
      name: fc.constantFrom(...SETTABLE),
      value: fc.integer({ min: -5, max: 2000 }),
      role: fc.option(fc.constantFrom('a', 'b', 'g')),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        let settings: GuildSettings = NOTHING_SET;
        for (const { name, value, role } of acts) {
          const by = { settings, host, author: admin };
          const outcome = role === null ? setLimit({ name, value }, by) : setRole({ roleId: role, images: value }, by);
          settings = outcome.settings ?? settings;
        }
        const limits = limitsFor({ guildId: 'g', roleIds: ['a', 'b'] }, settings, host);
        for (const name of SETTABLE) expect(limits[name]).toBeLessThanOrEqual(host[name]);
        expect(limits.totalMonthlyImages).toBe(host.totalMonthlyImages);
      }),
    );
  });
});

describe('a role', () => {
  const role = (settings: GuildSettings, roleId: string, images: number | undefined, author = admin) =>
    setRole({ roleId, images }, { settings, host, author });
  const daily = (settings: GuildSettings, ...roleIds: string[]) =>
    limitsFor({ guildId: 'g', roleIds }, settings, host).userDailyImages;

  it('replaces the server’s pictures a day; the best of a member’s roles counts', () => {
    let settings = settingsOf(set(NOTHING_SET, 'userDailyImages', 5, admin));
    settings = settingsOf(role(settings, 'low', 2));
    settings = settingsOf(role(settings, 'high', 20));
    expect(daily(settings)).toBe(5);
    expect(daily(settings, 'low')).toBe(2);
    expect(daily(settings, 'low', 'high', 'other')).toBe(20);
  });

  it('bars with 0, unless another role allows', () => {
    let settings = settingsOf(role(NOTHING_SET, 'barred', 0));
    expect(daily(settings, 'barred')).toBe(0);
    settings = settingsOf(role(settings, 'vip', 3));
    expect(daily(settings, 'barred', 'vip')).toBe(3);
  });

  it('that everyone has holds for members without any', () => {
    const settings = settingsOf(role(settingsOf(role(NOTHING_SET, 'g', 0)), 'vip', 3));
    expect(daily(settings)).toBe(0);
    expect(daily(settings, 'vip')).toBe(3);
  });

  it('stays within the ceiling unless the host sets it', () => {
    expect(role(NOTHING_SET, 'r', 31)).toEqual({ outcome: 'above', ceiling: 30 });
    const settings = settingsOf(role(NOTHING_SET, 'r', 90, owner));
    expect(daily(settings, 'r')).toBe(90);
    expect(role(settings, 'r', 91)).toEqual({ outcome: 'above', ceiling: 30 });
    const lower = limitsFor({ guildId: 'g', roleIds: ['r'] }, settingsOf(role(NOTHING_SET, 'r', 30)), {
      ...host,
      userDailyImages: 10,
    });
    expect(lower.userDailyImages).toBe(10);
  });

  it('loses its number when it is set to none', () => {
    const settings = settingsOf(role(NOTHING_SET, 'r', 10));
    expect(role(settings, 'r', undefined)).toMatchObject({ before: 10, after: undefined });
    expect(daily(settingsOf(role(settings, 'r', undefined)), 'r')).toBe(30);
  });

  it('can have a number only while there is room', () => {
    let settings = NOTHING_SET;
    for (let index = 0; index < ROLES_MAX; index += 1) settings = settingsOf(role(settings, `r${index}`, 1));
    expect(role(settings, 'one more', 1)).toEqual({ outcome: 'full', max: ROLES_MAX });
    expect(role(settings, 'r0', 2)).toMatchObject({ outcome: 'changed' });
  });
});

it('the last changes are kept with who, when, before and after', () => {
  let settings = NOTHING_SET;
  for (let value = 1; value <= CHANGES_KEPT + 5; value += 1) {
    settings = settingsOf(set(settings, 'guildDailyImages', value, { ...admin, at: value }));
  }
  expect(settings.changes).toHaveLength(CHANGES_KEPT);
  expect(settings.changes[0]).toEqual({ at: 25, by: '1', of: { limit: 'guildDailyImages' }, before: 24, after: 25 });
});

it.each(['en', ...LOCALES])('what /limits show shows fits into a message however much is set (%s)', (locale) => {
  const id = (number: number) => String(1_100_000_000_000_000_000n + BigInt(number));
  const set = { value: 999_999_999, by: id(1), at: Date.UTC(2099, 0) };
  const all = Object.fromEntries(SETTABLE.map((name) => [name, set]));
  const roles = Array.from({ length: ROLES_MAX }, (_, index) => [id(index), { ...set, byHost: true }] as const);
  const change = {
    at: set.at,
    by: set.by,
    of: { limit: 'guildMonthlyImages' as const },
    before: 999_999_999,
    after: 0,
  };
  const settings: GuildSettings = {
    ...NOTHING_SET,
    limits: all,
    ceilings: all,
    roles: Object.fromEntries(roles),
    changes: Array.from({ length: CHANGES_KEPT }, () => change),
  };
  const usage = { ...host, totalMonthlyImages: 999_999_999 };
  const t = translate(locale);
  const embeds = showLimits({ guildId: id(0), settings, usage, hostLimits: host, references: true, isHost: true, t });
  const texts = embeds.flatMap(({ title = '', description = '', fields = [] }) => [
    title,
    description,
    ...fields.flatMap(({ name, value }) => [name, value]),
  ]);
  expect(texts.join('').length).toBeLessThanOrEqual(6000);
  for (const { description = '', fields = [] } of embeds) {
    expect(description.length).toBeLessThanOrEqual(4096);
    for (const { value } of fields) expect(value.length).toBeLessThanOrEqual(1024);
  }
});

describe('the list of words', () => {
  const add = (settings: GuildSettings, word: string) => addWord(settings, { word, by: '1', at: 1 });

  it('takes a word once, in whatever spelling, and gives it up in any', () => {
    const { settings = NOTHING_SET } = add(NOTHING_SET, 'bad');
    expect(add(settings, 'BÄD').outcome).toBe('known');
    expect(removeWord(settings, 'good').outcome).toBe('unknown');
    expect(removeWord(settings, 'B@D').settings?.words).toEqual([]);
  });

  it('takes nothing that could not be found, and no more than there is room for', () => {
    expect(add(NOTHING_SET, '?!').outcome).toBe('nothing');
    expect(add(NOTHING_SET, 'x'.repeat(51)).outcome).toBe('too_long');
    let settings = NOTHING_SET;
    for (let index = 0; index < WORDS_MAX; index += 1) settings = add(settings, `word${index}`).settings ?? settings;
    expect(settings.words).toHaveLength(WORDS_MAX);
    expect(add(settings, 'another').outcome).toBe('full');
  });
});

describe('settings in the store', () => {
  let folder: string;
  let database: Database;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'guilds-'));
    database = openDatabase({ clock: systemClock, path: join(folder, 'store.sqlite') });
  });
  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  const silent = { error: () => undefined, warn: () => undefined };
  const open = () =>
    createGuildSettings({
      store: createStore({
        clock: systemClock,
        adapterFor: () => createSqliteAdapter({ clock: systemClock, database }),
        log: silent,
      }),
      log: silent,
    });

  it('lose none of 60 changes made at once, and keep guilds apart', async () => {
    const settings = open();
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        settings.change(index % 2 === 0 ? 'one' : 'two', (now) =>
          addWord(now, { word: `word${index}`, by: '1', at: 1 }),
        ),
      ),
    );
    expect((await settings.read('one')).words).toHaveLength(30);
    expect((await open().read('two')).words).toHaveLength(30);
  });

  it('go on with the next change after one that failed', async () => {
    const settings = open();
    const failed = settings.change('one', () => {
      throw new Error('broken');
    });
    const next = settings.change('one', (now) => addWord(now, { word: 'bad', by: '1', at: 1 }));
    await expect(failed).rejects.toThrow('broken');
    await expect(next).resolves.toMatchObject({ outcome: 'changed' });
  });

  it('let a raised number of pictures in a job pass the quick check, after a restart too', async () => {
    const settings = open();
    await settings.change('one', (now) => set(now, 'imagesPerJob', 12, owner));
    const restarted = open();
    await restarted.load();
    for (const records of [settings, restarted]) {
      const rules = createGuildRules({ settings: records, hostLimits: host });
      expect(rules.imagesPerJobIn('one')).toBe(12);
      expect(rules.imagesPerJobIn('two')).toBe(8);
      expect((await rules.rulesFor({ guildId: 'one', roleIds: [] })).imagesPerJob).toBe(12);
    }
  });
});
