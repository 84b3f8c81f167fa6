/** Keeps a job's reply up to date while it goes on: only when something a person sees has changed, and not too often. */
import type { Clock, Timer } from '../clock.ts';
import { ARRIVES_WITHIN, ReplyTrouble, type Reply } from '../discord/reply.ts';
import { idsOf, type Job } from '../job/job.ts';
import type { Log } from '../log.ts';
import type { Polling } from '../polling/polling.ts';
import { SingleFlight } from '../single-flight.ts';
import { NOTHING_SHOWN, showNews, tellsMoments, type ShownOfJob } from './shown.ts';
import { isLeaving, type Status } from './status.ts';

/** At least this long between two edits of one message (milliseconds). */
const EDIT_INTERVAL = 2000;

/** The longest that an edit waits after others that failed (milliseconds). */
const AGAIN_MOST = 60_000;

export interface Progress {
  /**
   * Shows where a job stands as soon as an edit is due; a newer call replaces an older one that has not gone out.
   * Where it had ended for the job, `before` is what was shown then.
   */
  show(job: Job, before?: ShownOfJob): void;
  /** Ends it for a job: nothing more goes out. Resolves once nothing is under way any more and the next edit is due, with what is shown. */
  end(jobId: string): Promise<ShownOfJob>;
  /** Ends it for all jobs; resolves once nothing is under way. */
  stop(): Promise<void>;
}

/** Progress of jobs that other processes may show next: nothing goes out but at the end of a step. */
export interface HandedProgress extends Progress {
  /**
   * Sends what is to be shown as soon as it is due, and forgets the job; gives what another process must know to go on.
   * Afterwards nothing of the job goes out from here.
   *
   * @param confirm - says, right before, whether the job is still this process's to show; should the process end now, the next
   * one must know what it is given.
   */
  leave(jobId: string, confirm: (shown: ShownOfJob) => Promise<boolean>): Promise<ShownOfJob | undefined>;
  /** Takes up where another process left a job. */
  recall(jobId: string, shown: ShownOfJob): void;
}

interface Entry {
  shown: ShownOfJob;
  /** The job as it is to be shown next. */
  wanted?: Job | undefined;
  timer?: Timer | undefined;
  editing?: Promise<void> | undefined;
  /** Until when an edit may arrive that nobody answered, by the clock that never jumps (milliseconds). */
  arrivesUntil: number;
  /** Edits in a row that failed. */
  failures: number;
}

interface ProgressParts {
  reply: Pick<Reply, 'edit'>;
  status: Status;
  polling: Pick<Polling, 'isSilent' | 'expectation'>;
  clock: Pick<Clock, 'now' | 'monotonic' | 'setTimeout' | 'sleep'>;
  log: Log;
}

/** What both kinds of progress have in common: what is shown of each job, and the edit that shows more. */
function createEdits({ reply, status, polling, clock, log }: ProgressParts) {
  const entries = new Map<string, Entry>();
  const ending = new SingleFlight<string, ShownOfJob>();
  const messageOf = (job: Job, shown: ShownOfJob) => status(job, { moments: tellsMoments(shown, job) });

  function entryOf(jobId: string, shown = NOTHING_SHOWN): Entry {
    const entry: Entry = entries.get(jobId) ?? { shown, arrivesUntil: 0, failures: 0 };
    entries.set(jobId, entry);
    return entry;
  }

  /** Milliseconds. A clock that is set back must not hold up anything for longer. */
  function untilDue({ shown }: Entry): number {
    return Math.min(EDIT_INTERVAL, Math.max(0, shown.lastAt + EDIT_INTERVAL - clock.now()));
  }

  /** Ends it for a job; resolves once what is under way has been answered or given up. */
  async function quit(jobId: string): Promise<Entry | undefined> {
    const entry = entries.get(jobId);
    if (entry === undefined) return undefined;
    entries.delete(jobId);
    entry.timer?.cancel();
    // That was not shown after all.
    if (entry.wanted !== undefined) entry.shown = { ...entry.shown, state: undefined, seen: '' };
    entry.wanted = undefined;
    await entry.editing;
    return entry;
  }

  return {
    entries,
    entryOf,
    untilDue,

    /** Takes note of where a job stands; gives its entry where that is worth an edit. */
    note(job: Job, before?: ShownOfJob): Entry | undefined {
      const entry = entryOf(job.id, before);
      const silent = polling.isSilent(job);
      const end = silent ? undefined : polling.expectation(job).expected;
      const shown = showNews(entry.shown, job, { silent, end, leaving: isLeaving(job, clock.now()), now: clock.now() });
      if (shown === undefined) return undefined;
      const seen = JSON.stringify(messageOf(job, entry.shown));
      if (seen === entry.shown.seen) return undefined;
      entry.shown = { ...shown, seen };
      entry.wanted = job;
      return entry;
    },

    async send(entry: Entry): Promise<void> {
      const { wanted } = entry;
      if (wanted === undefined) return;
      entry.wanted = undefined;
      const sentAt = clock.monotonic();
      // By what is so now: a process that stood still would name a moment that has passed.
      const message = messageOf(wanted, entry.shown);
      entry.shown = { ...entry.shown, seen: JSON.stringify(message) };
      let outcome: Partial<ShownOfJob>;
      try {
        outcome = { outOfReach: (await reply.edit(wanted, message)) === 'out_of_reach' };
        entry.failures = 0;
      } catch (error) {
        // Progress is a courtesy: the next change is shown again, the job goes on regardless.
        log.debug({ ...idsOf(wanted), err: error }, 'a progress edit failed');
        if (error instanceof ReplyTrouble && error.unanswered) entry.arrivesUntil = sentAt + ARRIVES_WITHIN;
        outcome = { seen: '', details: entry.shown.details + 1 };
        entry.failures += 1;
      }
      // Counted from the answer: however long a call is under way, Discord never gets two sooner after one another.
      entry.shown = { ...entry.shown, ...outcome, edits: entry.shown.edits + 1, lastAt: clock.now() };
    },

    quit,

    /** Ends it for a job. Whoever asks meanwhile waits for the same: the first one may have given up what it was to show. */
    end: (jobId: string): Promise<ShownOfJob> =>
      ending.run(jobId, async () => {
        const ended = await quit(jobId);
        if (ended === undefined) return NOTHING_SHOWN;
        await clock.sleep(Math.max(untilDue(ended), ended.arrivesUntil - clock.monotonic()));
        return ended.shown;
      }),
  };
}

