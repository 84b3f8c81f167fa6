/** The store fails: nobody is charged for what could not be written, and jobs that run go on to their gallery. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProcessStage, ROOMY, spawnBot, type ProcessStage } from '../support/bot.ts';
import { submits, submitted } from '../support/runcomfy.ts';
import { gallery, refusal, shows } from '../support/waiting.ts';
import {
  ask,
  asked,
  eventually,
  expectOneGallery,
  expectReservation,
  expectUnharmed,
  press,
  reservation,
  storeFile,
} from './scenarios.ts';

const folder = mkdtempSync(join(tmpdir(), 'seedream-disk-'));
const disk = join(folder, 'state');
let stage: ProcessStage;

beforeAll(async () => {
  setDisk('');
  stage = await createProcessStage({
    runcomfy: { held: true },
    preloads: [new URL('failing-disk.ts', import.meta.url).href],
    environment: { ...ROOMY, DISK_STATE: disk },
  });
});

afterAll(async () => {
  expectUnharmed(stage);
  await stage[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

function setDisk(state: '' | 'full' | 'slow'): void {
  writeFileSync(disk, state);
}

/** Another process holds the database's lock until this is disposed of. */
function lock(): Disposable {
  const other = new DatabaseSync(storeFile(stage.environment), { timeout: 5000 });
  other.exec('BEGIN EXCLUSIVE');
  return {
    [Symbol.dispose]() {
      other.exec('ROLLBACK');
      other.close();
    },
  };
}

/** The record of a job as the file has it: its namespace and the name of its state. */
function recordOf(jobId: string): string | undefined {
  const database = new DatabaseSync(storeFile(stage.environment), { readOnly: true, timeout: 5000 });
  try {
    const rows = database.prepare(
      `SELECT namespace, value ->> '$.value.state.name' AS state FROM records WHERE key = ?`,
    );
    const found = rows.all(jobId).filter(({ namespace }) => namespace === 'jobs' || namespace === 'finished');
    return found.map(({ namespace, state }) => `${String(namespace)} ${String(state)}`).join(', ');
  } finally {
    database.close();
  }
}

const NOTHING_CHARGED = 'cannot reach its storage right now. Nothing was charged';

describe.each([
  [
    'full',
    () => {
      setDisk('full');
      return {
        [Symbol.dispose]() {
          setDisk('');
        },
      };
    },
  ],
  ['locked by another process', lock],
] as const)('a store that is %s', (name, breakStore) => {
  test('new requests are refused, running jobs go on and are written once it is back', async () => {
    const [queued, generating] = await Promise.all([
      asked(stage, { prompt: `queued while ${name}`, count: 2 }),
      asked(stage, { prompt: `generating while ${name}`, count: 11 }),
    ]);
    await shows(queued.interaction, 'In the queue');
    stage.runcomfy.start(generating.requestId);
    await shows(generating.interaction, 'Generating');
    const prompt = `asked while ${name}`;
    let refused;
    {
      using broken = breakStore();
      expect(broken).toBeDefined();
      refused = ask(stage, { prompt });
      expect(await refusal(stage, refused)).toContain(NOTHING_CHARGED);
      const cancel = press(stage, { interaction: queued.interaction });
      expect(await refusal(stage, cancel)).toContain('cannot reach its storage right now, so the job goes on');
      stage.runcomfy.finish(generating.requestId);
      stage.runcomfy.finish(queued.requestId);
      await gallery(generating.interaction);
      await gallery(queued.interaction);
      expect(recordOf(generating.interaction.id)).toBe('jobs in_progress');
    }
    await expectOneGallery(stage, generating.interaction, 11);
    await expectOneGallery(stage, queued.interaction, 2);
    await eventually(
      'the records',
      () =>
        [generating, queued].every(({ interaction }) => recordOf(interaction.id) === 'finished delivered') || undefined,
    );
    expect(submits(stage, prompt)).toBe(0);
    expect([undefined, 'released']).toContain(reservation(stage, refused));
    expect(recordOf(refused.id)).toBe('');
    await shows(ask(stage, { prompt: `after it was ${name}` }), 'In the queue');
  });
});

