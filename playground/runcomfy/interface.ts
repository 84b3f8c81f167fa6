/** The options and the interface of the stand-in. */
import type { Violation } from './api/api.ts';
import type { LeakedToken } from './assets/asset-host.ts';
import type { Behaviour } from './behaviour.ts';
import type { Listener } from './events.ts';
import type { FaultOrder, PlannedFault } from './faults.ts';
import type { Durations, JobControls, StandInJob } from './jobs/jobs.ts';
import type { ModelControls } from './models/catalogue.ts';

export interface RunComfyOptions extends Partial<Behaviour> {
  /** The only bearer token that is let in. */
  token: string;
  /** Ports on 127.0.0.1; any free one by default. */
  port?: number;
  assetPort?: number;
  /** Seeds durations, and the pictures of jobs without a seed. */
  seed?: number;
  durations?: Durations;
  /** `drawn` landscapes with the prompt on them (default), quick `plain` colours, or noise as heavy as `pictureBytes`. */
  pictures?: 'drawn' | 'plain' | 'grainy';
  /** Pads each picture's file to this many bytes. */
  pictureBytes?: number;
  /** Bytes of finished pictures that are kept in memory (64 MiB by default). */
  cacheBytes?: number;
  /** What the URLs in answers start with, where it is not the real base: a client must not need them. */
  answerBase?: string;
  /** What the URLs of pictures start with, where clients reach the asset host by another origin than its own. */
  assetBase?: string;
  /** Changes the catalogue before anything is served. */
  arrangeModels?: (models: ModelControls) => void;
  /** The present, in milliseconds since the epoch; `Date.now` by default. */
  now?: () => number;
}

export interface RunComfyStandIn extends JobControls, ModelControls {
  /** The base to call, `http://127.0.0.1:PORT/v1`. */
  readonly url: string;
  /** Where the pictures are, `http://127.0.0.1:PORT`. */
  readonly assetOrigin: string;
  /** Every job ever submitted, in order, brought up to the present. */
  readonly jobs: readonly StandInJob[];
  /** Jobs made by submits. */
  readonly submits: number;
  /** Images that were paid for: what was asked for by each job that is neither cancelled nor failed. */
  readonly billedImages: number;
  /** What they cost, in US dollars. */
  readonly billedUsd: number;
  /** Requests that no correct client sends. */
  readonly violations: readonly Violation[];
  /** Requests that brought a secret to the asset host. */
  readonly leakedTokens: readonly LeakedToken[];
  readonly behaviour: Readonly<Behaviour>;
  /** Changes what is named and leaves the rest; resolves when ports have followed. */
  setBehaviour(next: Partial<Behaviour>): Promise<void>;
  /** Makes the Model API's port refuse connections; cuts the ones there are. */
  goDown(): Promise<void>;
  comeUp(): Promise<void>;
  failNext(order: FaultOrder): PlannedFault;
  clearFaults(): void;
  /** Jobs stay queued until {@link JobControls.start}, {@link JobControls.finish} or {@link releaseQueue}. */
  holdQueue(): void;
  releaseQueue(): void;
  /** Queues a job of another customer (of one image), which takes its turn and counts like any other. */
  addOtherJob(images?: number): StandInJob;
  /** Ends such a job now, unless it has ended by itself. */
  endOtherJob(requestId: string): void;
  /** Listens to what happens; returns the function that ends it. */
  on(listener: Listener): () => void;
  /** Ends both servers and every connection. */
  close(): Promise<void>;
}
