/** What the playground's bot expects of a job fits the stand-in, which is many times faster than the real service, from the first job on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeDurations } from '../../playground/app/durations.ts';
import { createPlayground } from '../../playground/app/playground.ts';
import { DURATIONS, medianDuration } from '../../playground/runcomfy/stand-in.ts';
import { systemClock as clock } from '../../src/services/clock.ts';
import { createLearntDurations } from '../../src/services/polling/learnt-durations.ts';
import { openStorage } from '../../src/services/storage/open.ts';
import { pictureFile } from '../support/given-pictures.ts';
import { createBotInTest } from './bot-in-test.ts';
import { createSilentLog } from '../support/silent-log.ts';

test.each([1, 5])('at %s times the real speed every kind of job is expected to take what it takes', async (speed) => {
  const folder = mkdtempSync(join(tmpdir(), 'durations-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const path = join(folder, 'store.sqlite');
  await writeDurations({ path, durations: DURATIONS, speed, jobsAhead: 1 });
  const log = createSilentLog();
  const storage = await openStorage({ location: { kind: 'sqlite', path }, retention: Infinity, clock, log });
  onTestFinished(() => storage.close());
  const durations = createLearntDurations({ store: storage.store, clock, log });
  await durations.load();
  for (const quality of ['fast', 'standard'] as const) {
    for (let count = 1; count <= 15; count += 1) {
      const { generationMs, queueMs } = durations.estimate({ count, quality });
      const takes = medianDuration(DURATIONS, count, quality === 'standard') / speed;
      expect(generationMs / takes, `${count} ${quality}`).toBeGreaterThan(0.75);
      expect(generationMs / takes, `${count} ${quality}`).toBeLessThan(1.33);
      expect(queueMs).toBeLessThan(medianDuration(DURATIONS, 1, false) / speed);
    }
  }
});

test.each([
  ['a set', { count: 8 }],
  ['single pictures', { count: 12, model: 'bytedance/seedream-5/lite/text-to-image' }],
  ['an edit', { count: 8, picture: await pictureFile('dog.png') }],
])('%s: the first job is never told to take more than twice as long as it does', async (_what, options) => {
  const playground = await createPlayground({ speed: 40, pictures: 'plain', createBot: createBotInTest });
  onTestFinished(() => playground.close());
  const { discord } = playground;
  const { ana } = discord.members;
  const asked = { prompt: 'a kite', ...options };
  const beganAt = Date.now();
  const interaction = discord.command({
    member: ana,
    channel: discord.channels.pictures,
    name: 'seedream',
    options: asked,
  });
  const reply = () => JSON.stringify(interaction.original?.components ?? []);
  await discord.until(() => reply().includes('"again:'), 30_000);
  const took = Date.now() - beganAt;
  const versions = interaction.original?.versions ?? [];
  const told = versions.flatMap(({ embeds }) =>
    embeds.flatMap(({ description, footer }) => [description, footer?.text]),
  );
  expect(told).toContainEqual(expect.stringMatching(/any moment now|In the queue/));
  const moments = [...told.join(' ').matchAll(/<t:(\d+):R>/g)].map(([, seconds]) => 1000 * Number(seconds));
  expect(moments.filter((at) => at - beganAt > 2 * took)).toEqual([]);
});
