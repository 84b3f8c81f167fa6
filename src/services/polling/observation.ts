/** How long a finished job took, as far as the looks at it can tell. Pure. */
import type { Quality } from '../models/seedream.ts';

/** Jobs of one kind take about the same time. */
export interface JobKind {
  count: number;
  quality: Quality;
}

/** How long a finished job took, in milliseconds: from submit to the start of generating, and from there to the result. */
export interface Observation extends JobKind {
  queueMs: number;
  generationMs: number;
}

/** Looks at a queued job are at most this far apart (milliseconds): generating began at most so long before it was seen. */
export const QUEUED_LOOKS_APART_MS = 5000;

/**
 * About when generating began (all milliseconds since the epoch).
 *
 * @param startedAt - the look that first saw it.
 */
export function generationBegan(submittedAt: number, startedAt: number): number {
  return startedAt - Math.min(Math.max(startedAt - submittedAt, 0), QUEUED_LOOKS_APART_MS) / 2;
}

/**
 * What a finished job tells of its kind.
 *
 * @param seen - milliseconds since the epoch. `startedAt`: the look that first saw it generating, if one did; `lookedAt`:
 *   the last look before the one that found it finished. Where RunComfy says when it finished, pass that for both
 *   `lookedAt` and `finishedAt`.
 * @returns `undefined` when too few looks were made to tell how long it took, as after the bot was down.
 */
export function observe(
  kind: JobKind,
  seen: { submittedAt: number; startedAt: number | undefined; lookedAt: number | undefined; finishedAt: number },
): Observation | undefined {
  const { submittedAt, startedAt, finishedAt } = seen;
  const lookedAt = Math.max(seen.lookedAt ?? submittedAt, startedAt ?? submittedAt);
  const unseen = Math.max(finishedAt - lookedAt, 0);
  // Begun and finished between two looks: a third of the time each for queueing, for generating and for being found.
  const began = startedAt === undefined ? lookedAt + unseen / 3 : generationBegan(submittedAt, startedAt);
  const finished = startedAt === undefined ? lookedAt + (unseen * 2) / 3 : lookedAt + unseen / 2;
  const generationMs = Math.max(finished - began, 0);
  const queueMs = Math.max(began - submittedAt, 0);
  const isVague = unseen > 2 * QUEUED_LOOKS_APART_MS && unseen > generationMs / 2;
  if (isVague || !Number.isFinite(generationMs) || !Number.isFinite(queueMs)) return undefined;
  return { ...kind, queueMs: Math.round(queueMs), generationMs: Math.round(generationMs) };
}
