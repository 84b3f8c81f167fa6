/** RunComfy's Model API: submit, status, result, cancel. One try each: when to try again is the job's to say. */
import {
  cleanReason,
  isRequestId,
  readErrorCode,
  readOutcome,
  readReason,
  readRequestId,
  readResult,
  readRetryAfter,
  readStatus,
} from './answers.ts';
import type { HttpAnswer, ResultAnswer, StatusAnswer } from './answers.ts';
import { NoAnswerError } from './http.ts';
import type { ApiCall, RunComfyHttp } from './http.ts';
import { RunComfyError } from './error.ts';
import type { RunComfyErrorKind } from './error.ts';
import type { Clock } from '../clock.ts';
import { MODEL } from '../models/seedream.ts';
import type { SeedreamInput } from '../models/seedream.ts';

export { createRunComfyHttp } from './http.ts';
export { RunComfyError };
export type { ResultAnswer, RunComfyErrorKind, RunComfyHttp, StatusAnswer };

/** The four calls. Each rejects with {@link RunComfyError} and with nothing else. */
export interface RunComfy {
  /** Asks for pictures; from here on it may cost money. Gives up after 60 s. */
  submit(input: SeedreamInput): Promise<{ requestId: string }>;
  /** Where a request stands. `completed` says that it is finished: the truth is in its result. Gives up after 15 s. */
  status(requestId: string): Promise<StatusAnswer>;
  /** What became of a request. A result that is not ready yet is `in_progress`. Gives up after 15 s. */
  result(requestId: string): Promise<ResultAnswer>;
  /** Takes a request out of the queue, if it is still there. Gives up after 15 s. */
  cancel(requestId: string): Promise<'cancelled' | 'not_cancellable'>;
  /** Ends every connection. Calls under way reject: a submit that had a connection as `outcome_unknown`. */
  close(): Promise<void>;
}

/** "Not ready yet": a vendor's test shows it as the answer to a result asked for too early. */
const CODE_NOT_READY = 400005;

/**
 * The Model API.
 *
 * @param http - the way to it: {@link createRunComfyHttp}, or a stand-in for it.
 * @param token - the API key, which is hidden in every sentence that an answer repeats it in.
 */
export function createRunComfy({
  http,
  token,
  clock,
}: {
  http: RunComfyHttp;
  token: string;
  clock: Pick<Clock, 'now'>;
}): RunComfy {
  function refused(
    { name }: ApiCall,
    kind: RunComfyErrorKind,
    { httpStatus, retryAfter, body }: HttpAnswer,
  ): RunComfyError {
    const code = readErrorCode(body);
    const reason = cleanReason(readReason(body), token);
    return new RunComfyError(
      kind,
      `${name}: ${kind} (HTTP ${httpStatus}${code === undefined ? '' : `, error_code ${code}`})`,
      { httpStatus, code, reason, retryAfter: readRetryAfter(retryAfter, clock.now()) },
    );
  }

  /** A status, result or cancel. Only a documented refusal is final: what can't be read now may be readable later. */
  async function ask<T>(
    name: 'status' | 'result' | 'cancel',
    requestId: string,
    read: (answer: HttpAnswer) => T | undefined,
  ): Promise<T> {
    if (!isRequestId(requestId)) throw new RunComfyError('not_found', `${name}: this is no request id`);
    const path = `/requests/${encodeURIComponent(requestId)}/${name}`;
    const call: ApiCall = { name, method: name === 'cancel' ? 'POST' : 'GET', path };
    const answer = await http.send(call).catch((error: unknown) => {
      throw noAnswer(call, 'unavailable', error);
    });
    const kind = refusalOf(answer);
    if (kind !== undefined && kind !== 'input') throw refused(call, kind, answer);
    const said = read(answer);
    if (said === undefined) throw refused(call, 'unavailable', answer);
    return said;
  }

  return {
    async submit(input) {
      const path = `/models/${MODEL}`;
      const call: ApiCall = { name: 'submit', method: 'POST', path, body: JSON.stringify(input) };
      const answer = await http.submit(call).catch((error: unknown) => {
        const sent = error instanceof NoAnswerError && error.connected;
        throw noAnswer(call, sent ? 'outcome_unknown' : 'unavailable', error);
      });
      const kind = refusalOf(answer);
      if (kind !== undefined) throw refused(call, kind === 'unavailable' ? 'outcome_unknown' : kind, answer);
      const requestId = readRequestId(answer.body);
      if (requestId === undefined) throw refused(call, 'outcome_unknown', answer);
      return { requestId };
    },

    status(requestId) {
      return ask('status', requestId, (answer) => (isPlain(answer) ? readStatus(answer.body) : undefined));
    },

    result(requestId) {
      return ask<ResultAnswer>('result', requestId, (answer) => {
        if (readErrorCode(answer.body) === CODE_NOT_READY) return { status: 'in_progress' };
        const result = isSuccess(answer) ? readResult(answer.body) : undefined;
        // A failed job may carry an error_code of its own: the verdict counts.
        if (result?.status === 'failed') return { status: 'failed', reason: cleanReason(result.reason, token) };
        return isPlain(answer) ? result : undefined;
      });
    },

    cancel(requestId) {
      return ask('cancel', requestId, (answer) => (isPlain(answer) ? readOutcome(answer.body) : undefined));
    },

    close: () => http.close(),
  };
}

/**
 * The refusal in an answer: the documented codes first, the HTTP status after. `unavailable` is an answer that neither
 * refuses nor gives anything (5xx, 3xx), `undefined` one that refuses nothing.
 */
function refusalOf(answer: HttpAnswer): RunComfyErrorKind | undefined {
  const { httpStatus, body } = answer;
  const code = readErrorCode(body);
  if (!isSuccess(answer) && (httpStatus < 400 || httpStatus > 499)) return 'unavailable';
  if (code === 400002) return 'balance';
  if (code === 400004 || code === 403001) return 'authentication';
  if (code === 404001) return 'not_found';
  if (httpStatus === 401 || httpStatus === 403) return 'authentication';
  if (httpStatus === 402) return 'balance';
  if (httpStatus === 404) return 'not_found';
  if (httpStatus === 429) return 'rate';
  return isPlain(answer) ? undefined : 'input';
}

function isSuccess({ httpStatus }: HttpAnswer): boolean {
  return httpStatus >= 200 && httpStatus <= 299;
}

/** A success that is not an error in disguise: some errors come as HTTP 200 with a top-level `error_code`. */
function isPlain(answer: HttpAnswer): boolean {
  return isSuccess(answer) && readErrorCode(answer.body) === undefined;
}

function noAnswer({ name }: ApiCall, kind: RunComfyErrorKind, error: unknown): RunComfyError {
  const why = error instanceof NoAnswerError ? error.message : 'unknown error';
  return new RunComfyError(kind, `${name}: ${kind}, no answer (${why})`);
}
