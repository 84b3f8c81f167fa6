/** Whether an interaction has begun a job: asked of the store before anybody is told that nothing was charged. */
import type { Clock } from '../../services/clock.ts';
import type { JobRecords } from '../../services/job/records.ts';
import {
  LostRecordsError,
  NewerRecordError,
  StoreError,
  UnreadableRecordError,
} from '../../services/storage/storage.ts';

/**
 * Until a store that cannot say is asked again, and how long it is asked (milliseconds): an interaction's token, by which
 * somebody could still be told, is good for 15 minutes.
 */
const ASKED_AGAIN = 2000;
const ASKED_FOR = 14 * 60_000;

/**
 * Whether an interaction that may have been acknowledged before, by a process that has ended since, has begun a job. While the
 * store cannot say, nobody can, and it is asked again; where it never does, the answer is yes, as such a job may be charged.
 */
export type HasBegun = (interactionId: string) => Promise<boolean>;

export function createHasBegun({
  records,
  isStopped,
  clock,
}: {
  records: Pick<JobRecords, 'find'>;
  /** Whether the bot ends, which waits for nothing that is not known. */
  isStopped: () => boolean;
  clock: Pick<Clock, 'monotonic' | 'sleep'>;
}): HasBegun {
  return async (interactionId) => {
    const until = clock.monotonic() + ASKED_FOR;
    for (;;) {
      try {
        return (await records.find(interactionId)) !== undefined;
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        // There is a record, whoever can read it; or all of them are gone, which its host is told of.
        if (error instanceof NewerRecordError || error instanceof UnreadableRecordError) return true;
        if (error instanceof LostRecordsError) return false;
        if (isStopped() || clock.monotonic() >= until) return true;
        await clock.sleep(ASKED_AGAIN);
      }
    }
  };
}
