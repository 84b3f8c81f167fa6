/**
 * What RunComfy's answers say, read by the smallest schemas that hold what is used. Unknown fields are ignored; an unknown
 * word is read as `undefined`, and the caller asks again. Pure.
 */
import { z } from 'zod';
import { createHiding } from '../secrets.ts';

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

/** What result says of a request, with the URLs of what was made and when (milliseconds since the epoch) if it tells. */
export type ResultAnswer =
  | { status: 'succeeded'; images: string[]; videos: string[]; finishedAt?: number }
  | { status: 'failed'; reason: string | undefined }
  | { status: 'in_queue' | 'in_progress' | 'cancelled' };

/** Longest sentence of the vendor's that is passed on, in characters. */
const REASON_MAX_LENGTH = 300;

/** Longest wait taken from a `Retry-After` header, in milliseconds: a job's deadline must stay within sight. */
const RETRY_AFTER_MAX = 10 * 60_000;

/** Vendor's ids are UUIDs; anything that stays one harmless path segment is taken. */
const requestIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:=+-]{0,127}$/);
const submitSchema = z.object({ request_id: requestIdSchema });
const positionSchema = z.int().nonnegative();
const statusSchema = z.object({ status: z.string(), queue_position: z.unknown().optional() });
const outputSchema = z.looseObject({}).nullish();
const resultSchema = z.object({
  status: z.string(),
  output: z.unknown().optional(),
  finished_at: z.unknown().optional(),
});
/** A time without its zone is ambiguous. */
const momentSchema = z.iso.datetime({ offset: true });
const cancelSchema = z.object({ outcome: z.string() });
const urlSchema = z.url({ protocol: /^https?$/ });
const codeSchema = z.object({ error_code: z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]) });

const sentence = z.string().regex(/\S/);
const sentenceSchema = z.union([sentence, z.object({ message: sentence }).transform(({ message }) => message)]);
const bodySchema = z.looseObject({});

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
  const code = codeSchema.safeParse(body).data?.error_code;
  return code === 0 ? undefined : code;
}

/** A status answer; `undefined` when it says nothing known. */
export function readStatus(body: unknown): StatusAnswer | undefined {
  const answer = statusSchema.safeParse(body).data;
  switch (answer?.status) {
    case 'in_queue':
      return { status: 'in_queue', position: positionSchema.safeParse(answer.queue_position).data };
    case 'in_progress':
    case 'cancelled':
    case 'failed':
      return { status: answer.status };
    case 'canceled':
      return { status: 'cancelled' };
    case 'completed':
    case 'succeeded':
      return { status: 'completed' };
    case undefined:
    default:
      return undefined;
  }
}

/** A result answer; `undefined` when it says nothing known. A reason still holds whatever the vendor put in it. */
export function readResult(body: unknown): ResultAnswer | undefined {
  const answer = resultSchema.safeParse(body).data;
  switch (answer?.status) {
    case 'succeeded':
    case 'completed': {
      const output = outputSchema.safeParse(answer.output);
      if (!output.success) return undefined;
      const { images, image, videos, video } = output.data ?? {};
      const finished = momentSchema.safeParse(answer.finished_at).data;
      return {
        status: 'succeeded',
        images: urlsOf([images, image]),
        videos: urlsOf([videos, video]),
        ...(finished !== undefined && { finishedAt: Date.parse(finished) }),
      };
    }
    case 'failed':
      return { status: 'failed', reason: readReason(body) };
    case 'in_queue':
    case 'in_progress':
    case 'cancelled':
      return { status: answer.status };
    case 'canceled':
      return { status: 'cancelled' };
    case undefined:
    default:
      return undefined;
  }
}

/** The outcome of a cancel. `status` beside it is not to be trusted: it may lag behind. */
export function readOutcome(body: unknown): 'cancelled' | 'not_cancellable' | undefined {
  const outcome = cancelSchema.safeParse(body).data?.outcome;
  if (outcome === 'canceled') return 'cancelled';
  return outcome === 'cancelled' || outcome === 'not_cancellable' ? outcome : undefined;
}

/** The vendor's own sentence about an error, wherever it stands in the body; uncut, so that secrets can be found in it. */
export function readReason(body: unknown): string | undefined {
  const { error_message, message, error, detail } = bodySchema.safeParse(body).data ?? {};
  for (const field of [error_message, message, error, detail]) {
    const reason = sentenceSchema.safeParse(field).data;
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** A vendor's sentence made fit to show: one line, without the token or anything like one, at most 300 characters. */
export function cleanReason(reason: string | undefined, token: string): string | undefined {
  if (reason === undefined) return undefined;
  const line = createHiding(
    [token],
    '[hidden]',
  )(reason)
    .replaceAll(/\bauthorization\s*[:=]\s*\S+(\s+\S+)?|\bbearer\s+\S+/gi, '[hidden]')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const characters = Array.from(line);
  return characters.length > REASON_MAX_LENGTH ? `${characters.slice(0, REASON_MAX_LENGTH - 1).join('')}…` : line;
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

/** The http(s) URLs in fields that hold one, a list, or nothing: each once, in order. */
function urlsOf(fields: unknown[]): string[] {
  return [...new Set(fields.flat().flatMap((field) => urlSchema.safeParse(field).data ?? []))];
}
