/**
 * A job's step where other processes may take the next one: what this process knows of the job goes by the store, and
 * nothing of the job is under way any more when the step ends.
 */
import { z } from 'zod';
import type { JobRecords } from './job-records.ts';
import type { Log } from './log.ts';
import { looksSchema, type Pace } from './pace.ts';
import { shownSchema } from './progress.ts';
import type { Step } from './scheduler.ts';
import { StoreError } from './store-error.ts';
import type { Store } from './store.ts';
import type { Telling } from './telling.ts';

/** What is known of a job that nobody steps any more goes after this time (milliseconds). */
const KEPT = 24 * 60 * 60_000;

const memorySchema = z.object({
  version: z.literal(1),
  looks: looksSchema.optional(),
  shown: shownSchema.optional(),
});

export function createSharedStep({
  step,
  store,
  records,
  pace,
  telling,
  log,
}: {
  step: Step;
  store: Store;
  records: Pick<JobRecords, 'findLive' | 'write'>;
  pace: Pick<Pace, 'leave' | 'recall' | 'forget'>;
  telling: Pick<Telling, 'leave' | 'recall' | 'messageId'>;
  log: Log;
}): Step {
  const memories = store.collection('memories', memorySchema);

  async function recall(jobId: string): Promise<void> {
    try {
      const memory = await memories.get(jobId);
      if (memory?.looks !== undefined) pace.recall(jobId, memory.looks);
      if (memory?.shown !== undefined) telling.recall(jobId, memory.shown);
    } catch (error) {
      log.warn({ job: jobId, err: error }, 'what another process knew of a job could not be read');
    }
  }

  async function leave(jobId: string, done: boolean): Promise<void> {
    const [looks, shown] = [pace.leave(jobId), await telling.leave(jobId)];
    if (done) pace.forget(jobId);
    try {
      if (done) await memories.delete(jobId);
      else await memories.set(jobId, { version: 1, looks, shown }, { ttl: KEPT });
      if (!done) await noteReply(jobId);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log.warn({ job: jobId, err: error }, 'what is known of a job could not be left to other processes');
    }
  }

  /** The reply's id, where an edit that has just gone out told it. */
  async function noteReply(jobId: string): Promise<void> {
    const messageId = telling.messageId(jobId);
    if (messageId === undefined) return;
    const job = await records.findLive(jobId);
    if (job === undefined || job.reply.messageId !== undefined) return;
    await records.write({ ...job, reply: { ...job.reply, messageId } });
  }

  return async (jobId) => {
    await recall(jobId);
    let delay: number | undefined;
    let done = false;
    let endedAt = performance.now();
    try {
      delay = await step(jobId);
      done = delay === undefined;
      endedAt = performance.now();
    } finally {
      await leave(jobId, done);
    }
    // The look is due when it is due, however long the last edit took.
    return delay === undefined ? undefined : Math.max(0, delay - (performance.now() - endedAt));
  };
}
