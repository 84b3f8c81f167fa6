/** RunComfy says that it does not know a request which it has taken: one such answer ends nothing that is paid for. */
import { expect, test } from 'vitest';
import { picturesOf, settlement } from '../../../src/services/job/job.ts';
import { createOneJob, PICTURE, QUEUED, type Reaction } from './one-job.ts';

const UNKNOWN: Reaction = { status: 404, body: { error_code: 404001, error_message: 'Not found' } };
const MADE = {
  status: { body: { status: 'completed' } },
  result: { body: { status: 'succeeded', output: { images: [PICTURE] } } },
};

/** When each look that was answered so had its answer, in milliseconds from the first. */
function span(calls: { call: string; at: number }[]): number[] {
  const looks = calls.filter(({ call }) => call === 'status');
  return looks.map(({ at }) => at - (looks[0]?.at ?? 0));
}

test('right after the submit, for a while: the job goes on and its pictures come', async () => {
  const one = createOneJob();
  one.reactions.status = UNKNOWN;
  await one.clock.advance(25_000);
  expect(one.job.state.name).toBe('in_queue');
  Object.assign(one.reactions, MADE);
  await one.clock.advance(15_000);
  expect(one.job.state.name).toBe('completed');
  expect(picturesOf(one.job)).toEqual([{ number: 1, url: PICTURE }]);
});

test('three times over 30 seconds: it is believed, the outcome is unknown and what is reserved stays counted', async () => {
  const one = createOneJob();
  await one.clock.advance(20_000);
  const answered = one.calls.length;
  one.reactions.status = UNKNOWN;
  await one.clock.advance(60_000);
  expect(one.job.state).toMatchObject({ name: 'unknown' });
  expect(settlement(one.job)).toBe('settle');
  expect(one.end).toContain('may have been charged');
  const said = span(one.calls.slice(answered));
  expect(said.length).toBeGreaterThanOrEqual(3);
  expect(said.at(-1)).toBeGreaterThanOrEqual(30_000);
  expect(said.at(-2)).toBeLessThan(30_000);
});

test.each(['status', 'result'] as const)('a good answer of %s in between begins the count anew', async (call) => {
  const one = createOneJob();
  Object.assign(one.reactions, MADE, { result: { body: { status: 'in_progress' } } });
  for (let round = 0; round < 4; round += 1) {
    one.reactions[call] = UNKNOWN;
    await one.clock.advance(25_000);
    one.reactions[call] = call === 'status' ? QUEUED.status : { body: { status: 'in_progress' } };
    await one.clock.advance(15_000);
  }
  expect(one.job.state.name).toMatch(/^in_/);
  expect(one.job.state).not.toHaveProperty('lost');
});

test('by its result alone, while its status says that it is finished: it is believed as well', async () => {
  const one = createOneJob();
  Object.assign(one.reactions, MADE, { result: UNKNOWN });
  await one.clock.advance(29_000);
  expect(one.job.state.name).toBe('in_queue');
  await one.clock.advance(30_000);
  expect(one.job.state.name).toBe('unknown');
});

test('the count is in the job’s record: a restart neither forgets nor hurries it', async () => {
  const one = createOneJob();
  one.reactions.status = UNKNOWN;
  await one.clock.advance(20_000);
  one.restart();
  await one.clock.advance(8_000);
  expect(one.job.state.name).toBe('in_queue');
  await one.clock.advance(15_000);
  expect(one.job.state.name).toBe('unknown');
});

test.each<[string, Reaction]>([
  ['a web page', { status: 404, body: undefined }],
  ['JSON without a code', { status: 404, body: { detail: 'Not Found' } }],
  ['another code', { status: 404, body: { error_code: 404002 } }],
])('a 404 that is %s says nothing of the request, however often it comes', async (_, answer) => {
  const one = createOneJob();
  one.reactions.status = answer;
  await one.clock.advance(10 * 60_000);
  expect(one.job.state.name).toBe('in_queue');
  Object.assign(one.reactions, MADE);
  await one.clock.advance(40_000);
  expect(one.job.state.name).toBe('completed');
});

test('once only, at the deadline: the job is given up as perhaps charged, not as forgotten', async () => {
  const one = createOneJob();
  await one.clock.advance(59 * 60_000 + 50_000);
  Object.assign(one.reactions, { status: UNKNOWN, result: UNKNOWN, cancel: UNKNOWN });
  await one.clock.advance(20_000);
  expect(one.job.state).toMatchObject({ name: 'failed', failure: 'deadline' });
  expect(settlement(one.job)).toBe('settle');
});

test('a cancel at the deadline that gets no answer does not hide that the pictures are made', async () => {
  const one = createOneJob();
  await one.clock.advance(59 * 60_000 + 50_000);
  Object.assign(one.reactions, { status: { status: 500 }, cancel: { status: 500 }, result: MADE.result });
  await one.clock.advance(20_000);
  expect(one.job.state.name).toBe('completed');
  expect(picturesOf(one.job)).toEqual([{ number: 1, url: PICTURE }]);
});
