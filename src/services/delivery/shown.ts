/** Which of a job's changes are worth an edit of its reply: few edits, however long the queue. Pure. */
import { z } from 'zod';
import type { Job, JobState } from '../job/job.ts';

/** What was shown of a job: what the next process to show it must know. */
export const shownSchema = z.object({
  /** The message that was last to be shown, and the state and position it told of. */
  seen: z.string(),
  state: z.string().optional(),
  position: z.number().optional(),
  /** Edits left for details of this state. */
  details: z.number(),
  /** Whether it was last told that RunComfy does not answer, and how often that was told. */
  silent: z.boolean().default(false),
  silences: z.number().default(0),
  /** What it last told of the job's likely end, by its place in {@link ENDS}; and the moment (milliseconds since the epoch). */
  end: z.number().default(0),
  moment: z.number().optional(),
  /** Whether it said that the pictures will come by direct message: its last word here. */
  leaving: z.boolean().default(false),
  outOfReach: z.boolean(),
  /** Edits so far. */
  edits: z.number().default(0),
  /** When Discord last answered an edit (milliseconds since the epoch). */
  lastAt: z.number(),
  /** Until when an edit may arrive that nobody answered, likewise. */
  arrivesUntil: z.number().optional(),
});
export type ShownOfJob = z.infer<typeof shownSchema>;

export const NOTHING_SHOWN: ShownOfJob = {
  seen: '',
  details: 0,
  silent: false,
  silences: 0,
  end: 0,
  leaving: false,
  outOfReach: false,
  edits: 0,
  lastAt: 0,
};

/** How often it is told that RunComfy does not answer; that it does again always is. Each takes two edits more at most. */
const SILENCES_TOLD = 3;

/**
 * How many edits a state may take after the one that shows it: with those and the gallery's a message is edited ten
 * times at most, however long the queue, as long as RunComfy answers.
 *
 * @param first - whether it is the first state that is shown; else the job waited for RunComfy before.
 * @param many - whether the job has many requests: then its pictures soon say how far it is, and most edits are theirs.
 */
function detailEdits(state: JobState['name'], { first, many }: { first: boolean; many: boolean }): number {
  if (many) return state === 'in_queue' ? 1 : 0;
  if (state === 'in_queue') return first ? 3 : 2;
  return state === 'in_progress' ? 3 : 0;
}

/** What may be told of a job's likely end, in the order in which it is: each goes out however much was told before. */
const ENDS = ['moment', 'soon', 'late'] as const;

/** After so many edits a job of many requests tells no moment any more: each that passes would take another edit. */
const MOMENTS_UNTIL = 4;

/** Whether the moment of a job's likely end may be told: where it has moved before, its edits are better spent on its pictures. */
export function tellsMoments({ edits }: ShownOfJob, { requests }: Job): boolean {
  return requests.length === 1 || edits < MOMENTS_UNTIL;
}

/** A moment that was told is told anew so long before it passes (milliseconds): the next look may be 20 s away. */
const MOMENT_HOLDS = 25_000;

/** What a message tells, as far as that decides whether it is worth an edit. */
export interface ToldNow {
  /** Whether it says that RunComfy does not answer. */
  silent: boolean;
  /** What it says of the job's likely end; a moment in milliseconds since the epoch. */
  end: { at: number } | 'soon' | 'late' | undefined;
  /** Whether it says that the pictures will come by direct message. */
  leaving: boolean;
  /** Milliseconds since the epoch. */
  now: number;
}

/** Discord goes on counting from a moment that has passed: whether what was told of the end must not stand any longer. */
function isOver({ end: before, moment }: ShownOfJob, { end, now }: ToldNow): boolean {
  if (typeof end === 'string') return before < ENDS.indexOf(end);
  return moment !== undefined && moment !== end?.at && moment - now < MOMENT_HOLDS;
}

/** Whether a position in the queue is worth one of few edits: the first known, then each that halves the one shown. */
function isNews(shown: number | undefined, position: number | undefined): boolean {
  return shown === undefined || (position !== undefined && 2 * position <= shown && position < shown);
}

/** What is known as shown once `job` is to be shown in another message; `undefined` where that is not worth an edit. */
export function showNews(shown: ShownOfJob, job: Job, known: ToldNow): Omit<ShownOfJob, 'seen'> | undefined {
  const isTold = typeof known.end !== 'object' || tellsMoments(shown, job);
  const told = isTold ? known : { ...known, end: undefined };
  const { silent } = told;
  const end =
    typeof told.end === 'string'
      ? { end: ENDS.indexOf(told.end), moment: undefined, leaving: told.leaving }
      : { end: 0, moment: told.end?.at, leaving: told.leaving };
  const state = job.state.name;
  const position = job.state.name === 'in_queue' ? job.state.position : undefined;
  const many = job.requests.length > 1;
  if (shown.state !== state) {
    const details = detailEdits(state, { first: shown.state === undefined, many });
    // That a job of many takes longer than usual is told once: its pictures soon say more than a second edit for it would.
    const furthest = many && end.moment === undefined ? Math.max(end.end, shown.end) : end.end;
    return { ...shown, state, position, silent, ...end, end: furthest, details };
  }
  if (shown.silent !== silent) {
    if (silent && shown.silences === SILENCES_TOLD) return undefined;
    const silences = silent ? shown.silences + 1 : shown.silences;
    return { ...shown, position: position ?? shown.position, silent, silences, ...end };
  }
  if (isOver(shown, told) || (told.leaving && !shown.leaving))
    return { ...shown, position: position ?? shown.position, ...end };
  if (shown.details === 0 || (shown.seen !== '' && !isNews(shown.position, position))) return undefined;
  return { ...shown, position, ...end, details: shown.details - 1 };
}
