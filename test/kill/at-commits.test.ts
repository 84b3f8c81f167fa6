/**
 * `kill -9` at the commits to the store: after each one, so in every state that a job can be found in. Before one the store
 * holds what it holds after the commit that came before; where something was done outside meanwhile, `during-calls.test.ts`
 * kills: a submit that was taken, an edit, a message.
 *
 * This is the sample on real processes and a real file. The simulator (`npm run simulate`, `test/simulator/`) kills before and
 * after every call that the bot makes, in virtual time, and judges every history by its invariants.
 */
import { expect, test } from 'vitest';
import { expectDelivered } from '../support/delivered.ts';
import { shows } from '../support/waiting.ts';
import { createKillHarness, type Boundary, type KillHarness, type Outcome, type Request } from './harness.ts';

/** Milliseconds: several starts of the bot share the machine. */
const TIMEOUT = 300_000;

/** One kill: at which commit of which kind of job, and what the job comes to. */
interface Kill extends Boundary {
  count: number;
  private?: boolean;
  outcome: Outcome;
}

/** What a job of 4 writes, in order, and what it comes to when killed after that. */
const FOUR: [commit: string, outcome: Outcome][] = [
  ['reserve', 'lost'],
  ['jobs reserved', 'delivered'],
  ['jobs submitting', 'unknown'],
  ['jobs in_queue', 'delivered'],
  ['jobs in_progress', 'delivered'],
  ['jobs completed', 'delivered'],
  ['jobs completed 1', 'delivered'],
  ['jobs delivered 1', 'delivered'],
  ['settled', 'delivered'],
  ['book', 'delivered'],
  ['finished delivered', 'delivered'],
  ['delete jobs', 'delivered'],
];
/** The last one of all: a start after it finds nothing left to be done, as each test's last one does. */
const LAST = 'delete cancellations';
/** What a job of 15 writes besides, public and private. */
const PUBLIC_15 = ['jobs completed 1', 'jobs completed 1 posting 2', 'jobs completed 2', 'jobs delivered 2'];
const PRIVATE_15 = ['jobs completed 1', 'jobs completed 1 posting 2 empty', 'jobs completed 2', 'jobs delivered 2'];

const fours: Kill[] = FOUR.map(([commit, outcome]) => ({ count: 4, when: 'after', commit, outcome }));
const fifteens: Kill[] = [
  { count: 15, when: 'after', commit: 'jobs completed 1 posting 2', outcome: 'delivered' },
  { count: 15, when: 'after', commit: 'jobs completed 2', outcome: 'delivered' },
  { count: 15, when: 'after', commit: 'jobs completed 1 posting 2 empty', private: true, outcome: 'delivered' },
];

/** Has a job generated to its end; what must be seen generating waits until it has been. */
async function generate(stage: KillHarness, request: Request, kill: Kill): Promise<void> {
  const { requestId } = await stage.job(request);
  if (kill.commit === 'jobs in_progress') {
    stage.runcomfy.start(requestId);
    await stage.bot.exited;
  }
  stage.runcomfy.finish(requestId);
}

async function run(stage: KillHarness, kill: Kill): Promise<Request> {
  const { commit, when, count, outcome } = kill;
  const ephemeral = kill.private === true;
  const prompt = `${ephemeral ? 'private' : 'public'} ${when} ${commit}`;
  const request = stage.ask({ prompt, count, private: ephemeral, killAt: { when, commit } });
  const early = outcome === 'lost' || outcome === 'unknown' || ['jobs reserved', 'jobs submitting'].includes(commit);
  if (!early) await generate(stage, request, kill);
  await stage.killedAndStarted();
  if (early && outcome === 'delivered') await generate(stage, request, kill);
  if (outcome === 'delivered') await stage.whole(request);
  if (outcome === 'unknown') await stage.toldUnknown(request);
  return request;
}

/** The bot is killed and started again for each of these in turn, and then once more. */
async function killInTurn(stage: KillHarness, kills: Kill[]): Promise<void> {
  const outcomes: [Request, Outcome][] = [];
  for (const kill of kills) {
    try {
      outcomes.push([await run(stage, kill), kill.outcome]);
    } catch (error) {
      throw new Error(
        `killed ${kill.when} "${kill.commit}" of ${kill.count}: ${String(error)}\n${stage.bot.output().slice(-6000)}`,
        { cause: error },
      );
    }
  }
  await stage.expectOutcomes(outcomes);
}

/** Jobs that nobody kills: what they write is all that there is to be killed at. */
async function expectAllCommits(stage: KillHarness): Promise<void> {
  const requests = [
    stage.ask({ prompt: 'four', count: 4 }),
    stage.ask({ prompt: 'many', count: 15 }),
    stage.ask({ prompt: 'many alone', count: 15, private: true }),
  ];
  for (const request of requests) {
    const { requestId } = await stage.job(request);
    stage.runcomfy.start(requestId);
    await shows(request.interaction, 'Generating');
    stage.runcomfy.finish(requestId);
  }
  await Promise.all(requests.map((request) => stage.whole(request)));
  await stage.filed();
  await stage.idle();
  for (const request of requests) expectDelivered(stage, request);
  const written = new Set(stage.commits().flatMap((commit) => commit.split(' + ')));
  // What was learnt of durations, of models and of the balance is no job's, and may be lost.
  written.delete('estimates');
  written.delete('models');
  written.delete('balances');
  expect(written).toEqual(new Set([...FOUR.map(([commit]) => commit), LAST, ...PUBLIC_15, ...PRIVATE_15]));
}

test.concurrent('a bot killed in any state of a job of 4 delivers it once', { timeout: TIMEOUT }, async () => {
  await using stage = await createKillHarness();
  await killInTurn(stage, fours);
});

test.concurrent(
  'the commits above are all there are; a bot killed around the second message of 15 pictures makes none twice',
  { timeout: TIMEOUT },
  async () => {
    await using stage = await createKillHarness();
    await expectAllCommits(stage);
    await killInTurn(stage, fifteens);
  },
);
