/**
 * A job's step where other processes may take the next one: what this process knows of the job goes by the store, and
 * nothing of the job is under way any more when the step ends.
 */
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { shownSchema, type HandedProgress, type ShownOfJob } from '../../delivery/delivery.ts';
import type { Reply } from '../../discord/reply.ts';
import type { JobRecords } from '../../job/records.ts';
import type { Log } from '../../log.ts';
import { looksSchema, type Polling } from '../../polling/polling.ts';
import { LostRecordsError, StoreError, type Claim, type Step, type Store } from '../../storage/storage.ts';
import { askedJustNow } from './journal.ts';

/** What is known of a job that nobody steps any more goes after this time (milliseconds). */
const KEPT = 24 * 60 * 60_000;

const memorySchema = z.object({
  version: z.literal(1),
  requests: looksSchema.optional(),
  shown: shownSchema.optional(),
});

export function createHandover({
  step,
  store,
  records,
  polling,
  progress,
  reply,
  clock,
  log,
}: {
  step: Step;
  store: Store;
  records: Pick<JobRecords, 'findLive' | 'write'>;
  polling: Pick<Polling, 'leave' | 'recall' | 'forget'>;
  progress: Pick<HandedProgress, 'leave' | 'recall' | 'end'>;
  reply: Pick<Reply, 'messageId'>;
  clock: Pick<Clock, 'monotonic'>;
  log: Log;
}): Step {
  const memories = store.collection('memories', memorySchema);

  async function recall(jobId: string): Promise<void> {
    try {
      const memory = await memories.get(jobId);
      if (memory?.requests !== undefined) polling.recall(jobId, memory.requests);
      if (memory?.shown !== undefined) progress.recall(jobId, memory.shown);
    } catch (error) {
      log.warn({ job: jobId, err: error }, 'what another process knew of a job could not be read');
    }
  }

  /** Whether the job is still this process's; a store that is away cannot say so. @throws LostClaimError */
  async function confirm(jobId: string, claim: Claim | undefined, shown: ShownOfJob): Promise<boolean> {
    try {
      await askedJustNow(clock, () =>
        memories.set(jobId, { version: 1, requests: polling.leave(jobId), shown }, { ttl: KEPT, claim }),
      );
      return true;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return false;
    }
  }

  async function leave(jobId: string, claim: Claim | undefined): Promise<void> {
    const requests = polling.leave(jobId);
    const shown = await progress.leave(jobId, (meanwhile) => confirm(jobId, claim, meanwhile));
    try {
      await memories.set(jobId, { version: 1, requests, shown }, { ttl: KEPT, claim });
      await noteReply(jobId, claim);
    } catch (error) {
      if (!(error instanceof StoreError) || error instanceof LostRecordsError) throw error;
      log.warn({ job: jobId, err: error }, 'what is known of a job could not be left to other processes');
    }
  }

  async function forget(jobId: string, claim: Claim | undefined): Promise<void> {
    polling.forget(jobId);
    await progress.end(jobId);
    await memories.delete(jobId, { claim }).catch((error: unknown) => {
      log.debug({ job: jobId, err: error }, 'what was known of a job stays for a day');
    });
  }

  /** The reply's id, where an edit that has just gone out told it. */
  async function noteReply(jobId: string, claim: Claim | undefined): Promise<void> {
    const messageId = reply.messageId(jobId);
    if (messageId === undefined) return;
    const job = await records.findLive(jobId, claim);
    if (job === undefined || job.reply.messageId !== undefined) return;
    await records.write({ ...job, reply: { ...job.reply, messageId } }, claim);
  }

  return async (jobId, claim) => {
    await recall(jobId);
    let delay: number | undefined;
    try {
      delay = await step(jobId, claim);
    } catch (error) {
      // Another process has the job, or there is a defect: nothing more of it must go out from here.
      polling.forget(jobId);
      await progress.end(jobId);
      throw error;
    }
    if (delay === undefined) {
      await forget(jobId, claim);
      return undefined;
    }
    const endedAt = clock.monotonic();
    await leave(jobId, claim);
    // The look is due when it is due, however long the last edit took.
    return Math.max(0, delay - (clock.monotonic() - endedAt));
  };
}
