/** The files around the bot agree with it: dashboard, alerts, containers, documentation. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createMetrics } from '../../src/services/monitoring/metrics.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const alerts = read('ops/alerts.yaml');
const manual = read('docs/operations.md');
const dashboardSchema = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).optional() })),
});

/** Every name a query may use: a histogram is three. */
async function seriesNames(): Promise<Set<string>> {
  const text = await createMetrics().registry.metrics();
  return new Set(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
}

/** The metrics named in a query. */
function namesIn(query: string): string[] {
  return query.match(/\b(seedream|process|nodejs)_[a-z0-9_]+/g) ?? [];
}

test('every metric that the dashboard and the alerts ask for is one that the bot has', async () => {
  const { panels } = dashboardSchema.parse(JSON.parse(read('ops/dashboard.json')));
  const known = await seriesNames();
  const asked = panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => namesIn(expr)));
  expect(asked.length).toBeGreaterThan(30);
  expect([...asked, ...namesIn(alerts)].filter((name) => !known.has(name))).toEqual([]);
});

test("every metric of the bot's own is in a panel of the dashboard and in the manual", async () => {
  const text = await createMetrics().registry.metrics();
  const own = [...text.matchAll(/^# TYPE (seedream_\S+) /gm)].map(([, name = '']) => name);
  expect(own.filter((name) => !read('ops/dashboard.json').includes(name))).toEqual([]);
  expect(own.filter((name) => !manual.includes(`\`${name}\``))).toEqual([]);
});

test('every alert has a severity and a section of the manual that its runbook leads to', () => {
  const rules = alerts.split('- alert: ').slice(1);
  expect(rules.length).toBeGreaterThan(10);
  for (const rule of rules) {
    const [name = ''] = rule.split('\n');
    expect(rule, name).toMatch(/severity: (critical|warning)/);
    expect(rule, name).toContain(`runbook: docs/operations.md#${name.toLowerCase()}\n`);
    expect(manual, name).toMatch(new RegExp(`^#{2,4} ${name}$`, 'm'));
  }
});

test('what the bot imports is in the production dependencies, which are all that the image holds', () => {
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read('package.json')));
  const imported = globSync('src/**/*.ts', { cwd: new URL('../..', import.meta.url).pathname }).flatMap((path) =>
    [...read(path).matchAll(/(?:from |^import |import\(|require\.resolve\()'([a-z@][\w@:./-]*)'/gm)].map(
      ([, name = '']) => name,
    ),
  );
  const packages = imported
    .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  expect(packages).toContain('discord.js');
  expect([...new Set(packages)].filter((name) => !(name in dependencies))).toEqual([]);
});

test('the image is made of what is there, and of nothing secret', () => {
  const dockerfile = read('Dockerfile');
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) => paths.split(' '));
  expect(copied.length).toBeGreaterThan(0);
  expect(copied.filter((path) => !existsSync(new URL(`../../${path}`, import.meta.url)))).toEqual([]);
  const [everything, ...allowed] = read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(everything, 'what is not named stays out').toBe('*');
  expect(new Set(allowed)).toEqual(new Set(copied.map((path) => `!${path}`)));
});
