/** Which job a request at RunComfy belongs to, found in the world's truth: by what stood in the store when it was taken. */
import type { JobRecord, RequestTruth, Truth } from '../world/truth.ts';

/** What the invariants know of a job. */
export interface KnownJob {
  id: string;
  guild: string;
  member: string;
  private: boolean;
  spoiler: boolean;
  /** When it was asked for, by the world's clock. */
  askedAt: number;
  /** So long after it as the bot is set to, by the world's clock. */
  deadline: number;
  /** Pictures that it is for, and those that each of its requests asks for. */
  count: number;
  shares: readonly number[];
  /** What RunComfy took of it, in the order of its requests. */
  requests: RequestTruth[];
}

export interface Jobs {
  byId: ReadonlyMap<string, KnownJob>;
  /** Looks at what is new. @returns requests that belong to no job which stood in the store as being submitted. */
  refresh(): RequestTruth[];
  /** Which of its job's requests it is, from 1. */
  numberOf(request: RequestTruth): number | undefined;
}

/**
 * Whether some process has looked at a request before a moment (milliseconds since the epoch): what it was only told as it was
 * taken may have gone with a kill.
 */
export function wasLookedAt({ calls }: Pick<Truth, 'calls'>, { id }: RequestTruth, before = Infinity): boolean {
  return calls.some(({ name, subject, at }) => name === 'status' && subject === id && at < before);
}

/** One request of a job. */
interface Part {
  record: JobRecord;
  number: number;
}

/** What is read of a record's requests. */
export interface RecordedRequest {
  number: number;
  images: number;
  state: { name: string; failure?: string; requestId?: string; by?: string };
  /** When the bot was done with it (milliseconds since the epoch, by its clock). */
  finishedAt?: number;
}

/** The seed after the largest is 0. */
const SEEDS = 2 ** 31;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

export function requestsIn(record: JobRecord): readonly RecordedRequest[] {
  return (record['requests'] ?? []) as readonly RecordedRequest[];
}

/** The requests of a record in a state (being submitted) by which this body may be: each has the seed after the one before. */
function partsOf(record: JobRecord, { body, asked }: RequestTruth, is = 'submitting'): Part[] {
  if (record['text'] !== (body['text'] ?? body['prompt'])) return [];
  const { seed } = body;
  return requestsIn(record).flatMap(({ number: each, images, state }) => {
    const own = (number(record['seed']) + each - 1) % SEEDS;
    const isSame =
      state.name === is && state.requestId === undefined && images === asked && (seed === undefined || seed === own);
    return isSame ? [{ record, number: each }] : [];
  });
}

/**
 * @param jobDeadline - that the bot is set to (milliseconds).
 * @param areClocksApart - whether processes may differ in what time it is: by the time that one sends what it has written as being
 * submitted, and stood still meanwhile, another one may have called that unknown.
 */
export function createJobs(truth: Truth, jobDeadline: number, areClocksApart = false): Jobs {
  const byId = new Map<string, KnownJob>();
  const numbers = new Map<RequestTruth, number>();
  /** Requests that may be of several jobs: their model takes no seed. The job's record tells in the end. */
  const unsure = new Map<RequestTruth, Part[]>();
  let seen = 0;

  function note(record: JobRecord): KnownJob {
    const askedAt = truth.interactions.get(record.id)?.at ?? number(record['createdAt']);
    const known = byId.get(record.id) ?? {
      id: record.id,
      guild: text(record['guildId']),
      member: text(record['userId']),
      private: record['private'] === true,
      spoiler: record['spoiler'] === true,
      askedAt,
      deadline: askedAt + jobDeadline,
      count: number(record['count']),
      shares: requestsIn(record).map(({ images }) => images),
      requests: [],
    };
    byId.set(record.id, known);
    return known;
  }

  function put({ record, number: own }: Part, request: RequestTruth): void {
    const { requests } = note(record);
    numbers.set(request, own);
    requests.push(request);
    requests.sort((one, other) => (numbers.get(one) ?? 0) - (numbers.get(other) ?? 0));
  }

  const isTaken = ({ record, number: own }: Part) =>
    byId.get(record.id)?.requests.some((request) => numbers.get(request) === own) ?? false;

  /** Takes it for the first of these that nothing was taken of so far. */
  function guess(request: RequestTruth, parts: readonly Part[]): void {
    const part = parts.find((each) => !isTaken(each)) ?? parts[0];
    if (part !== undefined) put(part, request);
  }

  function withdraw(request: RequestTruth): void {
    for (const known of byId.values()) {
      if (known.requests.includes(request)) known.requests = known.requests.filter((other) => other !== request);
    }
  }

  /** Puts requests where they belong that may be of several jobs, as soon as a record names them. */
  function settle(): void {
    if (unsure.size === 0) return;
    const { live, finished } = truth.jobs();
    const named = new Map<string, Part>();
    for (const record of [...live, ...finished])
      for (const { number: own, state } of requestsIn(record))
        if (state.requestId !== undefined) named.set(state.requestId, { record, number: own });
    const sure = [...unsure.keys()].filter(({ id }) => named.has(id));
    if (sure.length === 0) return;
    for (const request of unsure.keys()) withdraw(request);
    for (const request of sure) {
      const part = named.get(request.id);
      if (part !== undefined) put(part, request);
      unsure.delete(request);
    }
    for (const [request, parts] of unsure) guess(request, parts);
  }

  return {
    byId,
    numberOf: (request) => numbers.get(request),
    refresh() {
      settle();
      if (truth.requests.length === seen) return [];
      const { live, finished } = truth.jobs();
      const strangers: RequestTruth[] = [];
      for (const request of truth.requests.slice(seen)) {
        const submitting = live.flatMap((record) => partsOf(record, request));
        const isLate = submitting.length === 0 && areClocksApart;
        const unclear = (record: JobRecord) => partsOf(record, request, 'unknown');
        const parts = isLate ? [...live, ...finished].flatMap(unclear) : submitting;
        if (parts.length === 0) strangers.push(request);
        if (parts.length > 1) unsure.set(request, parts);
        guess(request, parts);
      }
      seen = truth.requests.length;
      return strangers;
    },
  };
}
