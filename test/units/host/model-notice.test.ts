/** The host hears by direct message that a model is gone, or takes something else: once, whoever finds out and however often. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDiscordStandIn, type DiscordStandIn } from '../../../playground/discord/stand-in.ts';
import { systemClock as clock } from '../../../src/services/clock.ts';
import { createBotRest } from '../../../src/services/discord/rest.ts';
import { createHost } from '../../../src/services/host/host.ts';
import { createModelNotice } from '../../../src/services/host/model-notice.ts';
import type { ModelTrouble } from '../../../src/services/models/models.ts';
import { soleProcess } from '../../../src/services/storage/sqlite/processes.ts';
import type { Store } from '../../../src/services/storage/storage.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const log = createSilentLog();
const MODEL = { id: 'bytedance/seedream-4-0/sequential', name: 'Seedream 4.0', editsOnly: false };
const PATIENT = { timeout: 20_000 };
const DAY = 24 * 60 * 60_000;
const gone = (since: number, next?: string): ModelTrouble => ({ kind: 'gone', ...MODEL, since, next });

let discord: DiscordStandIn;
let records: Map<string, unknown>;
beforeEach(async () => {
  discord = await createDiscordStandIn({ token: 'token' });
  records = new Map();
});
afterEach(() => discord.close());

/** The notice as one process has it; all share the records. */
function notice() {
  const rest = createBotRest({ api: discord.apiUrl, retries: 0, token: 'token', processes: soleProcess, clock });
  const collection = () => ({
    get: (id: string) => Promise.resolve(records.get(id)),
    set: (id: string, value: unknown) => Promise.resolve(void records.set(id, value)),
  });
  const store = { collection } as unknown as Store;
  return createModelNotice({ store, rest, host: createHost({ rest, clock, log }), clock, log });
}

const told = () => discord.directMessages(discord.host).map(({ content }) => content);

test('a model that is gone: what to set, once, however many processes find out; again when it goes on another day', async () => {
  const [one, other] = [notice(), notice()];
  for (const tell of [one, other, one]) tell(gone(0));
  await expect.poll(told, PATIENT).toEqual([expect.stringContaining('`RUNCOMFY_MODELS`')]);
  expect(told()[0]).toContain('npm run doctor -- --model bytedance/seedream-5.0-pro/text-to-image');
  notice()(gone(1000));
  one(gone(DAY, 'another/model'));
  await expect.poll(told, PATIENT).toHaveLength(2);
  expect(told()[1]).toContain('New jobs are made with `another/model`');
});

test('a schema that cannot be met: the name of the field, once for each', async () => {
  const tell = notice();
  const unmet = (field: string): ModelTrouble => ({ kind: 'unmet', ...MODEL, problem: { field, why: 'gone' } });
  for (const field of ['text', 'text', 'seed']) tell(unmet(field));
  await expect.poll(() => told().length, PATIENT).toBe(2);
  expect(told().toSorted()).toEqual([expect.stringContaining('field `seed`'), expect.stringContaining('field `text`')]);
});

test('a model that edits pictures and nothing else: that all other jobs go on', async () => {
  const tell = notice();
  const edits = { ...MODEL, editsOnly: true };
  tell({ kind: 'gone', ...edits, since: 0, next: MODEL.id });
  tell({ kind: 'unmet', ...edits, problem: { field: 'images', why: 'gone' } });
  await expect.poll(() => told().length, PATIENT).toBe(2);
  for (const sentence of told()) expect(sentence).toMatch(/with which pictures are edited.*`REFERENCES=off`/);
  expect(told().filter((sentence) => sentence.includes('field `images`'))).toHaveLength(1);
});
