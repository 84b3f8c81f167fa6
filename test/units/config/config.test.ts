import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../../src/config.ts';
import type { Config } from '../../../src/config.ts';
import { settings } from '../../../src/config/settings.ts';

const TOKENS = { DISCORD_TOKEN: 'test-token', RUNCOMFY_TOKEN: 'test-key' };
const NAMES = Object.keys(settings.shape);

function load(env: Record<string, string> = {}): Config {
  return loadConfig({ ...TOKENS, ...env });
}

function refusal(env: Record<string, string>): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the configuration', () => {
  it('is whole with two tokens alone', () => {
    expect(load()).toStrictEqual({
      discord: { token: 'test-token', apiUrl: 'https://discord.com/api' },
      runcomfy: {
        token: 'test-key',
        base: 'https://model-api.runcomfy.net/v1',
        accountBase: 'https://api.runcomfy.net/prod/v2',
        models: ['bytedance/seedream-4-0/sequential'],
        assetHosts: { patterns: ['*.runcomfy.net', '*.runcomfy.com'], origins: [] },
      },
      store: { kind: 'sqlite', path: 'data/seedream.sqlite' },
      limits: {
        guildDailyImages: 100,
        guildMonthlyImages: 1000,
        userDailyImages: 30,
        guildActiveJobs: 10,
        userActiveJobs: 2,
        totalMonthlyImages: undefined,
        imagesPerJob: 15,
      },
      pricePerImageUsd: undefined,
      balanceWarningUsd: 5,
      references: true,
      jobDeadline: 3_600_000,
      retention: 2_592_000_000,
      http: undefined,
      shards: { count: 'auto', ids: undefined },
      logLevel: 'info',
    });
  });

  it('takes empty and blank variables for unset, and spaces around a value for nothing', () => {
    const blank = Object.fromEntries(
      NAMES.filter((name) => !(name in TOKENS)).map((name, n) => [name, n % 2 ? '' : '  ']),
    );
    expect(load(blank)).toStrictEqual(load());
    expect(load({ LIMIT_USER_ACTIVE_JOBS: ' 5 ', RUNCOMFY_TOKEN: 'test-key\n' })).toStrictEqual(
      load({ LIMIT_USER_ACTIVE_JOBS: '5' }),
    );
  });

  it('takes every variable from the environment', () => {
    const config = load({
      DISCORD_API_URL: 'http://127.0.0.1:8787/api/',
      RUNCOMFY_MODEL_API_BASE: 'http://127.0.0.1:8788/v1',
      RUNCOMFY_ACCOUNT_API_BASE: 'http://127.0.0.1:8789/account/',
      RUNCOMFY_MODELS: 'bytedance/seedream-4-5/sequential, somebody/Else_2.0,',
      RUNCOMFY_ASSET_HOSTS: 'http://127.0.0.1:8788, CDN.example.com,*.example.com,',
      STORE_URL: 'sqlite:///var/lib/seedream.sqlite',
      LIMIT_GUILD_DAILY_IMAGES: '0',
      LIMIT_GUILD_MONTHLY_IMAGES: '2',
      LIMIT_USER_DAILY_IMAGES: '3',
      LIMIT_GUILD_ACTIVE_JOBS: '4',
      LIMIT_USER_ACTIVE_JOBS: '5',
      LIMIT_IMAGES_PER_JOB: '6',
      LIMIT_TOTAL_MONTHLY_IMAGES: '7',
      PRICE_PER_IMAGE_USD: '0',
      BALANCE_WARNING_USD: '2.5',
      JOB_DEADLINE_MINUTES: '0.05',
      RETENTION_DAYS: '1',
      REFERENCES: 'off',
      HTTP_PORT: '9090',
      SHARD_COUNT: '8',
      SHARD_IDS: '7,0-2,1',
      LOG_LEVEL: 'debug',
    });
    expect(config).toStrictEqual({
      discord: { token: 'test-token', apiUrl: 'http://127.0.0.1:8787/api' },
      runcomfy: {
        token: 'test-key',
        base: 'http://127.0.0.1:8788/v1',
        accountBase: 'http://127.0.0.1:8789/account',
        models: ['bytedance/seedream-4-5/sequential', 'somebody/Else_2.0'],
        assetHosts: { patterns: ['cdn.example.com', '*.example.com'], origins: ['http://127.0.0.1:8788'] },
      },
      store: { kind: 'sqlite', path: '/var/lib/seedream.sqlite' },
      limits: {
        guildDailyImages: 0,
        guildMonthlyImages: 2,
        userDailyImages: 3,
        guildActiveJobs: 4,
        userActiveJobs: 5,
        totalMonthlyImages: 7,
        imagesPerJob: 6,
      },
      pricePerImageUsd: 0,
      balanceWarningUsd: 2.5,
      references: false,
      jobDeadline: 3_000,
      retention: 86_400_000,
      http: { port: 9090 },
      shards: { count: 8, ids: [0, 1, 2, 7] },
      logLevel: 'debug',
    });
  });

  it.each([
    ['redis://cache:6379/0', { kind: 'redis', url: 'redis://cache:6379/0' }],
    ['rediss://:secret@cache.example.com', { kind: 'redis', url: 'rediss://:secret@cache.example.com' }],
    ['redis://:50%25off@cache', { kind: 'redis', url: 'redis://:50%25off@cache' }],
    ['sqlite://bot.sqlite', { kind: 'sqlite', path: 'bot.sqlite' }],
  ])('reads the store %s', (text, store) => {
    expect(load({ STORE_URL: text }).store).toStrictEqual(store);
  });

  it.each([
    ['https://model-api.runcomfy.net/v1', 'https://api.runcomfy.net/prod/v2'],
    ['https://runcomfy.example.com/proxied/v1', 'https://runcomfy.example.com/prod/v2'],
    ['http://127.0.0.1:8788/v1', 'http://127.0.0.1:8788/prod/v2'],
  ])('asks no other host for the balance than the one that %s names', (base, accountBase) => {
    expect(load({ RUNCOMFY_MODEL_API_BASE: base }).runcomfy.accountBase).toBe(accountBase);
  });

  it.each(['http://localhost:1/api', 'http://stand-in:8787', 'http://[::1]:1', 'http://10.1.2.3', 'http://api.local'])(
    'allows %s without encryption',
    (url) => {
      expect(load({ DISCORD_API_URL: url }).discord.apiUrl).toBe(url);
    },
  );
});

