/**
 * What an answer says by its class: the first three digits of its `error_code` (six digits, as 403003), else its HTTP status.
 * Some errors come as HTTP 200 with a top-level `error_code`. Pure.
 */
import { readErrorCode, type HttpAnswer } from './answers.ts';
import type { RunComfyErrorKind } from './error.ts';

/** Documented codes that say more than their class: an empty balance, and a token that is wrong or has expired. */
const CODE_BALANCE = 400002;
const CODE_TOKEN = 400004;

/** The code of a request that RunComfy does not know. A bare HTTP 404 is no such word: a proxy says it as well. */
const CODE_NOT_FOUND = 404001;

/** What every call reads alike; `client` and `server` are the remaining 4xx and whatever is neither 2xx nor 4xx. */
type ErrorClass = 'authentication' | 'balance' | 'rate' | 'not_found' | 'client' | 'server';

/** Whether HTTP calls it a success. */
export function isSuccess({ httpStatus }: HttpAnswer): boolean {
  return httpStatus >= 200 && httpStatus <= 299;
}

/** Whether it is a success that is no error in disguise. */
export function isPlain(answer: HttpAnswer): boolean {
  return isSuccess(answer) && readErrorCode(answer.body) === undefined;
}

function statusOf({ httpStatus, body }: HttpAnswer): number {
  const digits = String(readErrorCode(body) ?? '');
  return /^[1-5]\d{5}$/.test(digits) ? Number(digits.slice(0, 3)) : httpStatus;
}

function classOf(answer: HttpAnswer): ErrorClass | undefined {
  const code = readErrorCode(answer.body);
  if (code === CODE_BALANCE) return 'balance';
  if (code === CODE_TOKEN) return 'authentication';
  const status = statusOf(answer);
  switch (status) {
    case 401:
    case 403:
      return 'authentication';
    case 402:
      return 'balance';
    case 404:
      return 'not_found';
    case 429:
      return 'rate';
    default:
      if (status >= 200 && status <= 299) return undefined;
      return status >= 400 && status <= 499 ? 'client' : 'server';
  }
}

/**
 * How a submit's answer refuses it; `undefined` where it does not. A server's error may come after the request was taken:
 * its outcome is unknown.
 */
export function submitRefusal(answer: HttpAnswer): RunComfyErrorKind | undefined {
  const found = classOf(answer);
  if (found === 'client') return 'input';
  return found === 'server' ? 'outcome_unknown' : found;
}

/**
 * How a status, result or cancel is refused for now or, by 404001 alone, perhaps for good; `undefined` where the answer itself
 * has to be read: it may be an answer all the same.
 */
export function lookRefusal(answer: HttpAnswer): RunComfyErrorKind | undefined {
  const found = classOf(answer);
  switch (found) {
    case 'not_found':
      return readErrorCode(answer.body) === CODE_NOT_FOUND ? 'not_found' : 'unavailable';
    case 'client':
    case 'server':
      return undefined;
    case 'authentication':
    case 'balance':
    case 'rate':
    case undefined:
      return found;
  }
}
