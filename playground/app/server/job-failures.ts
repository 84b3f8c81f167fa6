/** What can go wrong with the next job, as the control panel offers it. */
import type { Fault } from '../../discord/stand-in.ts';
import type { FaultOrder } from '../../runcomfy/stand-in.ts';

/** Each failure, as the panel words it. */
export const FAILURES = {
  model: 'The model fails',
  moderation: 'Moderation refuses it',
  fewer: 'One picture less than asked',
  input: 'RunComfy refuses the input',
  token: 'The API key is rejected',
  balance: 'The balance is empty',
  server: 'Server error on submit: outcome unknown',
  busy: 'Too many requests, then taken',
  pictures: 'Its pictures can’t be fetched at first',
  autoMod: 'Discord refuses its pictures: try Deliver in /history',
} as const;
export type Failure = keyof typeof FAILURES;

/** What Discord answers to the pictures of a job that its AutoMod refuses; text passes. */
export const AUTO_MOD: Fault = { path: /^\/(?:webhooks|channels)\//, withFiles: true, status: 400, code: 200000 };

/** The faults that make a failure, in the order they apply. */
export function faultsFor(failure: Failure): FaultOrder[] {
  switch (failure) {
    case 'model':
      return [{ call: 'submit', kind: 'failed', error: 'The model could not make these pictures.' }];
    case 'moderation':
      return [{ call: 'submit', kind: 'moderation' }];
    case 'input':
      return [{ call: 'submit', kind: 'http', status: 422, errorCode: 422001, message: 'The input is not valid.' }];
    case 'token':
      return [{ call: 'submit', kind: 'http', status: 401, errorCode: 400004, message: 'The token is not valid.' }];
    case 'balance':
      return [{ call: 'submit', kind: 'error-in-200', errorCode: 400002, message: 'The balance is not sufficient.' }];
    case 'server':
      return [{ call: 'submit', kind: 'http', status: 502 }];
    case 'busy':
      return [{ call: 'submit', kind: 'rate-limited', retryAfterSeconds: 3, times: 2 }];
    case 'pictures':
      return [{ call: 'asset', kind: 'http', status: 503, times: 6 }];
    case 'fewer':
    case 'autoMod':
      return [];
  }
}