/** Progress of jobs that this process alone shows: it goes out by itself when it is due. */
export function createProgress(parts: ProgressParts): Progress {
  const { clock } = parts;
  const edits = createEdits(parts);

  /** Milliseconds that the next edit waits where the ones before it failed: as long as Discord is in trouble, it is asked less and less often. */
  const untilAgain = ({ failures }: Entry) =>
    failures === 0 ? 0 : Math.min(AGAIN_MOST, EDIT_INTERVAL * 2 ** failures);

  function plan(entry: Entry): void {
    if (entry.wanted === undefined || entry.timer !== undefined || entry.editing !== undefined) return;
    if (entry.shown.outOfReach) return;
    entry.timer = clock.setTimeout(
      () => {
        entry.timer = undefined;
        entry.editing = edits.send(entry).finally(() => {
          entry.editing = undefined;
          plan(entry);
        });
      },
      edits.untilDue(entry) + untilAgain(entry),
    );
  }

  return {
    show(job, before) {
      const entry = edits.note(job, before);
      if (entry !== undefined) plan(entry);
    },
    end: (jobId) => edits.end(jobId),
    async stop() {
      await Promise.all([...edits.entries.keys()].map((jobId) => edits.quit(jobId)));
    },
  };
}

/** Progress of jobs that several processes show in turn. */
export function createHandedProgress(parts: ProgressParts): HandedProgress {
  const { clock } = parts;
  const edits = createEdits(parts);

  return {
    show(job, before) {
      edits.note(job, before);
    },
    end: (jobId) => edits.end(jobId),
    async leave(jobId, confirm) {
      const entry = edits.entries.get(jobId);
      if (entry === undefined) return undefined;
      try {
        if (entry.wanted !== undefined && !entry.shown.outOfReach) {
          await clock.sleep(edits.untilDue(entry));
          const meanwhile = { ...entry.shown, seen: '', arrivesUntil: clock.now() + ARRIVES_WITHIN };
          if (await confirm(meanwhile)) await edits.send(entry);
          else entry.shown = { ...entry.shown, seen: '' };
        }
      } finally {
        // Where the job is another's, too: this process's next step of it would send what is old by then.
        edits.entries.delete(jobId);
      }
      const left = entry.arrivesUntil - clock.monotonic();
      return { ...entry.shown, arrivesUntil: left > 0 ? clock.now() + left : undefined };
    },
    recall(jobId, shown) {
      edits.entries.delete(jobId);
      const left = Math.min((shown.arrivesUntil ?? 0) - clock.now(), ARRIVES_WITHIN);
      edits.entryOf(jobId, shown).arrivesUntil = clock.monotonic() + Math.max(0, left);
    },
    async stop() {
      await Promise.all([...edits.entries.keys()].map((jobId) => edits.quit(jobId)));
    },
  };
}
