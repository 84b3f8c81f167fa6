/** How Discord refuses a call, beside the errors of its table, which the stand-in has too. */
import { ApiError } from '../../../playground/discord/api-error.ts';

/** An answer of 429: the same may come again after so many milliseconds. discord.js waits by itself. */
export class RateLimited extends Error {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('You are being rate limited.');
    this.name = 'RateLimited';
    this.retryAfter = retryAfter;
  }
}

/** An answer that is not Discord's: the status, and whether it is a page. */
export class ProxyAnswer extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ProxyAnswer';
    this.status = status;
  }
}

/** 400 with code 50035: what is wrong, and where. */
export function invalidForm(path: string, code: string, message: string): ApiError {
  const errors = { [path]: { _errors: [{ code, message }] } };
  return new ApiError(400, 50035, 'Invalid Form Body', { errors });
}
