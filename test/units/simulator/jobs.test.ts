/** To which job's which request the invariants count what RunComfy took: by the text, the seed, and what is being submitted. */
import { expect, test } from 'vitest';
import { createJobs } from '../../../simulator/invariants/jobs.ts';
import type { JobRecord, RequestTruth, Truth } from '../../../simulator/world/truth.ts';

const TEXT = 'a quiet harbour kezumiba';

/** A job's record with requests of these states, of one picture each. */
function record(id: string, seed: number, ...states: object[]): JobRecord {
  const requests = states.map((state, index) => ({ number: index + 1, images: 1, state }));
  return { id, text: TEXT, seed, count: states.length, requests };
}

const request = (id: string, seed?: number): RequestTruth => ({
  ...{ id, by: 'bot 1', model: 'a/model', body: { prompt: TEXT, seed }, marker: 'kezumiba', at: 0, asked: 1 },
  ...{ state: 'in_queue', endedAt: undefined, forgottenAt: undefined, pictures: [], answeredAt: undefined },
  ...{
    price: 0.05,
    tellsCost: true,
    heardAt: undefined,
    places: new Set<number>(),
    denied: [],
    denials: [],
    cancelAsked: false,
    references: [],
    unreachable: false,
  },
});

const submitting = { name: 'submitting' };
const reserved = { name: 'reserved' };
const inQueue = (requestId: string) => ({ name: 'in_queue', requestId });

function create() {
  const world = { live: [] as JobRecord[], requests: [] as RequestTruth[] };
  const truth = {
    interactions: new Map(),
    requests: world.requests,
    jobs: () => ({ live: world.live, finished: [] }),
  } as unknown as Truth;
  const jobs = createJobs(truth, 30 * 60_000);
  /** RunComfy takes a request while these records stand in the store; gives whether it is a stranger. */
  const take = (taken: RequestTruth, ...live: JobRecord[]) => {
    world.live = live;
    world.requests.push(taken);
    return jobs.refresh().includes(taken);
  };
  const placeOf = (taken: RequestTruth) =>
    [...jobs.byId.values()].flatMap(({ id, requests }) =>
      requests.includes(taken) ? [`${id} ${jobs.numberOf(taken) ?? ''}`] : [],
    );
  return { jobs, take, placeOf, look: (...live: JobRecord[]) => ((world.live = live), jobs.refresh()) };
}

test('request k of a job has the seed of the job and k - 1, and is the one that is being submitted', () => {
  const { take, placeOf } = create();
  const [first, second] = [request('r1', 7), request('r2', 8)];
  expect(take(first, record('a', 7, submitting, reserved))).toBe(false);
  expect(take(second, record('a', 7, inQueue('r1'), submitting), record('b', 8, reserved))).toBe(false);
  expect([first, second].map(placeOf)).toEqual([['a 1'], ['a 2']]);
});

test('one with another seed, another text, or more pictures belongs to no job', () => {
  const { take } = create();
  const live = record('a', 7, inQueue('r1'), submitting);
  expect(take(request('r2', 7), live)).toBe(true);
  expect(take({ ...request('r3', 8), asked: 2 }, live)).toBe(true);
  expect(take({ ...request('r4', 8), body: { prompt: 'another', seed: 8 } }, live)).toBe(true);
});

test('where seeds of two jobs overlap, each goes to the job that is being submitted with it', () => {
  const { take, placeOf } = create();
  const taken = request('r1', 8);
  take(taken, record('a', 7, inQueue('r0'), reserved), record('b', 8, submitting));
  expect(placeOf(taken)).toEqual(['b 1']);
});

test('without a seed, one of several jobs is guessed until a record names the request', () => {
  const { take, placeOf, look } = create();
  const [first, second] = [request('r1'), request('r2')];
  const both = [record('a', 1, submitting), record('b', 2, submitting)];
  take(first, ...both);
  take(second, ...both);
  expect([first, second].map(placeOf)).toEqual([['a 1'], ['b 1']]);
  look(record('a', 1, inQueue('r2')), record('b', 2, submitting));
  expect([first, second].map(placeOf)).toEqual([['b 1'], ['a 1']]);
});
