/**
 * `kill -9` while a call of the bot's is on the way: one of each kind that a store alone does not show. Where the call did
 * nothing the bot finds what it finds after the commit before it (`at-commits.test.ts`); the simulator kills at every call.
 */
import { expect, test } from 'vitest';
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

const KILLS: Kill[] = [
  { killPoint: acknowledgement, count: 4, outcome: 'lost' },
  { killPoint: submitTaken, count: 4, outcome: 'unknown' },
  { killPoint: submitWhileStopping, count: 4, outcome: 'unknown' },
  ...[modelCall('result'), pictureFetched, galleryEdit].map((killPoint): Kill => ({
    killPoint,
    count: 4,
    outcome: 'delivered',
  })),
];
const FURTHER_MESSAGES: Kill[] = [privateMessage, privateFill].map((killPoint) => ({
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

async function killInTurn(stage: KillHarness, kills: Kill[]): Promise<[Request, Outcome][]> {
  const outcomes: [Request, Outcome][] = [];
  for (const kill of kills) {
    try {
      outcomes.push([await run(stage, kill), kill.outcome]);
    } catch (error) {
      throw new Error(`killed at ${kill.killPoint.name}: ${String(error)}\n${stage.bot.output()}`, { cause: error });
    }
  }
  return outcomes;
}

/** A job that waits for RunComfy, killed at the end of a submit that was refused, and as the next one begins. */
async function killedWhileWaiting(stage: KillHarness): Promise<Request> {
  await stage.runcomfy.setBehaviour({ rateLimited: true, retryAfterSeconds: 1 });
  const request = stage.ask({ prompt: 'patience', count: 4 });
  await shows(request.interaction, 'Waiting for RunComfy');
  for (const commit of ['jobs reserved', 'jobs submitting']) {
    stage.killAt({ when: commit === 'jobs reserved' ? 'after' : 'before', commit }, request);
    await stage.killedAndStarted();
  }
  await stage.runcomfy.setBehaviour({ rateLimited: false });
  stage.runcomfy.finish((await stage.job(request)).requestId);
  await stage.whole(request);
  return request;
}

test.concurrent(
  'a kill before a job was written loses it, amid its submit leaves it unknown, and later costs nothing; one that waits is submitted once',
  { timeout: TIMEOUT },
  async () => {
    await using stage = await createKillHarness();
    const outcomes = await killInTurn(stage, KILLS);
    const { submits } = stage.runcomfy;
    const waiting = await killedWhileWaiting(stage);
    expect(stage.runcomfy.submits - submits).toBe(1);
    await stage.expectOutcomes([...outcomes, [waiting, 'delivered']]);
  },
);

/** Kills the bot as it makes the second message of a gallery; `meanwhile` happens before it is back. */
async function killedAtSecondMessage(stage: KillHarness, prompt: string, meanwhile?: () => void): Promise<Request> {
  furtherMessage.arm(stage);
  const request = stage.ask({ prompt, count: 15 });
  stage.runcomfy.finish((await stage.job(request)).requestId);
  await stage.bot.exited;
  meanwhile?.();
  await stage.killedAndStarted();
  await stage.whole(request);
  await stage.idle();
  return request;
}

test.concurrent(
  'a further message stands once: a private one is filled; Discord itself keeps a public one from being made twice for a few minutes; with Read Message History it is found however long the bot was away',
  { timeout: TIMEOUT },
  async () => {
    let ahead = 0;
    await using stage = await createKillHarness({ discord: { now: () => Date.now() + ahead } });
    const { discord } = stage;
    const outcomes = await killInTurn(stage, FURTHER_MESSAGES);
    const { general } = discord.channels;
    discord.setBotPermissions(general, { deny: ['ReadMessageHistory'] });
    const soon = await killedAtSecondMessage(stage, 'without history');
    discord.setBotPermissions(general, { allow: ['ReadMessageHistory'] });
    const late = await killedAtSecondMessage(stage, 'a long pause', () => {
      ahead = 3 * 60 * 60_000;
    });
    await stage.expectOutcomes([...outcomes, [soon, 'delivered'], [late, 'delivered']]);
  },
);
