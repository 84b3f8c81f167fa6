/** What an answer of the Model API's says of a request. Pure. */
import type { CallTruth } from '../truth.ts';
import { UNKNOWN, type HttpAnswer } from './troubles.ts';

/** Whether an answer says that there is no such request. */
export function isDenial(answer: HttpAnswer | undefined): boolean {
  return answer !== undefined && codeOf(answer) === UNKNOWN;
}

/** Whether an answer tells that a request waits or is worked on. */
export function isUnderWay(answer: HttpAnswer): boolean {
  return UNDER_WAY.has(statusIn(answer));
}

/** The word for a state in an answer that is none of an error. */
function statusIn({ httpStatus, body }: HttpAnswer): string {
  const isThere = httpStatus === 200 && typeof body === 'object' && body !== null && 'status' in body;
  return isThere ? String(body.status) : '';
}

const UNDER_WAY = new Set(['in_queue', 'queued', 'in_progress', 'processing']);

/** Whether an answer says where a request stands. That it has ended says nothing yet of how: its result does. */
export function isUseful({ name }: CallTruth, answer: HttpAnswer): boolean | undefined {
  if (isUnderWay(answer) || isMade(answer) || codeOf(answer) === NOT_READY) return true;
  if (!hasEnded(answer)) return false;
  return name === 'result' ? true : undefined;
}

/** Whether an answer says that a request has ended. */
export function hasEnded(answer: HttpAnswer): boolean {
  return ENDED.has(statusIn(answer));
}

const ENDED = new Set(['completed', 'succeeded', 'failed', 'cancelled', 'canceled']);
const NOT_READY = 400005;

/** Whether an answer tells that pictures are made, and where they are. */
export function isMade({ body }: HttpAnswer): boolean {
  return typeof body === 'object' && body !== null && 'output' in body;
}

/** Whether an answer tells the id of what was taken. */
export function readsId({ body }: HttpAnswer): boolean {
  return typeof body === 'object' && body !== null && 'request_id' in body;
}

/** The code of an answer that is an error. */
export function codeOf({ body }: HttpAnswer): unknown {
  return typeof body === 'object' && body !== null && 'error_code' in body ? body.error_code : undefined;
}

/** What the answer to a submit says: its code's first three digits count, else its HTTP status. */
export function saidBy(answer: HttpAnswer): CallTruth['said'] {
  if (readsId(answer)) return 'taken';
  const code = Number(codeOf(answer) ?? 0);
  if (code === 400002) return 'balance';
  if (code === 400004) return 'authentication';
  const status = code === 0 ? answer.httpStatus : Math.floor(code / 1000);
  if (status < 400 || status >= 500) return 'unclear';
  return BY_STATUS[status] ?? 'refused';
}

const BY_STATUS: Readonly<Record<number, CallTruth['said']>> = {
  401: 'authentication',
  402: 'balance',
  403: 'authentication',
  404: 'gone',
  429: 'rate',
};
