/** What a production install brings along. */
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const ROOT = new URL('../../', import.meta.url).pathname;

const { packages } = z
  .object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));

/** The folders that `npm ci --omit=dev` fills. */
const production = Object.keys(packages).filter((path) => path !== '' && packages[path]?.dev !== true);

/** Bytes on the disk, without the packages within. */
function sizeOf(path: string): number {
  const { blocks } = lstatSync(path);
  if (!lstatSync(path).isDirectory()) return blocks * 512;
  const names = readdirSync(path).filter((name) => name !== 'node_modules');
  return names.reduce((sum, name) => sum + sizeOf(join(path, name)), blocks * 512);
}

test('a production install takes at most 120 MB', () => {
  const installed = production.map((path) => join(ROOT, path)).filter((path) => existsSync(path));
  expect(installed.length).toBeGreaterThan(50);
  const size = installed.reduce((sum, path) => sum + sizeOf(path), 0);
  expect(size / 1024 / 1024).toBeLessThanOrEqual(120);
});

test('what only a development needs stays out of it', () => {
  const names = production.map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
  for (const name of ['typescript', 'echarts', 'vitest', 'node']) expect(names).not.toContain(name);
});

test('docs/dependencies.md says of each why it is here', () => {
  const said = readFileSync(join(ROOT, 'docs/dependencies.md'), 'utf8');
  const { dependencies, devDependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
  const first = said
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .flatMap((line) => (line.split('|')[1] ?? '').split(',').map((name) => name.trim()));
  for (const name of [...Object.keys(dependencies), ...Object.keys(devDependencies)]) expect(first).toContain(name);
});
