/** What happens in the stand-in, as events: plain objects that survive JSON. No event holds a token. */
import type { ApiCall } from './faults.ts';
import type { JobState } from './jobs/jobs.ts';

interface Common {
  /** Milliseconds since the epoch. */
  at: number;
}

/** A call of the Model API has arrived. */
interface RequestEvent extends Common {
  type: 'request';
  /** Numbers the calls from 1; the response to it has the same. */
  id: number;
  method: string;
  path: string;
  /** `undefined` for a path the API does not have. */
  call: ApiCall | undefined;
  requestId: string | undefined;
  token: 'valid' | 'wrong' | 'absent';
}

/** A call of the Model API has been answered, or was left without an answer by a fault. */
interface ResponseEvent extends Common {
  type: 'response';
  id: number;
  method: string;
  path: string;
  call: ApiCall | undefined;
  requestId: string | undefined;
  /** `undefined` where no answer was sent. */
  status: number | undefined;
  /** The answer's body, parsed where it is JSON. */
  body: unknown;
  ms: number;
  /** The kind of the fault that made it so. */
  fault: string | undefined;
}

/** A job has entered a state; `at` is when it did, which may be before the event. */
interface JobEvent extends Common {
  type: 'job';
  requestId: string;
  state: JobState;
}

/** The asset host has dealt with a request. */
interface AssetEvent extends Common {
  type: 'asset';
  method: string;
  path: string;
  requestId: string | undefined;
  number: number | undefined;
  /** `undefined` where no answer was sent. */
  status: number | undefined;
  /** Bytes of the body given to the socket. */
  bytes: number;
  fault: string | undefined;
}

/** The references of a job were read, or one of them could not be used. */
interface ReferencesEvent extends Common {
  type: 'references';
  /** `undefined` where the submit was refused for them. */
  requestId: string | undefined;
  count: number;
  problem: string | undefined;
}

export type StandInEvent = RequestEvent | ResponseEvent | JobEvent | AssetEvent | ReferencesEvent;
export type Listener = (event: StandInEvent) => void;

/** A stream of events with any number of listeners. */
export interface Events {
  emit(event: StandInEvent): void;
  /** Adds a listener and returns the function that removes it. */
  on(listener: Listener): () => void;
  /** Whether anybody listens. */
  hasListeners(): boolean;
}

/** Builds an empty stream. */
export function createEvents(): Events {
  const listeners = new Set<Listener>();
  return {
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hasListeners: () => listeners.size > 0,
  };
}
