/** A job's state, which its requests and its gallery say together: the one place where it comes from. Pure. */
import type { Failure, JobRecord, JobRequest, RequestState } from './schema.ts';

export type JobState =
  /** Counted in the ledger; RunComfy has none of its requests. */
  | { name: 'reserved' }
  | { name: 'submitting' }
  /** RunComfy has begun none of them; `position` of the one that is nearest. */
  | { name: 'in_queue'; position?: number | undefined }
  /** RunComfy has begun one, or finished some of several. */
  | { name: 'in_progress' }
  /** All that can be made is. `givenUp` is set when it could not be brought to Discord before the deadline. */
  | { name: 'completed'; givenUp: boolean; refused?: true | undefined }
  | { name: 'delivered' }
  /** None of them made pictures. */
  | { name: 'failed'; failure: Failure; reason?: string | undefined; requestId?: string | undefined }
  | { name: 'cancelled'; requestId?: string | undefined; withdrawn?: true | undefined; by?: string | undefined }
  | { name: 'unknown'; requestId?: string | undefined };

type Named<Name extends RequestState['name']> = Extract<RequestState, { name: Name }>;

/** Whether nothing more is to be asked of RunComfy for a request. */
export function isOver({ state }: Pick<JobRequest, 'state'>): boolean {
  switch (state.name) {
    case 'reserved':
    case 'submitting':
    case 'in_queue':
    case 'in_progress':
      return false;
    case 'completed':
    case 'failed':
    case 'cancelled':
    case 'unknown':
      return true;
  }
}

/**
 * Whether a request cost nothing: RunComfy refused, failed or cancelled it or was never reached. Everything that is paid,
 * or may be, stays counted.
 */
export function isFree({ state }: Pick<JobRequest, 'state'>): boolean {
  if (state.name === 'cancelled') return true;
  if (state.name !== 'failed') return false;
  switch (state.failure) {
    case 'refused':
    case 'authentication':
    case 'balance':
    case 'gone':
    case 'model':
    case 'not_taken':
    case 'reference_gone':
      return true;
    case 'deadline':
    case 'no_pictures':
    case 'unreadable':
      return false;
  }
}

/** The state of a job's requests and gallery together. */
export function jobStateOf({ requests, gallery }: Pick<JobRecord, 'requests' | 'gallery'>): JobState {
  const open = requests.filter((request) => !isOver(request));
  const isMade = requests.some(({ state }) => state.name === 'completed');
  if (open.length > 0) return openState(open, isMade);
  if (!isMade) return endWithoutPictures(requests);
  if (gallery.delivered) return { name: 'delivered' };
  const refused = gallery.refused === undefined ? {} : { refused: gallery.refused };
  return { name: 'completed', givenUp: gallery.givenUp, ...refused };
}

/** Of a job that has requests which are not over: that of the one which is furthest. */
function openState(open: readonly JobRequest[], isMade: boolean): JobState {
  const names = new Set(open.map(({ state }) => state.name));
  if (isMade || names.has('in_progress')) return { name: 'in_progress' };
  if (names.has('in_queue')) {
    const positions = open.flatMap(({ state }) => (state.name === 'in_queue' ? (state.position ?? []) : []));
    return { name: 'in_queue', ...(positions.length > 0 && { position: Math.min(...positions) }) };
  }
  return { name: names.has('submitting') ? 'submitting' : 'reserved' };
}

/** Of a job none of whose requests made a picture: the end that costs most to leave unsaid. */
function endWithoutPictures(requests: readonly JobRequest[]): JobState {
  const ends = requests.map(({ state }) => state);
  const failures = ends.filter((state): state is Named<'failed'> => state.name === 'failed');
  const end =
    ends.find(({ name }) => name === 'unknown') ??
    failures.find((state) => !isFree({ state })) ??
    failures[0] ??
    ends.find(({ name }) => name === 'cancelled');
  if (end?.name === 'unknown' || end?.name === 'failed' || end?.name === 'cancelled') return end;
  throw new TypeError('A job whose requests are over has none that ended');
}

/** When a job's first submit was taken, its first request begun, and its last one over (milliseconds since the epoch). */
export function timesOf({ requests }: Pick<JobRecord, 'requests'>): {
  submittedAt?: number;
  startedAt?: number;
  finishedAt?: number;
} {
  const known = (key: 'submittedAt' | 'startedAt' | 'finishedAt') => requests.flatMap((request) => request[key] ?? []);
  const [submitted, started, finished] = [known('submittedAt'), known('startedAt'), known('finishedAt')];
  return {
    ...(submitted.length > 0 && { submittedAt: Math.min(...submitted) }),
    ...(started.length > 0 && { startedAt: Math.min(...started) }),
    ...(finished.length > 0 && requests.every(isOver) && { finishedAt: Math.max(...finished) }),
  };
}
