/** RunComfy stops answering while a job is under way: people are told after a few tries, and told no more once it answers. */
import { expect, test } from 'vitest';
import { translate } from '../../../src/languages/languages.ts';
import { createOneJob, QUEUED, type Reaction } from './one-job.ts';

const SILENT = 'RunComfy does not answer';
const STARTED: Reaction = { body: { status: 'in_progress' } };

test.each<[string, Reaction]>([
  ['a 500 that lasts', { status: 500 }],
  ['a closed port', 'refused'],
  ['no answer', 'silent'],
  ['a web page', { status: 200, body: undefined }],
  ['a key that is refused', { status: 401 }],
])('%s: one line says so until it answers again, and the bot goes on asking', async (_, trouble) => {
  const one = createOneJob();
  await one.clock.advance(10_000);
  expect(one.shown).toContain('In the queue · 3 jobs ahead of you');
  one.reactions.status = trouble;
  await one.clock.advance(60_000);
  expect(one.shown.split('\n').filter((line) => line.includes(SILENT))).toHaveLength(1);
  expect(one.shown).toContain('In the queue');
  expect(one.shown).toMatch(/I keep asking.*give up <t:\d+:R>/);
  one.reactions.status = QUEUED.status;
  await one.clock.advance(40_000);
  expect(one.shown).not.toContain(SILENT);
  expect(one.shown).toContain('3 jobs ahead of you');
});

test('one or two failed looks are told to nobody', async () => {
  const one = createOneJob();
  for (let round = 0; round < 5; round += 1) {
    await one.clock.advance(10_000);
    one.reactions.status = { status: 500 };
    const failed = one.calls.length + 2;
    while (one.calls.length < failed) await one.clock.advance(100);
    one.reactions.status = QUEUED.status;
  }
  await one.clock.advance(10_000);
  expect(one.edits.map(({ embeds }) => embeds[0]?.description).join()).not.toContain(SILENT);
});

test('looks that fail for less than five seconds are told to nobody, however many; of those that go on after that people are told', async () => {
  const one = createOneJob();
  await one.clock.advance(10_000);
  one.reactions.status = { status: 500 };
  const before = one.calls.length;
  while (one.calls.length === before) await one.clock.advance(100);
  await one.clock.advance(4500);
  expect(one.calls.length - before).toBeGreaterThanOrEqual(3);
  expect(one.shown).not.toContain(SILENT);
  await one.clock.advance(15_000);
  expect(one.shown).toContain(SILENT);
});

test('however often RunComfy comes and goes, edits stay few, and what is told last is true', async () => {
  const one = createOneJob();
  one.reactions.status = STARTED;
  for (let round = 0; round < 20; round += 1) {
    one.reactions.status = { status: 503 };
    await one.clock.advance(60_000);
    one.reactions.status = STARTED;
    await one.clock.advance(60_000);
    expect(one.shown).not.toContain(SILENT);
  }
  expect(one.edits.length).toBeLessThanOrEqual(15);
});

test('a job that waited for RunComfy before it was taken begins without that line', async () => {
  const one = createOneJob();
  one.reactions.submit = { status: 429 };
  await one.clock.advance(30_000);
  expect(one.shown).toContain('Waiting for RunComfy to take the job');
  expect(one.shown).toContain('nothing is paid so far');
  expect(one.shown).not.toContain(SILENT);
  one.reactions.submit = QUEUED.submit;
  await one.clock.advance(30_000);
  expect(one.shown).toContain('In the queue');
  expect(JSON.stringify(one.edits), 'at no time').not.toContain(SILENT);
});

test('while it is silent, looks are at most 10 s apart in the first two minutes and at most 30 s later', async () => {
  const one = createOneJob();
  one.reactions.status = 'refused';
  await one.clock.advance(10 * 60_000);
  const looks = one.calls.filter(({ call }) => call === 'status').map(({ at }) => at);
  const gaps = looks
    .slice(1)
    .map((at, index) => ({ from: (looks[index] ?? 0) - (looks[0] ?? 0), gap: at - (looks[index] ?? 0) }));
  expect(Math.max(...gaps.filter(({ from }) => from < 110_000).map(({ gap }) => gap))).toBeLessThanOrEqual(10_000);
  expect(Math.max(...gaps.map(({ gap }) => gap))).toBeLessThanOrEqual(30_000);
});

test.each(['en-US', 'de', 'es-ES', 'fr', 'it', 'ja', 'pt-BR'])('%s has the line', (locale) => {
  expect(translate(locale)('state.silent', { until: '<t:1:R>' })).toContain('<t:1:R>');
});
