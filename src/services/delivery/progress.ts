/** Keeps a job's reply up to date while it goes on: only when something a person sees has changed, and not too often. */
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { idsOf, type Job, type JobState } from '../job/job.ts';
import type { Log } from '../log.ts';
import type { Reply, ReplyMessage } from '../discord/reply.ts';

/** At least this long between two edits of one message (milliseconds). */
const EDIT_INTERVAL = 2000;

/**
 * How many edits a state may take after the one that shows it: with those and the gallery's a message is edited nine
 * times at most, however long the queue.
 *
 * @param first - whether it is the first state that is shown; else the job waited for RunComfy before.
 */
function detailEdits(state: JobState['name'], first: boolean): number {
  if (state === 'in_queue') return first ? 3 : 2;
  return state === 'in_progress' ? 3 : 0;
}

/** Whether a position in the queue is worth one of few edits: the first known, then each that halves the one shown. */
function isNews(shown: number | undefined, position: number | undefined): boolean {
  return shown === undefined || (position !== undefined && 2 * position <= shown && position < shown);
}

function positionOf({ state }: Job): number | undefined {
  return state.name === 'in_queue' ? state.position : undefined;
}

/** What was shown of a job: what the next process to show it must know. */
export const shownSchema = z.object({
  /** The message that was last to be shown, and the state and position it told of. */
  seen: z.string(),
  state: z.string().optional(),
  position: z.number().optional(),
  /** Edits left for details of this state. */
  details: z.number(),
  outOfReach: z.boolean(),
  /** When Discord last answered an edit (milliseconds since the epoch). */
  lastAt: z.number(),
});
export type ShownOfJob = z.infer<typeof shownSchema>;

interface Shown extends ShownOfJob {
  job: Job | undefined;
  wanted: ReplyMessage | undefined;
  timer: NodeJS.Timeout | undefined;
  editing: Promise<void> | undefined;
}

const NOTHING_SHOWN: Shown = {
  seen: '',
  details: 0,
  outOfReach: false,
  lastAt: 0,
  job: undefined,
  wanted: undefined,
  timer: undefined,
  editing: undefined,
};

export interface Progress {
  /** Shows this as soon as an edit is due; a newer call replaces an older one that has not gone out. */
  show(job: Job, message: ReplyMessage): void;
  /** Ends it for a job: nothing more goes out; resolves once what is under way has arrived and the next edit is due. */
  end(jobId: string): Promise<void>;
  /**
   * Sends what is to be shown as soon as it is due, and forgets the job; gives what another process must know to go on.
   * Afterwards nothing of the job goes out from here.
   *
   * @param confirm - says, right before, whether the job is still this process's to show.
   */
  leave(jobId: string, confirm: () => Promise<boolean>): Promise<ShownOfJob | undefined>;
  /** Takes up where another process left a job. */
  recall(jobId: string, shown: ShownOfJob): void;
  /** Ends it for all jobs. */
  stop(): Promise<void>;
}

/** @param shared - whether other processes show the job too: then nothing goes out but by {@link Progress.leave}. */
export function createProgress({
  reply,
  clock,
  log,
  shared = false,
}: {
  reply: Reply;
  clock: Clock;
  log: Log;
  shared?: boolean;
}): Progress {
  const shown = new Map<string, Shown>();

  async function edit(entry: Shown): Promise<void> {
    const { job, wanted } = entry;
    if (wanted === undefined || job === undefined) return;
    entry.wanted = undefined;
    try {
      entry.outOfReach = (await reply.edit(job, wanted)) === 'out_of_reach';
    } catch (error) {
      // Progress is a courtesy: the next change is shown again, the job goes on regardless.
      log.debug({ ...idsOf(job), err: error }, 'a progress edit failed');
      entry.seen = '';
      entry.details += 1;
    }
    // Counted from the answer: however long a call is under way, Discord never gets two sooner after one another.
    entry.lastAt = clock.now();
  }

  function plan(entry: Shown): void {
    if (entry.wanted === undefined || entry.timer !== undefined || entry.editing !== undefined) return;
    if (entry.outOfReach || shared) return;
    entry.timer = setTimeout(() => {
      entry.timer = undefined;
      entry.editing = edit(entry).finally(() => {
        entry.editing = undefined;
        plan(entry);
      });
    }, untilDue(entry));
  }

  function untilDue({ lastAt }: Shown): number {
    // A clock that is set back must not hold up anything for longer.
    return Math.min(EDIT_INTERVAL, Math.max(0, lastAt + EDIT_INTERVAL - clock.now()));
  }

  async function quit(jobId: string): Promise<Shown | undefined> {
    const entry = shown.get(jobId);
    if (entry === undefined) return undefined;
    shown.delete(jobId);
    clearTimeout(entry.timer);
    entry.wanted = undefined;
    await entry.editing;
    return entry;
  }

  return {
    show(job, message) {
      const seen = JSON.stringify(message);
      const entry = shown.get(job.id) ?? { ...NOTHING_SHOWN };
      shown.set(job.id, entry);
      if (entry.seen === seen) return;
      if (entry.state !== job.state.name) {
        entry.details = detailEdits(job.state.name, entry.state === undefined);
        entry.state = job.state.name;
      } else if (entry.details > 0 && (entry.seen === '' || isNews(entry.position, positionOf(job)))) {
        entry.details -= 1;
      } else {
        return;
      }
      entry.job = job;
      entry.position = positionOf(job);
      entry.seen = seen;
      entry.wanted = message;
      plan(entry);
    },
    async end(jobId) {
      const ended = await quit(jobId);
      if (ended !== undefined) await new Promise((resolve) => setTimeout(resolve, untilDue(ended)));
    },
    async leave(jobId, confirm) {
      const entry = shown.get(jobId);
      if (entry === undefined) return undefined;
      if (entry.wanted !== undefined && !entry.outOfReach) {
        await wait(untilDue(entry));
        if (await confirm()) await edit(entry);
        else entry.seen = '';
      }
      shown.delete(jobId);
      const { seen, state, position, details, outOfReach, lastAt } = entry;
      return { seen, state, position, details, outOfReach, lastAt };
    },
    recall(jobId, known) {
      shown.set(jobId, { ...NOTHING_SHOWN, ...known });
    },
    async stop() {
      await Promise.all([...shown.keys()].map(quit));
    },
  };
}
