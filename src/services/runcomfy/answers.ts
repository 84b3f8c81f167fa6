/**
 * What RunComfy's answers say, read by the smallest schemas that hold what is used. Unknown fields are ignored; an unknown
 * word is read as `undefined`, and the caller asks again. Pure.
 */
import { z } from 'zod';
import { readAddresses } from './addresses.ts';
import { readReason } from './reason.ts';

/** An answer as it came: its HTTP status, the `Retry-After` header, and its body as JSON. */
export interface HttpAnswer {
  httpStatus: number;
  retryAfter: string | undefined;
  /** `undefined` when the body was no JSON, too long, or broke off. */
  body: unknown;
}

/** What status says of a request: `completed` is finished, well or not. */
export type StatusAnswer =
  | { status: 'in_queue'; position: number | undefined }
  | { status: 'in_progress' | 'completed' | 'cancelled' | 'failed' };

/**
 * What result says of a request, with the URLs of what was made and when (milliseconds since the epoch) if it tells, and with
 * what an ended one was billed, in millionths of a US dollar, likewise.
 */
export type ResultAnswer =
  | { status: 'succeeded'; images: string[]; videos: string[]; finishedAt?: number; billed?: number | undefined }
  | { status: 'failed'; reason: string | undefined; billed?: number | undefined }
  | { status: 'cancelled'; billed?: number | undefined }
  | { status: 'in_queue' | 'in_progress' };

/** Whether a request has ended, and what it was then billed if result tells (millionths of a US dollar). */
export interface CostAnswer {
  ended: boolean;
  billed?: number | undefined;
}

/** Longest wait taken from a `Retry-After` header, in milliseconds: a job's deadline must stay within sight. */
const RETRY_AFTER_MAX = 10 * 60_000;

/** Vendor's ids are UUIDs; anything that stays one harmless path segment is taken. */
const requestIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:=+-]{0,127}$/);
const submitSchema = z.object({ request_id: requestIdSchema });
const positionSchema = z.int().nonnegative();
const statusSchema = z.object({ status: z.string(), queue_position: z.unknown().optional() });
const resultSchema = z.object({
  status: z.string(),
  output: z.unknown().optional(),
  finished_at: z.unknown().optional(),
});
/** A time without its zone is ambiguous. */
const momentSchema = z.iso.datetime({ offset: true });
/** Dollars as a number, or as digits; what is less than nothing is no price. */
const dollarsSchema = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d+(\.\d+)?$/)
      .transform(Number),
  ])
  .pipe(z.number().min(0));
const costSchema = z.object({ cost: dollarsSchema });
const balanceSchema = z.union([
  z.object({ balance_microdollars: z.int() }).transform(({ balance_microdollars: exact }) => exact),
  z
    .object({
      balance_usd: z.union([
        z.number(),
        z
          .string()
          .regex(/^-?\d+(\.\d+)?$/)
          .transform(Number),
      ]),
    })
    .transform(({ balance_usd: dollars }) => Math.round(dollars * 1e6)),
]);
const cancelSchema = z.object({ outcome: z.string() });
const codeSchema = z.object({ error_code: z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]) });

/** The words for a state, those too that are met without being documented. */
const STATES = new Map<string, 'in_queue' | 'in_progress' | 'completed' | 'failed' | 'cancelled'>([
  ...['in_queue', 'queued', 'pending', 'waiting'].map((word) => [word, 'in_queue'] as const),
  ...['in_progress', 'starting', 'processing', 'running'].map((word) => [word, 'in_progress'] as const),
  ...['completed', 'succeeded'].map((word) => [word, 'completed'] as const),
  ['failed', 'failed'],
  ...['cancelled', 'canceled'].map((word) => [word, 'cancelled'] as const),
]);

/** Whether a string can stand in a URL as a request id. */
export function isRequestId(text: string): boolean {
  return requestIdSchema.safeParse(text).success;
}

/** The request id of a submit's answer; `undefined` when there is none. */
export function readRequestId(body: unknown): string | undefined {
  return submitSchema.safeParse(body).data?.request_id;
}

/** The body's top-level `error_code`, as a number; 0 and null are no error. */
export function readErrorCode(body: unknown): number | undefined {
  // Most answers have none, and a schema takes its time to say so.
  if (typeof body !== 'object' || body === null || !('error_code' in body)) return undefined;
  const code = codeSchema.safeParse(body).data?.error_code;
  return code === 0 ? undefined : code;
}

/** A status answer; `undefined` when it says nothing known. */
export function readStatus(body: unknown): StatusAnswer | undefined {
  const answer = statusSchema.safeParse(body).data;
  const state = STATES.get(answer?.status.toLowerCase() ?? '');
  if (state !== 'in_queue') return state === undefined ? undefined : { status: state };
  return { status: state, position: positionSchema.safeParse(answer?.queue_position).data };
}

/**
 * A result answer; `undefined` when it says nothing known, `unreadable` when it is a success in whose output no address can be
 * read. A reason still holds whatever the vendor put in it.
 */
export function readResult(body: unknown): ResultAnswer | 'unreadable' | undefined {
  const answer = resultSchema.safeParse(body).data;
  const state = STATES.get(answer?.status.toLowerCase() ?? '');
  switch (state) {
    case 'completed': {
      const made = readAddresses(answer?.output);
      if (made === undefined) return 'unreadable';
      const finished = momentSchema.safeParse(answer?.finished_at).data;
      const finishedAt = finished === undefined ? {} : { finishedAt: Date.parse(finished) };
      return { status: 'succeeded', ...made, ...finishedAt, ...readCost(body) };
    }
    case 'failed':
      return { status: 'failed', reason: readReason(body), ...readCost(body) };
    case 'cancelled':
      return { status: 'cancelled', ...readCost(body) };
    case 'in_queue':
    case 'in_progress':
      return { status: state };
    case undefined:
      return undefined;
  }
}

/** What an ended request was billed (millionths of a US dollar), where its result was asked to tell and does. */
function readCost(body: unknown): { billed?: number | undefined } {
  const cost = costSchema.safeParse(body).data?.cost;
  return cost === undefined ? {} : { billed: Math.round(cost * 1e6) };
}

/** Whether a request has ended, by its result, whatever it made; `undefined` when that says nothing known. */
export function readEnd(body: unknown): CostAnswer | undefined {
  const state = STATES.get(resultSchema.safeParse(body).data?.status.toLowerCase() ?? '');
  if (state === undefined) return undefined;
  return state === 'in_queue' || state === 'in_progress' ? { ended: false } : { ended: true, ...readCost(body) };
}

/** The account's balance in millionths of a US dollar; it may be below nothing. `undefined` when the answer has none. */
export function readBalance(body: unknown): number | undefined {
  return balanceSchema.safeParse(body).data;
}

/** The outcome of a cancel. `status` beside it is not to be trusted: it may lag behind. */
export function readOutcome(body: unknown): 'cancelled' | 'not_cancellable' | undefined {
  const outcome = cancelSchema.safeParse(body).data?.outcome;
  if (outcome === 'canceled') return 'cancelled';
  return outcome === 'cancelled' || outcome === 'not_cancellable' ? outcome : undefined;
}

/**
 * How long a `Retry-After` header (seconds or an HTTP date) asks to wait.
 *
 * @param now - the moment from which an HTTP date is counted (milliseconds since the epoch).
 * @returns milliseconds, from 0 to ten minutes; `undefined` when the header is absent or makes no sense.
 */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  const wait = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : /[a-z]/i.test(text) ? Date.parse(text) - now : NaN;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(Math.ceil(wait), 0), RETRY_AFTER_MAX);
}
