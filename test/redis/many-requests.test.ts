/** Jobs of many requests with several processes: one is killed in their midst, and turns where RunComfy takes few at once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { messagesWithPictures } from '../support/delivered.ts';
import { jobsOf, requests } from '../support/runcomfy.ts';
import { buttons, pictureNumbers } from '../support/waiting.ts';
import { createFleet, PATIENCE, type Fleet, type Request } from './fleet.ts';

let fleet: Fleet;

beforeAll(async () => {
  fleet = await createFleet({
    processes: [{}, {}],
    discord: { acknowledgeWithinMs: 30_000 },
    environment: { RUNCOMFY_MODELS: 'bytedance/seedream-5/lite/text-to-image' },
  });
});
afterAll(() => fleet[Symbol.asyncDispose]());

const standing = (request: Request) => messagesWithPictures(fleet.stage, request).flatMap(pictureNumbers).toSorted();

/** Waits until the galleries of these are closed. */
async function closed(asked: Request[]): Promise<void> {
  for (const { interaction } of asked) {
    await interaction.until(({ original }) => original !== null && buttons(original).includes('Again'), PATIENCE);
  }
}

test('jobs of a process that is killed while their galleries fill go on with the other: no request and no picture twice', async () => {
  const { stage } = fleet;
  const victim = await fleet.launch();
  const asked = Array.from({ length: 6 }, (_, index) => fleet.ask({ prompt: `orphaned set ${index} .`, count: 6 }));
  const sets = await Promise.all(asked.map(({ prompt }) => requests(stage, prompt, 6)));
  for (const set of sets) for (const { requestId } of set.slice(1, 3)) stage.runcomfy.finish(requestId);
  await stage.discord.until(() => asked.some((request) => standing(request).length > 0), PATIENCE);
  await victim.stop('SIGKILL');
  for (const set of sets) {
    const [refused, , , ...others] = set;
    stage.runcomfy.failJob(refused?.requestId ?? '', 'the model broke');
    for (const { requestId } of others) stage.runcomfy.finish(requestId);
  }
  await closed(asked);
  for (const request of asked) {
    expect(standing(request), request.prompt).toEqual([2, 3, 4, 5, 6]);
    expect(jobsOf(stage, request.prompt)).toHaveLength(6);
  }
  await expect.poll(() => fleet.held(), { timeout: PATIENCE }).toEqual([]);
  const { guild } = asked[0]?.interaction ?? { guild: null };
  if (guild === null) throw new Error('It was asked for in a guild');
  expect((await fleet.usage(guild)).guildDailyImages, 'to the picture').toBe(6 * 5);
});

test("with several processes a server's job of 15 does not hold up another server's job of one", async () => {
  const { stage } = fleet;
  await stage.runcomfy.setBehaviour({ takenAtOnce: 3 });
  const long = fleet.ask({ prompt: 'a long set', count: 15, shard: 0 });
  await requests(stage, long.prompt, 3);
  const short = fleet.ask({ prompt: 'a set of one', count: 1, shard: 1 });
  // It waits, and one place gets free after another: where its process does not know of it, each try of either job may get it.
  await short.interaction.until(({ original }) => (original?.embeds.length ?? 0) > 0, PATIENCE);
  const one = requests(stage, short.prompt, 1);
  let given = 0;
  for (; jobsOf(stage, short.prompt).length === 0 && given < 12; given += 1) {
    const taken = await requests(stage, long.prompt, given + 3);
    const next = taken.find(({ state }) => state === 'in_queue');
    stage.runcomfy.finish(next?.requestId ?? '');
    await Promise.race([one, requests(stage, long.prompt, given + 4)]);
  }
  expect(given, 'places that others had before it').toBeLessThanOrEqual(8);
  stage.runcomfy.finish((await one)[0]?.requestId ?? '');
  await closed([short]);
  await stage.runcomfy.setBehaviour({ takenAtOnce: Infinity });
  for (let taken = 1; taken <= 15; taken += 1) {
    const newest = (await requests(stage, long.prompt, taken))[taken - 1];
    if (newest?.state === 'in_queue') stage.runcomfy.finish(newest.requestId);
  }
  await closed([long]);
  expect(jobsOf(stage, long.prompt)).toHaveLength(15);
});
