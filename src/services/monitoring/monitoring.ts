/** What the bot measures of itself, as the composition root sees it: services go in, the same services come out. */
import type { REST } from 'discord.js';
import type { Job, JobEvent } from '../job/job.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { RunComfy } from '../runcomfy/runcomfy.ts';
import type { Store } from '../storage/store.ts';

export interface Monitoring {
  /** The service itself, or one that measures each call and hands it on. */
  runComfy(api: RunComfy): RunComfy;
  store(store: Store): Store;
  ledger(ledger: Ledger): Ledger;
  /** Measures every call that this REST makes from now on. */
  rest(rest: REST): void;
  /** An interaction has arrived: from here to its first answer it is timed. */
  received(interactionId: string): void;
  /** A job has gone through an event; `job` is what it is after it. */
  happened: (job: Job, event: JobEvent) => void;
}

/** Measures nothing and costs nothing: for a bot without `HTTP_PORT`. */
export const noMonitoring: Monitoring = {
  runComfy: (api) => api,
  store: (store) => store,
  ledger: (ledger) => ledger,
  rest: () => undefined,
  received: () => undefined,
  happened: () => undefined,
};
