/** What a fault changes in a call and in its answer. */
import { CODES, refuse, refuseUnknown, type Answer } from './answer.ts';
import { replyWith, type Reply } from './http-replies.ts';
import type { ApiFault } from '../faults.ts';

const PAGE =
  '<!doctype html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>\n';

/** The error of a job that moderation refused. */
export const MODERATION_ERROR = {
  type: 'content_policy_violation',
  message: 'The request was refused by content moderation.',
};

/** 429; `seconds` `null` leaves Retry-After out. */
export function rateLimit(seconds: number | null, as: 'seconds' | 'date', now: number): Answer {
  const value = as === 'date' ? new Date(now + (seconds ?? 0) * 1000).toUTCString() : String(seconds);
  const headers = seconds === null ? {} : { 'retry-after': value };
  return { ...refuse(429, undefined, 'Too many requests'), headers };
}

/** Whether a fault lets the call have its effect. */
export function isTaken(fault: ApiFault): boolean {
  switch (fault.kind) {
    case 'http':
    case 'reset':
    case 'hang':
      return fault.taken ?? false;
    case 'broken-json':
    case 'html':
    case 'empty':
    case 'cut':
    case 'no-request-id':
      return fault.taken ?? true;
    case 'rate-limited':
    case 'error-in-200':
    case 'lost':
    case 'not-ready':
      return false;
    case 'slow':
    case 'status-word':
    case 'failed':
    case 'moderation':
      return true;
  }
}

/** Makes the reply that a fault wants out of the right answer; a fault that only changes jobs or time leaves it as it is. */
export function applyFault(fault: ApiFault, right: Answer, requestId: string | undefined, now: number): Reply {
  const reply = replyWith(right);
  switch (fault.kind) {
    case 'http': {
      const error = refuse(fault.status, fault.errorCode, fault.message ?? `HTTP ${fault.status}`);
      const text = JSON.stringify(fault.body ?? error.body);
      const headers = { 'content-type': 'application/json' };
      return { as: 'answer', status: fault.status, text, headers, body: fault.body ?? error.body };
    }
    case 'rate-limited':
      return replyWith(rateLimit(fault.retryAfterSeconds ?? null, fault.as ?? 'seconds', now));
    case 'error-in-200':
      return replyWith(refuse(200, fault.errorCode, fault.message ?? `Error ${fault.errorCode}`));
    case 'reset':
    case 'hang':
      return { as: fault.kind };
    case 'broken-json': {
      const text = JSON.stringify(right.body).slice(0, -5);
      return {
        as: 'answer',
        status: fault.status ?? 200,
        text,
        headers: { 'content-type': 'application/json' },
        body: text,
      };
    }
    case 'html':
      return {
        as: 'answer',
        status: fault.status ?? 200,
        text: PAGE,
        headers: { 'content-type': 'text/html' },
        body: PAGE,
      };
    case 'empty':
      return {
        as: 'answer',
        status: fault.status ?? 200,
        text: '',
        headers: { 'content-type': 'application/json' },
        body: '',
      };
    case 'cut':
      return reply.as === 'answer' ? { ...reply, as: 'cut' } : reply;
    case 'no-request-id': {
      const body = Object.fromEntries(Object.entries(right.body).filter(([name]) => name !== 'request_id'));
      return replyWith({ ...right, body });
    }
    case 'status-word':
      return replyWith({ ...right, body: { ...right.body, status: fault.word } });
    case 'lost':
      return replyWith(refuseUnknown(requestId));
    case 'not-ready':
      return replyWith(refuse(400, CODES.notReady, 'The result is not ready'));
    case 'slow':
    case 'failed':
    case 'moderation':
      return reply;
  }
}
