/** RunComfy's stand-in, started as a process of its own: it must not slow down who measures. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import type { RunComfyOptions } from '../playground/runcomfy/stand-in.ts';

const PROCESS = new URL('runcomfy-process.ts', import.meta.url).pathname;

const greetingSchema = z.object({ id: z.literal(0), url: z.string(), assetOrigin: z.string() });
const jobSchema = z.object({
  requestId: z.string(),
  /** Its status calls. */
  statusPolls: z.number(),
  /** When it was submitted, ended, and first told by a status call to be completed (milliseconds since the epoch). */
  createdAt: z.number(),
  finishedAt: z.number().optional(),
  foundAt: z.number().optional(),
  images: z.array(z.string()),
});
/** What is told of any job. */
export type JobReport = z.infer<typeof jobSchema>;

const answerSchema = z.object({
  id: z.number(),
  submits: z.number(),
  /** Jobs that are finished, failed or cancelled. */
  ended: z.number(),
  /** Status calls over all jobs. */
  polls: z.number(),
  violations: z.number(),
  /** Status calls by tenth of a second since the epoch. */
  looks: z.array(z.tuple([z.number(), z.number()])),
  newest: jobSchema
    .extend({
      state: z.string(),
    })
    .optional(),
  /** All jobs, the oldest first, where they were asked for. */
  jobs: z.array(jobSchema).optional(),
});
type RunComfyState = z.infer<typeof answerSchema>;

/** What it can be told. */
export interface Order {
  conditions?: Partial<Record<'speed' | 'workers' | 'withheld' | 'videos', number>> & { held?: boolean };
  /** Starts this queued job, which then runs until it is finished by an order. */
  start?: string;
  finish?: string;
  /** Forgets the looks counted so far. */
  forget?: boolean;
  /** Tells of every job. */
  jobs?: boolean;
}

export interface RunComfyProcess extends AsyncDisposable {
  url: string;
  assetOrigin: string;
  /** Does what is ordered, and tells how things stand then. */
  ask(order?: Order): Promise<RunComfyState>;
}

/** Starts it; it ends with this process at the latest. */
export async function startRunComfy(options: RunComfyOptions): Promise<RunComfyProcess> {
  const child = fork(PROCESS, [JSON.stringify(options)], { execArgv: [] });
  const asked = new Map<number, (state: RunComfyState) => void>();
  const [greeting] = (await once(child, 'message')) as [unknown];
  const { url, assetOrigin } = greetingSchema.parse(greeting);
  child.on('message', (message) => {
    const state = answerSchema.parse(message);
    asked.get(state.id)?.(state);
    asked.delete(state.id);
  });
  let orders = 0;
  return {
    url,
    assetOrigin,
    ask(order = {}) {
      const id = (orders += 1);
      return new Promise((resolve) => {
        asked.set(id, resolve);
        child.send({ id, ...order });
      });
    },
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
