/** The compose files as Compose itself reads them. `.ci/run` installs it; no engine is needed. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';

const ROOT = new URL('../../', import.meta.url).pathname;

/** What Compose makes of a file, beside a `.env` whose store is elsewhere, as one for `npm start` may say. */
function configOf(file: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-compose-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  cpSync(join(ROOT, file), join(folder, file));
  writeFileSync(
    join(folder, '.env'),
    'DISCORD_TOKEN=one\nRUNCOMFY_TOKEN=two\nSTORE_URL=sqlite://data/seedream.sqlite\n',
  );
  const args = ['-f', file, 'config'];
  const plugin = spawnSync('docker', ['compose', 'version']).status === 0;
  const options = { cwd: folder, encoding: 'utf8' } as const;
  const { status, stdout, stderr, error } = plugin
    ? spawnSync('docker', ['compose', ...args], options)
    : spawnSync('docker-compose', args, options);
  if (error !== undefined) throw error;
  expect(status, stderr).toBe(0);
  return stdout;
}

/** The environment of a service, as the bot would read it. */
function environmentOf(config: string, service: string): Record<string, string> {
  const lines = config.split('\n');
  const begin = lines.indexOf(`  ${service}:`);
  const from = lines.indexOf('    environment:', begin) + 1;
  const end = lines.findIndex((line, index) => index >= from && !line.startsWith('      '));
  const pairs = lines.slice(from, end).map((line) => /^ +(\w+): ['"]?(.*?)['"]?$/.exec(line)?.slice(1) ?? []);
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]));
}

test('one bot keeps its SQLite file on the volume, whatever .env says', () => {
  const config = configOf('compose.yaml');
  const { store, http } = loadConfig(environmentOf(config, 'bot'));
  expect(store).toEqual({ kind: 'sqlite', path: '/data/seedream.sqlite' });
  expect(http).toEqual({ port: 8080 });
  expect(config).toMatch(/data:\/data/);
});

test('two bots share one Valkey and hold each shard once', () => {
  const config = configOf('compose.scale.yaml');
  const bots = ['bot-0', 'bot-1'].map((service) => loadConfig(environmentOf(config, service)));
  expect(bots.map(({ store }) => store)).toEqual(Array(2).fill({ kind: 'redis', url: 'redis://valkey:6379/0' }));
  expect(bots.map(({ shards }) => shards)).toEqual([
    { count: 2, ids: [0] },
    { count: 2, ids: [1] },
  ]);
  for (const option of ['--appendonly', '--appendfsync', 'noeviction']) expect(config).toContain(option);
});
