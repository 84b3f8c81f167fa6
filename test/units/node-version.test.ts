/** A Node that is too old hears so in one sentence, whatever is started. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const ROOT = new URL('../../', import.meta.url).pathname;
const { scripts, engines } = z
  .object({ scripts: z.record(z.string(), z.string()), engines: z.object({ node: z.string() }) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));

/** Makes this Node say that it is an older one. */
const PRETEND = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.18.0' } });`;
const SENTENCE = /^seedream-bot needs Node 24 or newer, and this is Node \d+\.\d+\.\d+: install it from [^\n]+\.\n$/;

/** The scripts that whoever hosts the bot runs, or tries it with. */
const STARTED = ['start', 'setup', 'doctor', 'statement', 'playground', 'store:copy'];

function run(program: string, args: string[]) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: ROOT, env: {}, encoding: 'utf8' });
  // Node's own, where there is no such file.
  return { status, stdout, stderr: stderr.replaceAll('.env not found. Continuing without it.\n', '') };
}

const argumentsOf = (script: string): string[] => (scripts[script] ?? '').split(' ').slice(1);

test.each(STARTED)('npm run %s', (script) => {
  const pretending = run(process.execPath, ['--import', `data:text/javascript,${PRETEND}`, ...argumentsOf(script)]);
  expect(pretending).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(SENTENCE) as string });
});

test('node src/index.ts, where Node can read it at all', () => {
  const pretending = run(process.execPath, ['--import', `data:text/javascript,${PRETEND}`, 'src/index.ts']);
  expect(pretending).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(SENTENCE) as string });
});

/** The machine's own Node, where it is one that knows the options of our scripts and is too old for the bot. */
const old = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .map((folder) => join(folder, 'node'))
  .find((program) => /^v2[0-3]\./.test(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout));

test.skipIf(old === undefined).each(STARTED)('npm run %s, on an old Node of this machine', (script) => {
  const truly = run(old ?? '', argumentsOf(script));
  expect(truly).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(SENTENCE) as string });
});

test('all that name a version name the same', () => {
  expect(engines.node).toBe('>=24');
  expect(readFileSync(join(ROOT, '.nvmrc'), 'utf8')).toBe('24\n');
  expect(readFileSync(join(ROOT, 'Dockerfile'), 'utf8').match(/^FROM node:24-/gm)).toHaveLength(2);
});