test('a request id that could not be written is written once the store is back, so that a kill loses nothing', async () => {
  const prompt = 'remembered for the time being';
  const submit = stage.runcomfy.failNext({ call: 'submit', kind: 'slow', ms: 1000 });
  const interaction = ask(stage, { prompt });
  await eventually('the submit', () => submit.applied === 1 || undefined);
  setDisk('full');
  await stage.bot.wrote('a job could not be written');
  const { requestId } = await submitted(stage, prompt);
  expect(recordOf(interaction.id)).toBe('jobs submitting');
  setDisk('');
  await eventually('the record', () => recordOf(interaction.id) === 'jobs in_queue' || undefined);
  await stage.bot.stop('SIGKILL');
  await stage.start();
  stage.runcomfy.finish(requestId);
  await expectOneGallery(stage, interaction, 1);
  expect(submits(stage, prompt)).toBe(1);
});

test('a slow disk slows jobs and loses none', async () => {
  setDisk('slow');
  const jobs = await Promise.all([1, 2, 3].map((number) => asked(stage, { prompt: `on the slow disk ${number}` })));
  for (const { requestId } of jobs) stage.runcomfy.finish(requestId);
  await Promise.all(jobs.map(({ interaction }) => expectOneGallery(stage, interaction, 1)));
  setDisk('');
});

test('a record that cannot be read is set aside: its reservation stays counted, the other jobs go on', async () => {
  const damaged = await asked(stage, { prompt: 'a moth in the record' });
  const sound = await asked(stage, { prompt: 'the job beside it' });
  await Promise.all([shows(damaged.interaction, 'In the queue'), shows(sound.interaction, 'In the queue')]);
  await stage.bot.stop('SIGKILL');
  const database = new DatabaseSync(storeFile(stage.environment));
  const spoil = database.prepare(
    `UPDATE records SET value = substr(value, 1, 40) WHERE namespace = 'jobs' AND key = ?`,
  );
  expect(spoil.run(damaged.interaction.id).changes).toBe(1);
  database.close();
  await stage.start();
  const line = stage.bot
    .output()
    .split('\n')
    .find((text) => text.includes('could not be parsed and was set aside'));
  expect(line).toContain(damaged.interaction.id);
  stage.runcomfy.finish(sound.requestId);
  await expectOneGallery(stage, sound.interaction, 1);
  await expectReservation(stage, damaged.interaction, 'settled');
});

test.for([
  ['no database', Buffer.from('this was a shopping list, and it is long enough to fill a page'.repeat(100))],
  ['a database that ends in the middle', 'half'],
] as const)('%s: the bot refuses to start, and says what to do', async ([, content]) => {
  const file = join(folder, `${typeof content === 'string' ? 'half' : 'list'}.sqlite`);
  const made = new DatabaseSync(file);
  made.exec('CREATE TABLE filler (text TEXT)');
  const insert = made.prepare('INSERT INTO filler VALUES (?)');
  for (let row = 0; row < 100; row += 1) insert.run('x'.repeat(1000));
  made.exec('PRAGMA application_id = 1936945773; PRAGMA user_version = 1');
  made.close();
  const { readFileSync } = await import('node:fs');
  writeFileSync(file, typeof content === 'string' ? readFileSync(file).subarray(0, 50_000) : content);
  const bot = spawnBot({ ...stage.environment, STORE_URL: `sqlite://${file}` });
  expect(await bot.exited).toBe(1);
  expect(bot.output()).toContain(file);
  expect(bot.output()).toMatch(/restore a backup of it, or move it away/);
  expect(bot.output()).not.toContain('"msg":"ready"');
});
