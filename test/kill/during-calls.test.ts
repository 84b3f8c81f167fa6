/**
 * `kill -9` while a call of the bot's is on the way: one of each kind that a store alone does not show. Where the call did
 * nothing the bot finds what it finds after the commit before it (`at-commits.test.ts`); the simulator kills at every call.
 */
import { expect, test } from 'vitest';
import { expectDelivered } from '../support/delivered.ts';
import { shows } from '../support/waiting.ts';
import { createKillHarness, type KillHarness, type Outcome, type Request } from './harness.ts';
import {
  acknowledgement,
  furtherMessage,
  galleryEdit,
  modelCall,
  pictureFetched,
  privateFill,
  privateMessage,
  submitTaken,
  submitWhileStopping,
  type KillPoint,
} from './kill-points.ts';

const TIMEOUT = 300_000;

interface Kill {
  killPoint: KillPoint;
  count: number;
  private?: boolean;
  outcome: Outcome;
}

const beforeSubmitted: Kill[] = [
  { killPoint: acknowledgement, count: 4, outcome: 'lost' },
  { killPoint: submitTaken, count: 4, outcome: 'unknown' },
  { killPoint: submitWhileStopping, count: 4, outcome: 'unknown' },
];
const four: Kill[] = [modelCall('result'), pictureFetched, galleryEdit].map((killPoint) => ({
  killPoint,
  count: 4,
  outcome: 'delivered',
}));
const fifteenPrivate: Kill[] = [privateMessage, privateFill].map((killPoint) => ({
  killPoint,
  count: 15,
  private: true,
  outcome: 'delivered',
}));

/** Gives the command, has the bot killed at the kill point and started again, and waits for what the job comes to. */
async function run(
  stage: KillHarness,
  { killPoint, count, private: ephemeral = false, outcome }: Kill,
): Promise<Request> {
  killPoint.arm(stage);
  const request = stage.ask({ prompt: killPoint.name, count, private: ephemeral });
  if (outcome === 'delivered') stage.runcomfy.finish((await stage.job(request)).requestId);
  await stage.killedAndStarted();
  if (outcome === 'delivered') await stage.whole(request);
  if (outcome === 'unknown') await stage.toldUnknown(request);
  // What is still to come of this job must not be taken for the next one's kill point.
  if (outcome !== 'lost') await stage.idle();
  return request;
}

async function killInTurn(kills: Kill[]): Promise<void> {
  await using stage = await createKillHarness();
  const outcomes: [Request, Outcome][] = [];
  for (const kill of kills) {
    try {
      outcomes.push([await run(stage, kill), kill.outcome]);
    } catch (error) {
      throw new Error(`killed at ${kill.killPoint.name}: ${String(error)}\n${stage.bot.output()}`, { cause: error });
    }
  }
  await stage.expectOutcomes(outcomes);
}

test.concurrent(
  'a kill before a job was written loses it; while it is submitted nobody submits it again',
  { timeout: TIMEOUT },
  async () => {
    await killInTurn(beforeSubmitted);
  },
);

test.concurrent('a kill while a job is looked at or delivered costs nothing', { timeout: TIMEOUT }, async () => {
  await killInTurn(four);
});

test.concurrent(
  'a kill while a further private message is made and filled makes no picture stand twice',
  { timeout: TIMEOUT },
  async () => {
    await killInTurn(fifteenPrivate);
  },
);

/** Kills the bot as it makes the second message, with Discord's clock at `later` milliseconds more when it is back. */
async function killedAtSecondMessage({ later, history }: { later: number; history: boolean }): Promise<void> {
  let ahead = 0;
  await using stage = await createKillHarness({ discord: { now: () => Date.now() + ahead } });
  const { discord } = stage;
  if (!history) discord.setBotPermissions(discord.channels.general, { deny: ['ReadMessageHistory'] });
  furtherMessage.arm(stage);
  const request = stage.ask({ prompt: 'a long pause', count: 15 });
  stage.runcomfy.finish((await stage.job(request)).requestId);
  await stage.bot.exited;
  ahead = later;
  await stage.killedAndStarted();
  await stage.whole(request);
  await stage.expectOutcomes([[request, 'delivered']]);
}

test.concurrent(
  'without Read Message History, Discord itself keeps a message from being made twice for a few minutes',
  { timeout: TIMEOUT },
  async () => {
    await killedAtSecondMessage({ later: 0, history: false });
  },
);

test.concurrent('with it, a message is found again however long the bot was away', { timeout: TIMEOUT }, async () => {
  await killedAtSecondMessage({ later: 3 * 60 * 60_000, history: true });
});

test.concurrent(
  'a request that waits for RunComfy survives any number of kills and is submitted once',
  { timeout: TIMEOUT },
  async () => {
    await using stage = await createKillHarness({ runcomfy: { rateLimited: true, retryAfterSeconds: 1 } });
    const request = stage.ask({ prompt: 'patience', count: 4 });
    await shows(request.interaction, 'Waiting for RunComfy');
    for (const commit of ['jobs reserved', 'jobs submitting']) {
      // The first is the end of a submit that was refused, the second the start of the next one.
      stage.killAt({ when: commit === 'jobs reserved' ? 'after' : 'before', commit }, request);
      await stage.killedAndStarted();
    }
    await stage.runcomfy.setBehaviour({ rateLimited: false });
    stage.runcomfy.finish((await stage.job(request)).requestId);
    await stage.whole(request);
    expectDelivered(stage, request);
    await stage.expectOutcomes([[request, 'delivered']]);
    expect(stage.runcomfy.submits).toBe(1);
  },
);
