/** What a test or a control panel can do to single jobs. */
import type { Jobs, StandInJob } from './job.ts';

/** Every function throws when there is no job of that request id. */
export interface JobControls {
  job(requestId: string): StandInJob;
  /** Starts a queued job; it then runs until {@link JobControls.finish} or {@link JobControls.failJob}. Throws when it is not queued. */
  start(requestId: string): void;
  /** Ends a job now: well, or as a fault at its submit had it. Throws when it has ended. */
  finish(requestId: string): void;
  /** Ends a job now, with this error or, when left out, without one. Throws when it has ended. */
  failJob(requestId: string, error?: unknown): void;
  /** Its id is unknown from now on. */
  loseJob(requestId: string): void;
  /** The URLs of a finished job are answered 403 from now on. */
  expireUrls(requestId: string): void;
}

/** Builds the controls over the jobs. */
export function createJobControls(jobs: Jobs): JobControls {
  function job(requestId: string): StandInJob {
    jobs.advance();
    const found = jobs.find(requestId);
    if (!found) throw new Error(`No job ${requestId}`);
    return found;
  }
  function endBy(requestId: string, end: (found: StandInJob) => boolean): void {
    const found = job(requestId);
    if (!end(found)) throw new Error(`Job ${requestId} is ${found.state} already`);
  }
  return {
    job,
    start(requestId) {
      jobs.start(job(requestId));
    },
    finish(requestId) {
      endBy(requestId, (found) => jobs.finish(found));
    },
    failJob(requestId, error) {
      endBy(requestId, (found) => jobs.fail(found, error));
    },
    loseJob(requestId) {
      job(requestId).lost = true;
    },
    expireUrls(requestId) {
      job(requestId).urlsExpireAt = 0;
    },
  };
}
