/** The command line of `npm start`, as it stands in package.json. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';

const HOUSE = new URL('../..', import.meta.url).pathname;
const { scripts } = z
  .object({ scripts: z.object({ start: z.string() }) })
  .parse(JSON.parse(readFileSync(`${HOUSE}/package.json`, 'utf8')));

/** Prints at the end whether Node has loaded Amaro, by which it strips types. */
const TELL = `process.once('exit', () => console.log(process.moduleLoadList.some((name) => name.includes('amaro'))));`;

test('from its second start on the bot is found stripped and compiled, its entry, too', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-start-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const [program, ...args] = scripts.start.split(' ');
  expect(program).toBe('node');
  // Without settings the bot loads, says what it lacks, and ends; a file of settings beside it would be read.
  const own = args.filter((arg) => !arg.startsWith('--env-file'));
  const start = () =>
    spawnSync(process.execPath, ['--import', `data:text/javascript,${TELL}`, ...own], {
      cwd: HOUSE,
      env: { TMPDIR: folder, TEMP: folder },
      encoding: 'utf8',
    });
  const [first, second] = [start(), start()];
  for (const { status, stderr } of [first, second]) {
    expect(status).toBe(1);
    expect(stderr).toContain('DISCORD_TOKEN');
  }
  expect([first.stdout.trim(), second.stdout.trim()]).toEqual(['true', 'false']);
});
