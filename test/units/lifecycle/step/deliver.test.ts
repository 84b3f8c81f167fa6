/** When a gallery whose pictures could not all be fetched is tried again. */
import { expect, test } from 'vitest';
import { advance, newJob, type Job, type JobEvent } from '../../../../src/services/job/job.ts';
import { createDeliver } from '../../../../src/services/lifecycle/step/deliver.ts';
import type { Journal } from '../../../../src/services/lifecycle/step/journal.ts';
import { createLateEdits } from '../../../../src/services/lifecycle/step/late-edits.ts';
import { createRetries } from '../../../../src/services/lifecycle/step/retries.ts';
import { createVirtualClock } from '../../../support/clock/virtual-clock.ts';
import { sampleJob } from '../../../support/sample-job.ts';
import { createSilentLog } from '../../../support/silent-log.ts';

const SHOWN = { edits: 0 } as never;
const none = () => Promise.reject(new Error('This is not asked for'));

/** A delivery of which no picture can be fetched now, and how often it has been tried. */
function setUp() {
  const clock = createVirtualClock();
  let tries = 0;
  const shown: string[] = [];
  const deliver = createDeliver({
    delivery: { begin: () => Promise.resolve({ next: none, again: none, end: () => undefined }) },
    postGallery: () => Promise.resolve((tries += 1)).then(() => ({ why: 'unavailable', missing: [AWAITED] })),
    progress: { end: () => Promise.resolve(SHOWN), show: ({ id }) => void shown.push(id) },
    lastWord: { tellMissing: none, tellMoved: none },
    reply: { locate: () => Promise.resolve(undefined) },
    lateEdits: createLateEdits({ clock }),
    overwritten: { reread: none },
    retries: createRetries(),
    clock,
    log: createSilentLog(),
  });
  /** Tries until the pause is as long as it gets; gives its milliseconds. */
  async function tryLong(job: Job): Promise<number> {
    for (;;) {
      const wait = Number(await deliver({ job } as Journal));
      if (wait === 60_000) return wait;
      await clock.advance(wait);
    }
  }
  return { clock, deliver, tryLong, shown, tries: () => tries };
}

const AWAITED = { number: 1, because: 'awaited' } as const;

/** A job of a request a picture, of which these are made. */
function withMade(count: number, now: number, ...pictures: number[]): Job {
  const asked = newJob({ ...sampleJob(), count, createdAt: now }, { picturesPerRequest: 1 });
  const events = asked.requests.flatMap(({ number: request }): JobEvent[] => [
    { type: 'submitting', request },
    { type: 'submitted', requestId: `r${request}`, request },
  ]);
  const made = pictures.map((request): JobEvent => {
    return { type: 'succeeded', images: [`https://a.example/${request}`], videos: [], request };
  });
  return [...events, ...made].reduce((so, event) => advance(so, event, now), asked);
}

test('a picture that comes while another cannot be fetched is shown at once, and does not wait as long as that one', async () => {
  const { clock, deliver, tryLong, tries } = setUp();
  await tryLong(withMade(3, clock.now(), 1));
  const before = tries();
  await clock.advance(1000);
  expect(await deliver({ job: withMade(3, clock.now(), 1) } as Journal)).toBe(59_000);
  expect(tries()).toBe(before);
  expect(await deliver({ job: withMade(3, clock.now(), 1, 2) } as Journal)).toBe(1000);
  expect(tries()).toBe(before + 1);
});

test('its reply goes on telling how far the job is, as it may name a moment that passes', async () => {
  const { clock, tryLong, shown } = setUp();
  await tryLong(withMade(3, clock.now(), 1));
  expect(shown.length).toBeGreaterThan(0);
});

test('pictures that wait for one that cannot be fetched are tried again when they wait for it no longer', async () => {
  const { clock, deliver } = setUp();
  const job = withMade(2, clock.now(), 1, 2);
  const waits: number[] = [];
  for (let all = 0; all < 20_000; all += waits.at(-1) ?? 0) {
    waits.push(Number(await deliver({ job } as Journal)));
    await clock.advance(waits.at(-1) ?? 0);
  }
  expect(waits.reduce((sum, wait) => sum + wait)).toBe(20_000);
});
