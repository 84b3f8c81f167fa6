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
  telling: Pick<Telling, 'leave' | 'recall' | 'end' | 'messageId'>;
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

  /** Whether the job is still this process's; a store that is away cannot say so. @throws LostClaimError */
  async function confirm(jobId: string): Promise<boolean> {
    try {
      await memories.set(jobId, { version: 1, looks: pace.leave(jobId) }, { ttl: KEPT });
      return true;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return false;
    }
  }

  async function leave(jobId: string): Promise<void> {
    const looks = pace.leave(jobId);
    const shown = await telling.leave(jobId, () => confirm(jobId));
    try {
      await memories.set(jobId, { version: 1, looks, shown }, { ttl: KEPT });
      await noteReply(jobId);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log.warn({ job: jobId, err: error }, 'what is known of a job could not be left to other processes');
    }
  }

  async function forget(jobId: string): Promise<void> {
    pace.forget(jobId);
    await telling.end(jobId);
    await memories.delete(jobId).catch((error: unknown) => {
      log.debug({ job: jobId, err: error }, 'what was known of a job stays for a day');
    });
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
    try {
      delay = await step(jobId);
    } catch (error) {
      // Another process has the job, or there is a defect: nothing more of it must go out from here.
      pace.forget(jobId);
      await telling.end(jobId);
      throw error;
    }
    if (delay === undefined) {
      await forget(jobId);
      return undefined;
    }
    const endedAt = performance.now();
    await leave(jobId);
    // The look is due when it is due, however long the last edit took.
    return Math.max(0, delay - (performance.now() - endedAt));
  };
}
