import { ApiError } from '../api-error.ts';

/** What goes wrong with the next requests that match. */
export interface Fault {
  /** Any method when absent. */
  readonly method?: string;
  /** Matched against the path behind `/api/v10`, with real tokens and a plain `@original` in it, without the query. */
  readonly path: RegExp;
  /** Whether only a request that brings files is meant. */
  readonly withFiles?: boolean;
  /** Answer with this status instead of acting. */
  readonly status?: number;
  /** That answer is a page, as of a proxy before Discord, and no JSON. */
  readonly page?: boolean;
  /** The JSON error code of that answer, 0 when absent. */
  readonly code?: number;
  /** How often, once when absent. */
  readonly times?: number;
  /** Wait so long before anything else. */
  readonly delayMs?: number;
  /** Seconds that an answer of status 429 asks to wait; absent, such an answer has no Retry-After. */
  readonly retryAfter?: number;
  /** Whether such an answer is for all calls by the bot's token, and not for its route. Only this call gets it. */
  readonly global?: boolean;
  /** Cut the connection: `before` acting, or `after` having acted, with no answer either way. */
  readonly destroy?: 'before' | 'after';
}

/** Keeps the faults that were ordered; each request gets the first that matches. */
export function createFaults() {
  const ordered: { fault: Fault; left: number }[] = [];
  return {
    failNext: (fault: Fault): void => {
      ordered.push({ fault, left: fault.times ?? 1 });
    },

    next(method: string, path: string, contentType = ''): Fault | null {
      const hasFiles = contentType.startsWith('multipart/');
      const found = ordered.find(
        ({ fault }) =>
          (fault.method === undefined || fault.method === method) &&
          (fault.withFiles !== true || hasFiles) &&
          fault.path.test(path),
      );
      if (!found) return null;
      found.left -= 1;
      if (found.left <= 0) ordered.splice(ordered.indexOf(found), 1);
      return found.fault;
    },

    /** Forgets every fault that has not happened. */
    clear: (): void => {
      ordered.length = 0;
    },
  };
}

export type Faults = ReturnType<typeof createFaults>;

/** The error answer that a fault asks for, if it asks for one. */
export function faultAnswer({ status, code = 0, retryAfter, global = false }: Fault): ApiError | null {
  if (status === undefined) return null;
  const extra = status === 429 && retryAfter !== undefined ? { retry_after: retryAfter, global } : {};
  return new ApiError(status, code, `${status}: ordered by the test`, extra);
}
