/** What a job came to, in money: its line in the book. Pure. */
import { z } from 'zod';
import { isFree, modelOf, runComfyIdOf, type Job, type JobRequest } from '../../job/job.ts';

/** Amounts of money are whole millionths of a US dollar, so that sums are exact. */
const money = z.int();

const requestSchema = z.object({
  images: z.int(),
  /**
   * `counted`: made, as far as is known. `freed`: RunComfy refused, failed or cancelled it, or was never reached. `unknown`:
   * nobody can say whether it was made and billed.
   */
  fate: z.enum(['counted', 'freed', 'unknown']),
  /** What its images cost by the price that was known as it ended. */
  estimated: money,
  /** What RunComfy says it billed. */
  billed: money.optional(),
  /** Of one whose fate is unknown: RunComfy's id, where it told one. */
  requestId: z.string().optional(),
  /** When it was submitted or, where no answer came, asked for (milliseconds since the epoch). */
  at: z.number(),
});
type LineRequest = z.infer<typeof requestSchema>;

/** The line of a job, under its id. */
export const lineSchema = z.object({
  version: z.literal(1),
  /** When it was reserved (milliseconds since the epoch): as for the limits, its month is that one's. */
  at: z.number(),
  guildId: z.string(),
  /** Left out once the member's name is to be forgotten. */
  userId: z.string().optional(),
  model: z.string(),
  requests: z.array(requestSchema),
});
export type Line = z.infer<typeof lineSchema>;

/** @param price - of an image, in US dollars. */
export function lineOf(job: Job, price: number): Line {
  const each = Math.round(price * 1e6);
  return {
    version: 1,
    at: job.createdAt,
    guildId: job.guildId,
    userId: job.userId,
    model: modelOf(job),
    requests: job.requests.map((request) => lineRequestOf(request, { each, at: job.createdAt })),
  };
}

function lineRequestOf(request: JobRequest, { each, at }: { each: number; at: number }): LineRequest {
  const { images, billed, submittedAt = at } = request;
  const fate = fateOf(request);
  const requestId = fate === 'unknown' ? runComfyIdOf(request) : undefined;
  const told = billed === undefined ? {} : { billed };
  return { images, fate, estimated: each * images, ...told, ...(requestId && { requestId }), at: submittedAt };
}

function fateOf(request: JobRequest): LineRequest['fate'] {
  const { state, billed } = request;
  if (isFree(request)) return 'freed';
  if (state.name === 'completed' || billed !== undefined) return 'counted';
  // RunComfy finished it without a single picture, which is paid.
  return state.name === 'failed' && state.failure === 'no_pictures' ? 'counted' : 'unknown';
}

/** Whether RunComfy can be asked what became of one of its requests. */
export function canBeAsked({ fate, requestId }: LineRequest): boolean {
  return fate === 'unknown' && requestId !== undefined;
}

/** The line with what RunComfy says one of its requests was billed. */
export function withCost(line: Line, requestId: string, billed: number): Line {
  const requests = line.requests.map((request) => {
    if (request.requestId !== requestId) return request;
    return { ...request, requestId: undefined, fate: 'counted' as const, billed };
  });
  return { ...line, requests };
}
