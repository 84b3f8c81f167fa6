/** Settings that do not arrive: by their names in the environment, or by the file they stand in. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConfigError, environmentWarnings, loadConfig } from '../../../src/config.ts';
import type { Config } from '../../../src/config.ts';
import { settings } from '../../../src/config/settings.ts';

const TOKENS = { DISCORD_TOKEN: 'test-token', RUNCOMFY_TOKEN: 'test-key' };
const NAMES = Object.keys(settings.shape);

function load(env: NodeJS.ProcessEnv = {}): Config {
  return loadConfig({ ...TOKENS, ...env });
}

function refusal(env: NodeJS.ProcessEnv): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a name that is nearly a setting’s', () => {
  it.each([
    ['LIMIT_USER_DALY_IMAGES', 'LIMIT_USER_DAILY_IMAGES'],
    ['LIMIT_IMAGE_PER_JOB', 'LIMIT_IMAGES_PER_JOB'],
    ['LIMIT_GUILD_MONTHLY_IMAGE', 'LIMIT_GUILD_MONTHLY_IMAGES'],
    ['LIMIT_X', 'LIMIT_'],
    ['LIMIT_user_daily_images', 'LIMIT_USER_DAILY_IMAGES'],
    ['\uFEFFLIMIT_USER_DALY_IMAGES', 'LIMIT_USER_DAILY_IMAGES'],
    ['PRICE_IMAGE_USD', 'PRICE_PER_IMAGE_USD'],
    ['BALANCE_WARN_USD', 'BALANCE_WARNING_USD'],
  ])('%s ends the start, as a cap or a price would be off, and the nearest is named', (name, nearest) => {
    const [heading, line, ...rest] = refusal({ ...TOKENS, [name]: '1' }).split('\n');
    expect(heading).toContain('a setting is missing or wrong');
    expect(line).toMatch(
      new RegExp(`^  ${name.replace('\uFEFF', '')} is no setting of this bot: is ${nearest}\\w* meant\\?$`),
    );
    expect(rest).toEqual([]);
  });

  it.each([
    ['DISCORD_TOKN', 'DISCORD_TOKEN'],
    ['DISCORD_BOT_TOKEN', 'DISCORD_TOKEN'],
    ['discord_token', 'DISCORD_TOKEN'],
    ['RUNCOMFY_MODEL', 'RUNCOMFY_MODELS'],
    ['RUNCOMFY_ASSETS_HOSTS', 'RUNCOMFY_ASSET_HOSTS'],
    ['STORE_URI', 'STORE_URL'],
    ['JOB_DEADLINE_MINUTE', 'JOB_DEADLINE_MINUTES'],
    ['JOB_DEADLINE', 'JOB_DEADLINE_MINUTES'],
    ['RETENTION_DAY', 'RETENTION_DAYS'],
    ['HTTP_PROT', 'HTTP_PORT'],
    ['SHARDS_COUNT', 'SHARD_COUNT'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['LIMITS_USER_DAILY_IMAGES', 'LIMIT_USER_DAILY_IMAGES'],
  ])('%s is warned of, and its value told to nobody', (name, nearest) => {
    const env = { ...TOKENS, [name]: 'hunter2' };
    expect(load(env)).toStrictEqual(load());
    expect(environmentWarnings(env)).toEqual([`${name} is no setting of this bot: is ${nearest} meant?`]);
  });

  it('is no name that other programs have, and none without a value', () => {
    const others = ['PATH', 'HOME', 'HOSTNAME', 'NODE_VERSION', 'HTTP_HOST', 'NO_PROXY', 'LOG_FILE', 'LOGNAME', 'PORT'];
    const cluster = ['KUBERNETES_SERVICE_PORT_HTTPS', 'REDIS_PORT_6379_TCP', 'HTTP_SERVICE_HOST', 'INVOCATION_ID'];
    const env = Object.fromEntries([...others, ...cluster].map((name) => [name, 'x']));
    expect(environmentWarnings({ ...env, STORE_URI: ' ' })).toEqual([]);
    expect(load({ ...env, LIMIT_USER_DALY_IMAGES: '' })).toStrictEqual(load());
  });

  it('is told in at most 12 lines, however many there are', () => {
    const many = Array.from({ length: 500 }, (_, index) => [`LIMIT_${'X'.repeat(500)}_${index}`, '1'] as const);
    const message = refusal({ ...Object.fromEntries(many), ...Object.fromEntries(NAMES.map((name) => [name, '!!'])) });
    expect(message.split('\n').length).toBeLessThanOrEqual(12);
    expect(message).toContain('480 more names');
    expect(message.length).toBeLessThan(10_000);
  });

  it('is told of a proxy, which the bot does not use', () => {
    const env = { https_proxy: 'http://me:hunter2@proxy:3128', HTTP_PROXY: 'http://proxy:3128', NO_PROXY: '*' };
    expect(environmentWarnings(env)).toEqual([
      'https_proxy, HTTP_PROXY: the bot uses no proxy, it connects to Discord and to RunComfy directly',
    ]);
  });
});

describe('a file of settings', () => {
  const FILE = 'DISCORD_TOKEN=test-token\nRUNCOMFY_TOKEN=test-key\nLIMIT_USER_DAILY_IMAGES=1\n';

  it('may begin with a byte order mark, which Node takes for a part of the first name', () => {
    const env = { ...parseEnv(`\uFEFF${FILE}`) };
    expect(Object.keys(env)).toContain('\uFEFFDISCORD_TOKEN');
    expect(loadConfig(env)).toStrictEqual(load({ LIMIT_USER_DAILY_IMAGES: '1' }));
    expect(environmentWarnings(env)).toEqual([]);
    const limit = parseEnv('\uFEFFLIMIT_USER_DAILY_IMAGES=1');
    expect(load({ ...limit, LIMIT_USER_DAILY_IMAGES: '2' }).limits.userDailyImages, 'the plain one counts').toBe(2);
    expect(load({ ...limit, LIMIT_USER_DAILY_IMAGES: '' }).limits.userDailyImages).toBe(1);
  });

  const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();
  it.each([
    ['with its mark', Buffer.from(`\uFEFF${FILE}`, 'utf16le')],
    ['the other way round', bigEndian(`\uFEFF${FILE}`)],
    ['without a mark', Buffer.from(FILE, 'utf16le')],
    ['the other way round without a mark', bigEndian(FILE)],
  ])('that is UTF-16, %s, ends the start by its name, tokens or not', (_kind, bytes) => {
    const folder = mkdtempSync(join(tmpdir(), 'seedream-config-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    const file = join(folder, '.env');
    writeFileSync(file, bytes);
    for (const options of [[`--env-file=${file}`], ['--env-file', file], [`--env-file-if-exists=${file}`]]) {
      for (const env of [{}, TOKENS]) {
        expect(() => loadConfig(env, options)).toThrow(ConfigError);
        expect(() => loadConfig(env, options)).toThrow(`${file} is UTF-16: save it as UTF-8`);
      }
    }
    writeFileSync(file, FILE);
    expect(loadConfig(TOKENS, [`--env-file=${file}`, '--env-file-if-exists=absent'])).toStrictEqual(load());
  });
});
