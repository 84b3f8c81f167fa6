/** A request that RunComfy took: what is true of it, and what RunComfy answers about it. */
import type { RequestTruth } from '../truth.ts';
import type { FileHost } from '../world.ts';
import type { Course } from './course.ts';
import { faultOf } from '../discord/files/given.ts';
import type { Queued } from './queue.ts';

/** Where pictures stand. */
const ASSET_ORIGIN = 'https://playgrounds-storage-public.runcomfy.net';

/** A request as RunComfy holds it. */
export interface Request extends Queued {
  readonly id: string;
  readonly at: number;
  readonly asked: number;
  readonly course: Course;
  /** The `error` of a failure, where it has one. */
  reason: unknown;
  duration: number;
  ending: 'succeeded' | 'failed';
  readonly truth: RequestTruth;
}

/** The words of the `error` of a failure. */
function wordsOf(reason: unknown): string | undefined {
  if (typeof reason === 'string') return reason;
  return typeof reason === 'object' && reason !== null && 'message' in reason ? String(reason.message) : undefined;
}

/** The address of one of its pictures, from 1. */
function addressOf({ id, course, endedAt = 0 }: Request, number: number): string {
  return `${ASSET_ORIGIN}/${id}/${number}.png?expires=${Math.round(endedAt + course.addressLife)}`;
}

/** The addresses of the pictures it made. */
function addressesOf(request: Request): string[] {
  if (request.state !== 'succeeded') return [];
  return Array.from({ length: request.course.made }, (_, index) => addressOf(request, index + 1));
}

/** How long the references are tried to be read that cannot be (milliseconds). */
const READ_WITHIN = 2000;

/** Why the references of a request cannot be used at a moment; `undefined` where they can. */
function unusable({ references }: Pick<RequestTruth, 'references'>, host: FileHost, at: number): string | undefined {
  for (const [index, { address, picture = '' }] of references.entries()) {
    const image = `Image ${index + 1}`;
    if (host.heldUntil(address) <= at) return `${image}: Failed to fetch the image: HTTP 404.`;
    const fault = faultOf(picture);
    if (fault !== undefined) return `${image}: ${SENTENCES[fault]}`;
  }
  return undefined;
}

/** What RunComfy says of a picture that it does not take. */
const SENTENCES = {
  format: 'The image format is not supported.',
  too_heavy: 'File size must be less than 10 MB.',
  too_many_pixels: 'The image has too many pixels.',
  ratio: 'The aspect ratio range should be 1:16 to 16:1.',
} as const;

/**
 * Its references are read when it is its turn.
 *
 * @param host - of the references.
 * @param advance - brings the queue up to the present: what is true is asked for at any moment.
 */
export function createRequest(
  taken: Pick<RequestTruth, 'id' | 'by' | 'model' | 'body' | 'marker' | 'at' | 'asked' | 'price' | 'references'>,
  { course, host, advance }: { course: Course; host: FileHost; advance: () => void },
): Request {
  let addresses: string[] | undefined;
  const request: Request = {
    id: taken.id,
    at: taken.at,
    asked: taken.asked,
    course,
    state: 'in_queue',
    duration: course.duration,
    ending: course.ending,
    readyAt: taken.at + course.wait,
    endedAt: undefined,
    reason: course.reason,
    begin(at) {
      const problem = unusable(taken, host, at);
      if (problem === undefined) return;
      request.truth.unreachable = /fetch/.test(problem);
      Object.assign(request, { duration: READ_WITHIN, ending: 'failed', reason: problem });
    },
    truth: {
      ...taken,
      unreachable: false,
      tellsCost: course.tellsCost,
      forgottenAt: course.forgottenAfter === Infinity ? undefined : taken.at + course.forgottenAfter,
      get reason() {
        return request.state === 'failed' ? wordsOf(request.reason) : undefined;
      },
      get state() {
        advance();
        return request.state;
      },
      get endedAt() {
        advance();
        return request.endedAt;
      },
      get pictures() {
        advance();
        if (request.state === 'succeeded') addresses ??= addressesOf(request);
        return addresses ?? [];
      },
      answeredAt: undefined,
      heardAt: undefined,
      places: new Set(),
      denied: [],
      denials: [],
      cancelAsked: false,
    },
  };
  return request;
}

/** How often a request that flickers is denied, and for how long (milliseconds): once or twice, by how often it is looked at. */
const DENIED_EVERY = 20_000;
const DENIED_FOR = 4000;

/** Whether RunComfy knows its id at this moment. */
export function isKnown({ at, course }: Request, now: number): boolean {
  if (course.flickers && (now - at) % DENIED_EVERY < DENIED_FOR) return false;
  return now >= at + course.knownAfter && now < at + course.forgottenAfter;
}

/** Words for states that clients meet without their being documented. */
const OTHER_WORDS: Record<Request['state'], string> = {
  in_queue: 'queued',
  in_progress: 'processing',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'canceled',
};

/** The word for its state in status and cancel, where success and failure are both `completed`. */
function statusWord({ state, course }: Request): string {
  if (course.otherWords) return OTHER_WORDS[state];
  return state === 'succeeded' || state === 'failed' ? 'completed' : state;
}

/** The answer to a status. */
export function statusOf(request: Request, position: number): Record<string, unknown> {
  const queue = request.state === 'in_queue' ? { queue_position: position } : {};
  return { request_id: request.id, status: statusWord(request), ...queue };
}

/** What a request was billed (US dollars), if it tells. */
function costOf({ state, asked, course, truth }: Request): { cost?: number } {
  if (!course.tellsCost) return {};
  return { cost: state === 'succeeded' ? Math.round(asked * truth.price * 1e6) / 1e6 : 0 };
}

/**
 * The answer to a result; `undefined` where it is not ready, and that is told by a code.
 *
 * @param withCost - whether it was asked what it cost.
 */
export function resultOf(
  request: Request,
  now: number,
  { withCost = false } = {},
): Record<string, unknown> | undefined {
  const { id, state, course, endedAt, at, truth, reason } = request;
  const lags = (state === 'succeeded' || state === 'failed') && now < (endedAt ?? 0) + course.resultLag;
  if (lags && course.notReadyAs === 'code') return undefined;
  const created = { request_id: id, created_at: new Date(at).toISOString() };
  if (lags || endedAt === undefined) return { ...created, status: lags ? 'in_progress' : state };
  const cost = withCost ? costOf(request) : {};
  const finished = { ...created, status: state, finished_at: new Date(endedAt).toISOString(), ...cost };
  if (state === 'failed') return { ...finished, ...(reason !== undefined && { error: reason }) };
  if (state === 'cancelled') return finished;
  const [first, ...others] = truth.pictures;
  if (first !== undefined && others.length === 0 && course.singular) return { ...finished, output: { image: first } };
  return { ...finished, output: { images: course.listedTwice && first ? [first, first, ...others] : truth.pictures } };
}

/** The answer to a cancel that did, or did not, cancel it. Its status may lag behind, so that it says nothing. */
export function cancelOf(request: Request, cancelled: boolean): Record<string, unknown> {
  return {
    request_id: request.id,
    status: cancelled && request.course.singular ? 'in_queue' : statusWord(request),
    outcome: cancelled ? 'cancelled' : 'not_cancellable',
  };
}