describe('a wrong setting', () => {
  const wrong: Record<string, string[]> = {
    DISCORD_TOKEN: ['', 'Bot test-token', '"test-token"', 'two tokens', 'töken'],
    RUNCOMFY_TOKEN: [' ', "'key'", 'Bearer key'],
    DISCORD_API_URL: [
      'discord.com/api',
      'http://discord.com/api',
      'ftp://localhost',
      'https://a:b@c.d',
      'https://a.b/?x=1',
      '/',
    ],
    RUNCOMFY_MODEL_API_BASE: [
      'http://8.8.8.8/v1',
      'https://',
      'https:///v1',
      'https://a.b/#x',
      'http://[2001:db8::1]',
      'on',
    ],
    RUNCOMFY_ACCOUNT_API_BASE: ['http://8.8.8.8/prod/v2', 'api.runcomfy.net'],
    RUNCOMFY_MODELS: [
      ',',
      'seedream',
      'a/b,a/b',
      'https://www.runcomfy.com/models/a/b',
      '/a/b',
      'a/b/',
      'a//b',
      'a/../b',
      'a/b?x=1',
      'a/b c/d',
      'a/b;c/d',
      `a/${'b'.repeat(99)}`,
      Array.from({ length: 26 }, (_, index) => `a/${index}`).join(','),
    ],
    RUNCOMFY_ASSET_HOSTS: [
      '*',
      '*.com',
      ',',
      'a b',
      '10.0.0.1',
      'host:8443',
      'https://a.b/c',
      'http://a.b',
      'https://*.a.b',
      '-a.b',
    ],
    STORE_URL: [
      'data.sqlite',
      'sqlite:data',
      'sqlite://',
      'sqlite:///',
      'sqlite://data/',
      'sqlite://:memory:',
      'redis://',
      'redis:///0',
      'redis://h/x',
      'redis://:50%off@h',
      'redis://50%:off@h',
    ],
    LIMIT_GUILD_DAILY_IMAGES: ['-1', '1.5', 'ten', '1e3', '0x10', '9999999999', 'Infinity'],
    LIMIT_GUILD_MONTHLY_IMAGES: ['-1'],
    LIMIT_USER_DAILY_IMAGES: ['none'],
    LIMIT_GUILD_ACTIVE_JOBS: ['0'],
    LIMIT_USER_ACTIVE_JOBS: ['0'],
    LIMIT_IMAGES_PER_JOB: ['0', '16'],
    LIMIT_TOTAL_MONTHLY_IMAGES: ['unlimited'],
    BALANCE_WARNING_USD: ['-1', '$5', '5,00', '1000001', 'never'],
    PRICE_PER_IMAGE_USD: ['-0.03', '$0.03', '0,03', '1001', '.'],
    REFERENCES: ['yes', 'On', '1'],
    JOB_DEADLINE_MINUTES: ['0', '0.0', '-5', '1441', '1h'],
    RETENTION_DAYS: ['0', '0.5', '4000'],
    HTTP_PORT: ['0', '65536', 'off'],
    SHARD_COUNT: ['0', '-1', 'many', '10001'],
    SHARD_IDS: ['0', 'a', '3-1', '-1', ',', '0-99999'],
    LOG_LEVEL: ['INFO', 'verbose'],
  };

  it('is known for every variable', () => {
    expect(Object.keys(wrong).sort()).toEqual(NAMES.toSorted());
  });

  it.each(Object.entries(wrong).flatMap(([name, values]) => values.map((value) => [name, value] as const)))(
    '%s=%s is refused by its name alone, in one line',
    (name, value) => {
      const [heading, line, ...rest] = refusal({ ...TOKENS, [name]: value }).split('\n');
      expect(heading).toContain('a setting is missing or wrong');
      expect(line).toMatch(new RegExp(`^ {2}${name} (must be .+|is missing|needs .+) \\(.+\\)$`));
      expect(rest).toHaveLength(name === 'DISCORD_TOKEN' && value === '' ? 1 : 0);
    },
  );

  it.each([
    ['4', '0-4'],
    ['auto', '0'],
    ['', '0'],
    ['4', '4'],
  ])('is one of shards that do not exist: %s, %s', (count, ids) => {
    expect(refusal({ ...TOKENS, SHARD_COUNT: count, SHARD_IDS: ids })).toMatch(/^ {2}SHARD_IDS needs a SHARD_COUNT/m);
  });

  it('is told together with all others, in at most 12 lines', () => {
    const env = Object.fromEntries(Object.entries(wrong).map(([name, values]) => [name, values[0] ?? '']));
    const message = refusal({ ...env, SHARD_COUNT: '4', SHARD_IDS: '9', HTTP_PORT: 'x' });
    for (const name of NAMES.filter((each) => each !== 'SHARD_COUNT'))
      expect(message).toMatch(new RegExp(`(^ {2}|; )${name} `, 'm'));
    expect(message).not.toContain('SHARD_COUNT must');
    expect(message.split('\n').length).toBeLessThanOrEqual(12);
    expect(refusal(Object.fromEntries(NAMES.map((name) => [name, '!!'])))).toContain('22 settings are');
  });

  it('says where the tokens come from, and what to do without one', () => {
    const message = refusal({});
    expect(message).toMatch(/DISCORD_TOKEN is missing .*https:\/\/discord\.com\/developers\/applications/);
    expect(message).toMatch(/RUNCOMFY_TOKEN is missing .*https:\/\/www\.runcomfy\.com/);
    expect(message).toContain('npm run playground');
    expect(refusal({ DISCORD_TOKEN: 'test-token' })).not.toContain('npm run playground');
  });

  it('never tells a secret, wherever it was pasted', () => {
    const secret = 'hunter2hunter2 hunter2';
    const message = refusal(Object.fromEntries(NAMES.map((name) => [name, secret])));
    expect(message).not.toContain('hunter2');
    expect(refusal({ ...TOKENS, STORE_URL: 'redis://me:hunter2@host/not-a-number' })).not.toContain('hunter2');
    expect(refusal({ ...TOKENS, DISCORD_API_URL: 'https://me:hunter2@discord.com' })).not.toContain('hunter2');
    expect(refusal({ ...TOKENS, LOG_LEVEL: 'x' })).not.toContain('test-');
  });
});

describe('.env.example', () => {
  const text = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
  const uncommented = parseEnv(text.replaceAll(/^# (?=[A-Z_]+=)/gm, ''));

  it('has every variable and no other', () => {
    expect(Object.keys(uncommented).sort()).toEqual(NAMES.toSorted());
  });

  it('asks for the two tokens, and leaves all else at its default', () => {
    expect(parseEnv(text)).toEqual({ DISCORD_TOKEN: '', RUNCOMFY_TOKEN: '' });
  });

  it('states the defaults that the bot has', () => {
    for (const [name, schema] of Object.entries(settings.shape)) {
      const standard = name in TOKENS ? undefined : schema.safeParse(undefined).data;
      const stated = uncommented[name] ?? '';
      if (standard === undefined && name !== 'SHARD_IDS') expect([name, stated]).toEqual([name, '']);
      else expect([name, schema.parse(stated)]).toEqual([name, standard]);
    }
  });
});
