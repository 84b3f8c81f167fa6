/** An account that another process found to be refused: asked for after the acknowledgement, and before anything is reserved. */
import { expect, test } from 'vitest';
import { createVirtualClock } from '../../support/clock/virtual-clock.ts';
import { ask } from './asking.ts';

test('nobody waits for it before the acknowledgement, and nothing is begun', async () => {
  const happened: string[] = [];
  const said: unknown[] = [];
  const note = (what: string) => Promise.resolve(void happened.push(what));
  const clock = createVirtualClock();
  let until: number | undefined;
  const parts = {
    jobs: { start: () => note('start') },
    breaker: {
      refusal: () => until && { fault: 'balance', until },
      refresh() {
        until = clock.now() + 60_000;
        return note('refresh');
      },
    },
    rules: {
      imagesPerJobIn: () => 15,
      rulesFor: () =>
        Promise.resolve({ limits: {}, imagesPerJob: 15, complete: true, references: true, refuses: () => false }),
    },
    responses: {
      deferReply: () => note('acknowledge').then(() => '8'),
      withdrawReply(_: unknown, message: unknown) {
        said.push(message);
        return note('withdraw');
      },
    },
  };
  const none = { model: undefined, size: undefined, seed: undefined, quality: undefined, spoiler: false };
  await ask(clock, parts, { ...none, prompt: 'a quiet harbour', count: 1, private: false, references: [] });
  expect(happened).toEqual(['acknowledge', 'refresh', 'withdraw']);
  expect(JSON.stringify(said)).toContain(`<t:${Math.ceil((until ?? 0) / 1000)}:`);
});
