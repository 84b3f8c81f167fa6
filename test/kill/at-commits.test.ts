/**
 * `kill -9` at the commits to the store: after each one, so in every state that a job can be found in, and before each one
 * that follows something done outside. Before any other the store holds what it holds after the commit that came before.
 *
 * This is the sample on real processes and a real file. The simulator (`npm run simulate`, `test/simulator/`) kills before and
 * after every call that the bot makes, in virtual time, and judges every history by its invariants.
 */
import { expect, test } from 'vitest';
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
  ['delete cancellations', 'delivered'],
];
/** What a job of 15 writes besides, public and private. */
const PUBLIC_15 = ['jobs completed 1', 'jobs completed 1 posting 2', 'jobs completed 2', 'jobs delivered 2'];
const PRIVATE_15 = ['jobs completed 1', 'jobs completed 1 posting 2 empty', 'jobs completed 2', 'jobs delivered 2'];

const fours: Kill[] = [
  ...FOUR.map(([commit, outcome]): Kill => ({ count: 4, when: 'after', commit, outcome })),
  // RunComfy has taken the request, and its id is not written.
  { count: 4, when: 'before', commit: 'jobs in_queue', outcome: 'unknown' },
  // The reply has its pictures, and that is not written.
  { count: 4, when: 'before', commit: 'jobs completed 1', outcome: 'delivered' },
];
const fifteen = (kill: Boundary & { private?: boolean }): Kill => ({ ...kill, count: 15, outcome: 'delivered' });
const fifteens: Kill[] = [
  fifteen({ when: 'after', commit: 'jobs completed 1' }),
  fifteen({ when: 'after', commit: 'jobs completed 1 posting 2' }),
  // The second message stands in the channel, and its id is not written.
  fifteen({ when: 'before', commit: 'jobs completed 2' }),
  fifteen({ when: 'after', commit: 'jobs completed 2' }),
  fifteen({ when: 'after', commit: 'jobs completed 1 posting 2 empty', private: true }),
  fifteen({ when: 'before', commit: 'jobs completed 2', private: true }),
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

/** One bot killed and started again for each of these in turn. */
async function killInTurn(kills: Kill[]): Promise<void> {
  await using stage = await createKillHarness();
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

test.concurrent('the commits above are all there are', { timeout: TIMEOUT }, async () => {
  await using stage = await createKillHarness();
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
  await stage.expectOutcomes(requests.map((request) => [request, 'delivered']));
  const written = new Set(stage.commits().flatMap((commit) => commit.split(' + ')));
  // What was learnt of durations, of models and of the balance is no job's, and may be lost.
  written.delete('estimates');
  written.delete('models');
  written.delete('balances');
  expect(written).toEqual(new Set([...FOUR.map(([commit]) => commit), ...PUBLIC_15, ...PRIVATE_15]));
});

test.concurrent('a bot killed in any state of a job of 4 delivers it once', { timeout: TIMEOUT }, async () => {
  await killInTurn(fours);
});

test.concurrent(
  'a bot killed around the second message of 15 pictures makes none twice',
  { timeout: TIMEOUT },
  async () => {
    await killInTurn(fifteens);
  },
);
