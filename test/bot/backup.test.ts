/** The backup and the restore that docs/operations.md describes, for SQLite, done to a bot at work. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createStage } from '../support/bot.ts';
import { submitted } from '../support/runcomfy.ts';
import { gallery, pictureNumbers, refusal, shows } from '../support/waiting.ts';

/** The command of the manual, word for word but for which Node it calls. */
function backupCommand(): string {
  const manual = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const command = /<!-- tested: backup sqlite -->\s+```sh\n([^`]+)```/.exec(manual)?.[1];
  if (command === undefined) throw new Error('The manual has no backup command');
  return command.replace('npx node', `'${process.execPath}'`);
}

test('a backup made while the bot works, restored after the loss of the store, has the usage and ends the job', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-backup-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  await using stage = await createStage({
    quick: true,
    runcomfy: { held: true },
    environment: { STORE_URL: `sqlite://${folder}/data/seedream.sqlite`, LIMIT_USER_DAILY_IMAGES: '4' },
  });
  const { discord, runcomfy } = stage;
  const order = { member: discord.members.ana, channel: discord.channels.general, name: 'seedream' };
  const interaction = discord.command({ ...order, options: { prompt: 'a mill by the river', count: 3 } });
  const { requestId } = await submitted(stage, 'a mill by the river');
  await shows(interaction, 'In the queue');

  execFileSync('sh', ['-c', backupCommand()], { cwd: folder });
  await stage.bot.end();
  rmSync(join(folder, 'data'), { recursive: true });

  await stage.start({ STORE_URL: `sqlite://${folder}/data/other.sqlite` });
  await stage.bot.stop();
  for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `data/other.sqlite${end}`), { force: true });
  renameSync(join(folder, 'backup.sqlite'), join(folder, 'data/seedream.sqlite'));
  await stage.start();

  const next = discord.command({ ...order, options: { prompt: 'two more', count: 2 } });
  expect(await refusal(stage, next)).toContain('You have used 3 of your 4 pictures today');
  runcomfy.start(requestId);
  runcomfy.finish(requestId);
  expect(pictureNumbers(await gallery(interaction))).toEqual([1, 2, 3]);
  expect(runcomfy.submits).toBe(1);
});
