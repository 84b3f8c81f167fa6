/** Keeps a job's reply up to date while it goes on: only when something a person sees has changed, and not too often. */
import type { Clock } from './clock.ts';
import type { Job, JobState } from './job.ts';
import type { Log } from './log.ts';
import type { Reply, ReplyMessage } from './reply.ts';

/** At least this long between two edits of one message (milliseconds). */
const EDIT_INTERVAL = 2000;

/**
 * How many edits a state may take after the one that shows it. With one for each state and one for the gallery a
 * message is edited nine times at most, however long the queue.
 */
const DETAIL_EDITS: Partial<Record<JobState['name'], number>> = { in_queue: 2, in_progress: 3 };

interface Shown {
  job: Job;
  wanted: ReplyMessage | undefined;
  seen: string;
  state: JobState['name'] | undefined;
  /** Edits left for details of this state. */
  details: number;
  outOfReach: boolean;
  lastAt: number;
  timer: NodeJS.Timeout | undefined;
  editing: Promise<void> | undefined;
}

export interface Progress {
  /** Shows this as soon as an edit is due; a newer call replaces an older one that has not gone out. */
  show(job: Job, message: ReplyMessage): void;
  /** Ends it for a job: nothing more goes out, and what is under way has arrived once this resolves. */
  end(jobId: string): Promise<void>;
  /** Ends it for all jobs. */
  stop(): Promise<void>;
}

export function createProgress({ reply, clock, log }: { reply: Reply; clock: Clock; log: Log }): Progress {
  const shown = new Map<string, Shown>();

  async function edit(entry: Shown): Promise<void> {
    const { job, wanted } = entry;
    if (wanted === undefined) return;
    entry.wanted = undefined;
    entry.lastAt = clock.now();
    try {
      entry.outOfReach = (await reply.edit(job, wanted)) === 'out_of_reach';
    } catch (error) {
      // Progress is a courtesy: the next change is shown again, the job goes on regardless.
      log.debug({ job: job.id, err: error }, 'a progress edit failed');
      entry.seen = '';
    }
  }

  function plan(entry: Shown): void {
    if (entry.wanted === undefined || entry.timer !== undefined || entry.editing !== undefined) return;
    if (entry.outOfReach) return;
    const wait = Math.max(0, entry.lastAt + EDIT_INTERVAL - clock.now());
    entry.timer = setTimeout(() => {
      entry.timer = undefined;
      entry.editing = edit(entry).finally(() => {
        entry.editing = undefined;
        plan(entry);
      });
    }, wait);
  }

  async function end(jobId: string): Promise<void> {
    const entry = shown.get(jobId);
    if (entry === undefined) return;
    shown.delete(jobId);
    clearTimeout(entry.timer);
    entry.wanted = undefined;
    await entry.editing;
  }

  return {
    show(job, message) {
      const seen = JSON.stringify(message);
      const entry = shown.get(job.id) ?? {
        job,
        wanted: undefined,
        seen: '',
        state: undefined,
        details: 0,
        outOfReach: false,
        lastAt: 0,
        timer: undefined,
        editing: undefined,
      };
      shown.set(job.id, entry);
      if (entry.seen === seen) return;
      if (entry.state !== job.state.name) {
        entry.state = job.state.name;
        entry.details = DETAIL_EDITS[job.state.name] ?? 0;
      } else if (entry.details > 0) {
        entry.details -= 1;
      } else {
        return;
      }
      entry.job = job;
      entry.seen = seen;
      entry.wanted = message;
      plan(entry);
    },
    end,
    async stop() {
      await Promise.all([...shown.keys()].map(end));
    },
  };
}
