/** A result in which no address can be read is never taken for one without pictures. */
import { expect, test } from 'vitest';
import { picturesOf, settlement } from '../../../src/services/job/job.ts';
import { createOneJob, PICTURE, type Reaction } from './one-job.ts';

const FINISHED: Reaction = { body: { status: 'completed' } };
const made = (output: unknown): Reaction => ({ body: { status: 'succeeded', output } });

test('it is looked at again for as long as the job has time, people are told, and what comes in the end is taken', async () => {
  const one = createOneJob();
  Object.assign(one.reactions, { status: FINISHED, result: made({ images: [{ id: 'file-1' }] }) });
  await one.clock.advance(30 * 60_000);
  expect(one.job.state.name).toBe('in_queue');
  expect(one.shown).toContain('RunComfy does not answer properly');
  one.reactions.result = made({ images: [{ url: PICTURE }] });
  await one.clock.advance(31_000);
  expect(one.job.state.name).toBe('completed');
  expect(picturesOf(one.job)).toEqual([{ number: 1, url: PICTURE }]);
});

test('until the deadline: told as what it is, and what is reserved stays counted', async () => {
  const one = createOneJob();
  Object.assign(one.reactions, { status: FINISHED, result: made(null) });
  await one.clock.advance(61 * 60_000);
  expect(one.job.state).toMatchObject({ name: 'failed', failure: 'unreadable' });
  expect(settlement(one.job)).toBe('settle');
  expect(one.end).toContain('its answer could not be read');
  expect(one.end).toContain('may have charged $0.12');
});

test('an empty list alone is none', async () => {
  const one = createOneJob();
  Object.assign(one.reactions, { status: FINISHED, result: made({ images: [] }) });
  await one.clock.advance(10_000);
  expect(one.job.state).toMatchObject({ name: 'failed', failure: 'no_pictures' });
});
