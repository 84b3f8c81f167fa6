/** What a start loads for models. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const DOOR = new URL('../../../src/services/models/models.ts', import.meta.url).href;

/** Prints how many of Ajv's files are loaded: with the room, and once a schema was met. */
const TELL = `
import { createRequire } from 'node:module';
const { cache } = createRequire(import.meta.url);
const tell = () => console.log(Object.keys(cache).filter((file) => file.includes('/node_modules/ajv/')).length);
const { knowModel, parseModel } = await import('${DOOR}');
tell();
const id = 'bytedance/seedream-4-0/sequential';
knowModel(id, parseModel({ model_id: id, input_schema: { properties: { text: { type: 'string' } } } }, id));
tell();
`;

test('Ajv, which takes longer to load than most of the bot, is loaded with the first schema and not at the start', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', TELL], { encoding: 'utf8' });
  const [atStart, afterSchema] = stdout.trim().split('\n').map(Number);
  expect(atStart, stderr).toBe(0);
  expect(afterSchema, stderr).toBeGreaterThan(0);
});
