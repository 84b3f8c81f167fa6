/** What can go wrong with a call of the Model API, by the documented classes of errors. */
import { NoAnswerError, type RunComfyHttp } from '../../../src/services/runcomfy/runcomfy.ts';

export type ApiCall = Parameters<RunComfyHttp['send']>[0];
export type HttpAnswer = Awaited<ReturnType<RunComfyHttp['send']>>;

/** One way in which a call goes wrong. */
interface Trouble {
  /** The calls that it can befall; all, unless said. */
  calls?: readonly string[];
  /** Whether the call has its effect all the same. */
  taken: boolean;
  /** How much longer the answer takes (milliseconds). */
  later?: number;
  /**
   * What comes instead of the right answer, which only a call that was taken has; `undefined`: nothing ever comes.
   *
   * @throws NoAnswerError where the connection ends.
   */
  answer: (right: HttpAnswer | undefined) => HttpAnswer | undefined;
}

/** An answer as the API gives it. */
export function answered(httpStatus: number, body: unknown, retryAfter?: string): HttpAnswer {
  return { httpStatus, body, retryAfter };
}

/** An error of the API's. */
export function refused(httpStatus: number, code: number | undefined, message: string): HttpAnswer {
  return answered(httpStatus, { ...(code !== undefined && { error_code: code }), error_message: message });
}

/** The code of an unknown, deleted or expired id, which comes with a 404. */
export const UNKNOWN = 404001;

/** The answer where there is no such thing. */
export function unknown(what: string): HttpAnswer {
  return refused(404, UNKNOWN, `${what} not found`);
}

const submit = ['submit'];
const looks = ['status', 'result', 'cancel'];
const lost = (code: string, connected: boolean) => () => {
  throw new NoAnswerError(code, connected);
};
const says = (answer: HttpAnswer) => () => answer;

/** Bodies that are no JSON are read as `undefined`. */
const PAGE = undefined;

export const RUNCOMFY_TROUBLES = {
  refused: { taken: false, answer: lost('ECONNREFUSED', false) },
  reset_before: { taken: false, answer: lost('ECONNRESET', true) },
  reset_after: { taken: true, answer: lost('ECONNRESET', true) },
  hangs_before: { taken: false, answer: () => undefined },
  hangs_after: { taken: true, answer: () => undefined },
  slow: { taken: true, later: 10_000, answer: (right) => right },
  too_slow: { taken: true, later: 70_000, answer: (right) => right },
  late_submit: { calls: submit, taken: true, later: 45_000, answer: (right) => right },
  rate_limited: { taken: false, answer: says(refused(429, undefined, 'Too many requests')) },
  rate_limited_for: { taken: false, answer: says(answered(429, { error_message: 'Too many requests' }, '17')) },
  unauthorized: { taken: false, answer: says(refused(401, 400004, 'User account error')) },
  unauthorized_in_200: { taken: false, answer: says(refused(200, 400004, 'User account error')) },
  forbidden: { taken: false, answer: says(refused(403, 403001, 'Permission denied')) },
  no_balance: { calls: submit, taken: false, answer: says(refused(402, 400002, 'Insufficient resources')) },
  no_balance_in_200: { calls: submit, taken: false, answer: says(refused(200, 400002, 'Insufficient resources')) },
  bad_request: { calls: submit, taken: false, answer: says(refused(400, 400001, 'Invalid resource identifier')) },
  unprocessable: { calls: submit, taken: false, answer: says(refused(422, undefined, 'Unprocessable input')) },
  model_gone: { calls: ['submit', 'model'], taken: false, answer: says(unknown('Model')) },
  http_500: { taken: false, answer: says(refused(500, undefined, 'Internal server error')) },
  http_500_taken: { taken: true, answer: says(refused(500, undefined, 'Internal server error')) },
  http_502_page: { taken: false, answer: says(answered(502, PAGE)) },
  http_504_taken: { taken: true, answer: says(answered(504, PAGE)) },
  error_in_200: { taken: false, answer: says(refused(200, 500001, 'Check your existing requests')) },
  error_in_200_taken: { taken: true, answer: says(refused(200, 500001, 'Check your existing requests')) },
  page_in_200: { taken: true, answer: says(answered(200, PAGE)) },
  empty: { taken: true, answer: says(answered(200, undefined)) },
  no_request_id: { calls: submit, taken: true, answer: says(answered(200, { status: 'in_queue' })) },
  not_found: { calls: looks, taken: false, answer: says(unknown('Request')) },
  not_found_page: { calls: looks, taken: false, answer: says(answered(404, PAGE)) },
  strange_word: { calls: looks, taken: false, answer: says(answered(200, { status: 'hibernating' })) },
} as const satisfies Record<string, Trouble>;

/** The trouble of this name, where it can befall this call. */
export function troubleOf(name: string | undefined, call: ApiCall): Trouble | undefined {
  if (name === undefined || !(name in RUNCOMFY_TROUBLES)) return undefined;
  const trouble: Trouble = RUNCOMFY_TROUBLES[name as keyof typeof RUNCOMFY_TROUBLES];
  return trouble.calls === undefined || trouble.calls.includes(call.name) ? trouble : undefined;
}
