/** RunComfy's Model API: submit, status, result, cancel, and a model's page. One try each: when to try again is the job's to say. */
import {
  isRequestId,
  readBalance,
  readEnd,
  readErrorCode,
  readOutcome,
  readRequestId,
  readResult,
  readRetryAfter,
  readStatus,
} from './answers.ts';
import type { CostAnswer, HttpAnswer, ResultAnswer, StatusAnswer } from './answers.ts';
import { NoAnswerError } from './http.ts';
import type { ApiCall, RunComfyHttp } from './http.ts';
import { isPlain, isSuccess, lookRefusal, submitRefusal } from './error-class.ts';
import { RunComfyError } from './error.ts';
import type { RunComfyErrorKind } from './error.ts';
import { cleanReason, loggedAnswer, readReason } from './reason.ts';
import type { Clock } from '../clock.ts';
import type { Body } from '../models/models.ts';

export { createRunComfyHttp, NoAnswerError } from './http.ts';
export { RunComfyError };
export type { ResultAnswer, RunComfyErrorKind, RunComfyHttp, StatusAnswer };

/** The calls. Each rejects with {@link RunComfyError} and with nothing else. */
export interface RunComfy {
  /** Asks a model, named by its id, for pictures; from here on it may cost money. Gives up after 60 s. */
  submit(request: { model: string; body: Body }): Promise<{ requestId: string }>;
  /** Where a request stands. `completed` says that it is finished: the truth is in its result. Gives up after 15 s. */
  status(requestId: string): Promise<StatusAnswer>;
  /** What became of a request. A result that is not ready yet is `in_progress`. Gives up after 15 s. */
  result(requestId: string): Promise<ResultAnswer>;
  /** What a request came to, as far as its result tells: of one that has ended, nothing else is read. Gives up after 15 s. */
  cost(requestId: string): Promise<CostAnswer>;
  /** The account's balance, in millionths of a US dollar. It costs nothing. Gives up after 15 s. */
  balance(): Promise<number>;
  /** Takes a request out of the queue, if it is still there. Gives up after 15 s. */
  cancel(requestId: string): Promise<'cancelled' | 'not_cancellable'>;
  /** A model's page in the catalogue, as it came. `not_found`: by 404001 alone. It costs nothing. Gives up after 15 s. */
  model(id: string): Promise<unknown>;
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
    const wasRead = kind !== 'unavailable' && kind !== 'unreadable' && kind !== 'outcome_unknown';
    return new RunComfyError(
      kind,
      `${name}: ${kind} (HTTP ${httpStatus}${code === undefined ? '' : `, error_code ${code}`})`,
      {
        httpStatus,
        code,
        reason,
        retryAfter: readRetryAfter(retryAfter, clock.now()),
        answer: wasRead ? undefined : loggedAnswer(body, token),
      },
    );
  }

  /** The answer to a call that costs nothing, where that is no refusal. */
  async function send(call: ApiCall): Promise<HttpAnswer> {
    const answer = await http.send(call).catch((error: unknown) => {
      throw noAnswer(call, 'unavailable', error);
    });
    const refusal = lookRefusal(answer);
    if (refusal !== undefined) throw refused(call, refusal, answer);
    return answer;
  }

  /** A status, result or cancel. What can't be read now may be readable later. */
  async function ask<T>(
    name: 'status' | 'result' | 'cancel',
    requestId: string,
    read: (answer: HttpAnswer) => T | 'unreadable' | undefined,
  ): Promise<T> {
    if (!isRequestId(requestId)) throw new RunComfyError('not_found', `${name}: this is no request id`);
    // What an ended request was billed is told only to whoever asks for it.
    const query = name === 'result' ? '?include_cost=true' : '';
    const path = `/requests/${encodeURIComponent(requestId)}/${name}${query}`;
    const call: ApiCall = { name, method: name === 'cancel' ? 'POST' : 'GET', path };
    const answer = await send(call);
    const said = read(answer);
    if (said === undefined) throw refused(call, 'unavailable', answer);
    if (said === 'unreadable') throw refused(call, 'unreadable', answer);
    return said;
  }

  return {
    async submit({ model, body }) {
      const call: ApiCall = { name: 'submit', method: 'POST', path: `/models/${model}`, body: JSON.stringify(body) };
      const answer = await http.submit(call).catch((error: unknown) => {
        const sent = error instanceof NoAnswerError && error.connected;
        throw noAnswer(call, sent ? 'outcome_unknown' : 'unavailable', error);
      });
      const refusal = submitRefusal(answer);
      // A success that tells of a server's error has made the request all the same, where it tells its id.
      const requestId = isSuccess(answer) ? readRequestId(answer.body) : undefined;
      if ((refusal === undefined || refusal === 'outcome_unknown') && requestId !== undefined) return { requestId };
      throw refused(call, refusal ?? 'outcome_unknown', answer);
    },

    status(requestId) {
      return ask('status', requestId, (answer) => {
        const said = isSuccess(answer) ? readStatus(answer.body) : undefined;
        // A failed job may carry an error_code of its own; what became of it is in the result.
        return isPlain(answer) || said?.status === 'failed' ? said : undefined;
      });
    },

    result(requestId) {
      return ask<ResultAnswer>('result', requestId, (answer) => {
        if (readErrorCode(answer.body) === CODE_NOT_READY) return { status: 'in_progress' };
        const result = isSuccess(answer) ? readResult(answer.body) : undefined;
        // Here, too: the verdict counts.
        if (typeof result === 'object' && result.status === 'failed')
          return { ...result, reason: cleanReason(result.reason, token) };
        return isPlain(answer) ? result : undefined;
      });
    },

    cost(requestId) {
      return ask<CostAnswer>('result', requestId, (answer) => {
        if (readErrorCode(answer.body) === CODE_NOT_READY) return { ended: false };
        return isSuccess(answer) ? readEnd(answer.body) : undefined;
      });
    },

    async balance() {
      const call: ApiCall = { name: 'balance', method: 'GET', path: '/balance' };
      const answer = await send(call);
      const balance = isPlain(answer) ? readBalance(answer.body) : undefined;
      if (balance === undefined) throw refused(call, 'unavailable', answer);
      return balance;
    },

    cancel(requestId) {
      return ask('cancel', requestId, (answer) => (isPlain(answer) ? readOutcome(answer.body) : undefined));
    },

    async model(id) {
      const call: ApiCall = { name: 'model', method: 'GET', path: `/models/${id}` };
      const answer = await send(call);
      if (!isPlain(answer)) throw refused(call, 'unavailable', answer);
      return answer.body;
    },

    close: () => http.close(),
  };
}

function noAnswer({ name }: ApiCall, kind: RunComfyErrorKind, error: unknown): RunComfyError {
  const why = error instanceof NoAnswerError ? error.message : 'unknown error';
  return new RunComfyError(kind, `${name}: ${kind}, no answer (${why})`);
}
