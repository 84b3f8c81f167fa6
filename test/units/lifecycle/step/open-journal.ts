/** A step's journal that is written nowhere: tests read from it what has happened to the job. */
import { advance, type Job, type JobEvent } from '../../../../src/services/job/job.ts';
import type { Journal } from '../../../../src/services/lifecycle/step/journal.ts';
import { NOON } from '../../../support/sample-job.ts';

/** @param happened - every event, in order; those that were only taken note of, too. */
export function openJournal(opened: Job, happened: JobEvent[] = []): Journal {
  let job = opened;
  const note = (event: JobEvent) => {
    job = advance(job, event, NOON + 1000);
    happened.push(event);
    return job;
  };
  const write = (event: JobEvent) => Promise.resolve(event).then(note);
  return {
    get job() {
      return job;
    },
    claim: undefined,
    record: write,
    announce: write,
    note,
    confirm: () => Promise.resolve(),
  };
}
