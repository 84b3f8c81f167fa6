/** Asks RunComfy to cancel a job, and writes what it said. */
import type { Cancellation, JobRecords } from '../job/records.ts';
import type { Log } from '../log.ts';
import { RunComfyError, type RunComfy } from '../runcomfy/runcomfy.ts';

export interface AskCancel {
  /**
   * Asks once, unless it is known to be cancelled. `late`: RunComfy had begun. `trouble`: it did not answer, and
   * nothing has changed.
   *
   * @throws StoreError
   */
  ask(jobId: string, requestId: string, cancellation: Cancellation): Promise<'cancelled' | 'late' | 'trouble'>;
}

export function createAskCancel({
  api,
  records,
  log,
}: {
  api: Pick<RunComfy, 'status' | 'cancel'>;
  records: Pick<JobRecords, 'cancellations'>;
  log: Log;
}): AskCancel {
  async function isCancelled(requestId: string): Promise<boolean> {
    if ((await api.cancel(requestId)) === 'cancelled') return true;
    // It may also not be cancellable because it is cancelled: by a press whose answer was lost.
    return (await api.status(requestId)).status === 'cancelled';
  }

  return {
    async ask(jobId, requestId, cancellation) {
      if (cancellation.outcome === 'cancelled') return 'cancelled';
      try {
        if (!(await isCancelled(requestId))) {
          await records.cancellations.delete(jobId);
          return 'late';
        }
        await records.cancellations.set(jobId, { ...cancellation, outcome: 'cancelled' });
        return 'cancelled';
      } catch (error) {
        if (!(error instanceof RunComfyError)) throw error;
        log.warn({ job: jobId, request: requestId, kind: error.kind, err: error }, 'a cancel failed');
        return 'trouble';
      }
    },
  };
}
