/** How a call of the Model API goes wrong, as far as a caller acts on the difference. */

/**
 * What a caller can do about it:
 * - `authentication`, `balance`: the host must act.
 * - `input`: this request is refused.
 * - `not_found`: RunComfy knows no such request; after a submit, no such model.
 * - `rate`, `unavailable`: try again later. After a submit they also prove that RunComfy took nothing.
 * - `unreadable` (result alone): it is finished, and no address can be read in what it made. Try again later.
 * - `outcome_unknown` (submit alone): the job may exist and be billed. Never submit it again.
 */
export type RunComfyErrorKind =
  'authentication' | 'balance' | 'rate' | 'input' | 'not_found' | 'unavailable' | 'unreadable' | 'outcome_unknown';

/** What an answer said of its refusal. */
export interface RunComfyErrorDetails {
  /** How long RunComfy asked to wait, in milliseconds, at most ten minutes. */
  retryAfter: number | undefined;
  /** `undefined` when no answer came. */
  httpStatus: number | undefined;
  /** RunComfy's `error_code`. */
  code: number | undefined;
  /** The vendor's own sentence: one line, at most 300 characters. */
  reason: string | undefined;
  /** The answer, where it could not be read: for the log, cut, without secrets. */
  answer: string | undefined;
}

/** A call that went wrong. Neither its message nor any property holds the token. */
export class RunComfyError extends Error implements RunComfyErrorDetails {
  override readonly name = 'RunComfyError';
  readonly kind: RunComfyErrorKind;
  readonly retryAfter: number | undefined;
  readonly httpStatus: number | undefined;
  readonly code: number | undefined;
  readonly reason: string | undefined;
  readonly answer: string | undefined;

  constructor(kind: RunComfyErrorKind, message: string, details: Partial<RunComfyErrorDetails> = {}) {
    super(message);
    this.kind = kind;
    this.retryAfter = details.retryAfter;
    this.httpStatus = details.httpStatus;
    this.code = details.code;
    this.reason = details.reason;
    this.answer = details.answer;
  }
}
