/** What `npm ci --omit=dev` brings along, and what is said where that is not enough. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';

const ROOT = new URL('../../', import.meta.url).pathname;

/** A house with this one's code and its production packages alone; gives what a program of it says. */
function createHouse() {
  const house = mkdtempSync(join(tmpdir(), 'seedream-production-'));
  onTestFinished(() => {
    rmSync(house, { recursive: true, force: true });
  });
  for (const name of ['src', 'playground', 'package.json']) symlinkSync(join(ROOT, name), join(house, name));
  const { packages } = z
    .object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) })
    .parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));
  const direct = /^node_modules\/(@[^/]+\/)?[^/]+$/;
  for (const path of Object.keys(packages).filter((path) => direct.test(path) && packages[path]?.dev !== true)) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    symlinkSync(join(ROOT, path), join(house, path));
  }
  return (entry: string) => {
    // Else the packages of this house would be found, too.
    const options = ['--preserve-symlinks', '--preserve-symlinks-main', entry];
    return spawnSync(process.execPath, options, { cwd: house, env: {}, encoding: 'utf8', input: '' });
  };
}

test('the setup and the doctor need no more; the playground says what it needs', () => {
  const run = createHouse();
  expect(run('src/setup.ts')).toMatchObject({ status: 1, stderr: expect.stringContaining('npm run setup') as string });
  const doctor = run('src/doctor.ts');
  expect(doctor).toMatchObject({ status: 1, stderr: '' });
  expect(doctor.stdout).toContain('DISCORD_TOKEN is missing');
  expect(run('playground/index.ts')).toMatchObject({
    status: 1,
    stdout: '',
    stderr: 'The playground needs the development dependencies, too: npm ci, without --omit=dev.\n',
  });
});
