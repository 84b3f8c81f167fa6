/**
 * What the bot measures of itself, as the composition root sees it: services go in, the same services come out. Without
 * `HTTP_PORT` it is {@link noMonitoring}; with it the one of `metrics-on.ts`, which is loaded only then.
 */
import type { REST } from 'discord.js';
import type { Job, JobEvent } from '../job/job.ts';
import type { JobRecords } from '../job/records.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { RunComfy } from '../runcomfy/runcomfy.ts';
import type { Store } from '../storage/storage.ts';
import type { Shard } from './readiness.ts';

/** What the pages tell of, beside what has been measured. */
export interface PageSources {
  /** This process's gateway shards; none before they are known. */
  shards: () => Shard[];
  /** Rejects, or never settles, when the store does not answer. */
  ping: () => Promise<void>;
  /** Whether the process is about to end. */
  stopping: () => boolean;
  records: Pick<JobRecords, 'live'>;
  ledger: Pick<Ledger, 'usage'>;
  /** The models that the bot is set to, and whether new requests can be made with each. */
  models: () => { id: string; offered: boolean }[];
}

export interface Monitoring {
  /** The service itself, or one that measures each call and passes it on. */
  runComfy(api: RunComfy): RunComfy;
  store(store: Store): Store;
  ledger(ledger: Ledger): Ledger;
  /** Measures every call that this REST makes from now on. */
  rest(rest: REST): void;
  /** An interaction has arrived: its first answer is timed from here. */
  received(interactionId: string): void;
  /** A job has gone through an event; `job` is what it is after it. A picture of it costs so many US dollars. */
  happened: (job: Job, event: JobEvent, pricePerImageUsd: number) => void;
  /**
   * Opens the pages of `HTTP_PORT`; they are there until the process ends.
   *
   * @throws Error with a `code` such as `EADDRINUSE` when the port cannot be had.
   */
  openPages(sources: PageSources): Promise<void>;
}

/** Measures nothing, opens nothing and costs nothing. */
export const noMonitoring: Monitoring = {
  runComfy: (api) => api,
  store: (store) => store,
  ledger: (ledger) => ledger,
  rest: () => undefined,
  received: () => undefined,
  happened: () => undefined,
  openPages: () => Promise.resolve(),
};
