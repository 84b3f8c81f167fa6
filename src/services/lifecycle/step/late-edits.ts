/**
 * Edits that a process had sent when it ended, and that Discord takes later: whatever the next process shows of the job until
 * then may be overwritten. It is shown at once all the same, and made sure of when nothing can arrive any more.
 */
import type { Clock } from '../../clock.ts';
import { ARRIVES_WITHIN } from '../../discord/reply.ts';

export interface LateEdits {
  /** A process that has ended has left these jobs: what it had sent of them may arrive yet. */
  expect(jobIds: Iterable<string>): void;
  /** Milliseconds until nothing of that can arrive any more. */
  untilOver(jobId: string): number;
  /** Takes note that something is being shown of a job. */
  showing(jobId: string): void;
  /** Whether what was shown of a job may have been overwritten since. */
  isDoubtful(jobId: string): boolean;
  /** What a job shows is as it should be, or it is done with. */
  forget(jobId: string): void;
}

export function createLateEdits({ clock }: { clock: Pick<Clock, 'monotonic'> }): LateEdits {
  const expected = new Map<string, { until: number; isDoubtful: boolean }>();

  const untilOver = (jobId: string) => Math.max(0, (expected.get(jobId)?.until ?? 0) - clock.monotonic());

  return {
    expect(jobIds) {
      const until = clock.monotonic() + ARRIVES_WITHIN;
      for (const jobId of jobIds) expected.set(jobId, { until, isDoubtful: false });
    },
    untilOver,
    showing(jobId) {
      const entry = expected.get(jobId);
      if (entry !== undefined && untilOver(jobId) > 0) entry.isDoubtful = true;
    },
    isDoubtful: (jobId) => expected.get(jobId)?.isDoubtful === true,
    forget: (jobId) => void expected.delete(jobId),
  };
}
