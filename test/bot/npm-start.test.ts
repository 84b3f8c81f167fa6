/** The command line of `npm start`, as it stands in package.json, and where it keeps compiled code. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createDiscordStandIn } from '../../playground/discord/stand-in.ts';

const HOUSE = new URL('../..', import.meta.url).pathname;
const { scripts } = z
  .object({ scripts: z.object({ start: z.string() }) })
  .parse(JSON.parse(readFileSync(`${HOUSE}/package.json`, 'utf8')));

/** Prints at the end whether Node has loaded Amaro, by which it strips types. */
const TELL = `process.once('exit', () => console.log(process.moduleLoadList.some((name) => name.includes('amaro'))));`;

/** A house of its own, with the packages of this one, and a folder for temporary files. */
function createHouse() {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-start-'));
  const [house, temporary] = [join(folder, 'house'), join(folder, 'temporary')];
  const packages = join(house, 'node_modules');
  mkdirSync(packages, { recursive: true });
  mkdirSync(temporary);
  for (const name of readdirSync(join(HOUSE, 'node_modules')).filter((name) => !name.startsWith('.'))) {
    symlinkSync(join(HOUSE, 'node_modules', name), join(packages, name));
  }
  cpSync(join(HOUSE, 'src'), join(house, 'src'), { recursive: true });
  cpSync(join(HOUSE, 'package.json'), join(house, 'package.json'));
  const compiled = join(packages, '.cache/seedream-bot');
  const [program, ...args] = scripts.start.split(' ');
  expect(program).toBe('node');
  const environment = { TMPDIR: temporary, TEMP: temporary };
  return {
    compiled,
    temporary,
    dispose: (): void => {
      rmSync(folder, { recursive: true, force: true });
    },
    /** Starts it with settings. */
    run: (settings: Record<string, string>) =>
      spawn(process.execPath, args, { cwd: house, env: { ...environment, ...settings }, stdio: 'ignore' }),
    /** Starts without settings: the bot loads, says what it lacks, and ends. Gives whether it had to strip types. */
    start: (): boolean => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['--import', `data:text/javascript,${TELL}`, ...args],
        { cwd: house, env: environment, encoding: 'utf8' },
      );
      expect(stderr).toContain('DISCORD_TOKEN');
      expect(status).toBe(1);
      return stdout.trim() === 'true';
    },
  };
}

describe('one house', () => {
  const { compiled, temporary, start, dispose } = createHouse();
  afterAll(dispose);

  test('from its second start on the bot is found stripped and compiled, its entry, too, in a folder of its own', () => {
    expect([start(), start()]).toEqual([true, false]);
    expect(statSync(compiled).mode & 0o777).toBe(0o700);
    expect(readdirSync(compiled, { recursive: true }).length, 'discord.js, zod, the bot').toBeGreaterThan(500);
    expect(readdirSync(temporary), 'what every user of the machine shares').toEqual([]);
  });

  test.each<[string, () => void]>([
    [
      'others may write to',
      () => {
        chmodSync(compiled, 0o777);
      },
    ],
    [
      'belongs to somebody else',
      () => {
        chmodSync(compiled, 0o700);
        if (process.getuid?.() === 0) chownSync(compiled, 12_345, 12_345);
        else {
          // Only root can give a folder away: others are shown one that root has, by a link.
          rmSync(compiled, { recursive: true });
          symlinkSync('/root', compiled);
        }
      },
    ],
  ])('a folder that %s is not used: code planted there would run with the tokens', (_whose, spoil) => {
    spoil();
    expect(start()).toBe(true);
    expect(readdirSync(temporary)).toEqual([]);
  });
});

test('a bot that is killed has kept what it compiled', async () => {
  const { compiled, run, start, dispose } = createHouse();
  onTestFinished(dispose);
  const discord = await createDiscordStandIn({ token: 'the.token' });
  onTestFinished(() => discord.close());
  const child = run({ DISCORD_TOKEN: 'the.token', DISCORD_API_URL: discord.apiUrl, RUNCOMFY_TOKEN: 'a-token' });
  try {
    // They are written one after another: all are there once there are no more than half a second before.
    let before = 0;
    const settled = () => {
      const files = existsSync(compiled) ? readdirSync(compiled, { recursive: true }).length : 0;
      const all = files > 500 && files === before;
      before = files;
      return all;
    };
    await expect.poll(settled, { timeout: 30_000, interval: 500 }).toBe(true);
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  expect(start()).toBe(false);
});
