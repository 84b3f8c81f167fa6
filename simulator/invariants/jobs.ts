/** Which job a request at RunComfy belongs to, found in the world's truth: by what stood in the store when it was taken. */
import type { JobRecord, RequestTruth, Truth } from '../world/truth.ts';

/** What the invariants know of a job. */
export interface KnownJob {
  id: string;
  guild: string;
  member: string;
  private: boolean;
  createdAt: number;
  deadline: number;
  requests: RequestTruth[];
}

export interface Jobs {
  byId: ReadonlyMap<string, KnownJob>;
  /** Looks at what is new. @returns requests that belong to no job which stood in the store as being submitted. */
  refresh(): RequestTruth[];
  ofRequest(request: RequestTruth): KnownJob | undefined;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** The name of a record's state, and of its requests where it has several. */
function statesOf(record: JobRecord): string {
  return JSON.stringify([record['state'], record['requests']]);
}

/** Whether a record is the job that submitted this body: it bears the prompt's own word and the seed. */
function asksFor(record: JobRecord, { marker, body }: RequestTruth): boolean {
  const whole = JSON.stringify(record);
  if (marker !== undefined && !whole.includes(marker)) return false;
  return body['seed'] === undefined || whole.includes(`"seed":${JSON.stringify(body['seed'])}`);
}

export function createJobs(truth: Truth): Jobs {
  const byId = new Map<string, KnownJob>();
  const byRequest = new Map<string, KnownJob>();
  let seen = 0;

  function note(record: JobRecord): KnownJob {
    const known = byId.get(record.id) ?? {
      id: record.id,
      guild: text(record['guildId']),
      member: text(record['userId']),
      private: record['private'] === true,
      createdAt: number(record['createdAt']),
      deadline: number(record['deadline']),
      requests: [],
    };
    byId.set(record.id, known);
    return known;
  }

  return {
    byId,
    ofRequest: ({ id }) => byRequest.get(id),
    refresh() {
      if (truth.requests.length === seen) return [];
      const { live } = truth.jobs();
      const strangers: RequestTruth[] = [];
      for (const request of truth.requests.slice(seen)) {
        const candidates = live.filter((record) => asksFor(record, request));
        const record = candidates.find((each) => statesOf(each).includes('"submitting"'));
        if (record === undefined) {
          strangers.push(request);
          continue;
        }
        const known = note(record);
        known.requests.push(request);
        byRequest.set(request.id, known);
      }
      seen = truth.requests.length;
      return strangers;
    },
  };
}
