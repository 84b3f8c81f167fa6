/** A race with a deadline. */
import type { Clock } from './clock.ts';

/**
 * Gives what `act` gives, if it does so within `ms` milliseconds. After that its signal aborts, and what it still comes to is
 * nobody's business.
 *
 * @param late - the error that is thrown then; also the signal's reason.
 * @throws what `act` throws, or what `late` gives.
 */
export function withDeadline<T>(
  clock: Pick<Clock, 'setTimeout'>,
  ms: number,
  act: (signal: AbortSignal) => Promise<T>,
  late?: () => Error,
): Promise<T> {
  const controller = new AbortController();
  const abort = (error: Error) => {
    controller.abort(error);
  };
  return beforeDeadline(clock, ms, () => act(controller.signal), late, abort);
}

/**
 * As `withDeadline`, for what takes no signal.
 *
 * @param passed - hears of it where the deadline passes.
 */
export async function beforeDeadline<T>(
  clock: Pick<Clock, 'setTimeout'>,
  ms: number,
  act: () => Promise<T>,
  late: () => Error = () => new Error(`No answer within ${ms} ms`),
  passed: (error: Error) => void = () => undefined,
): Promise<T> {
  const { promise: first, resolve, reject } = Promise.withResolvers<T>();
  const timer = clock.setTimeout(() => {
    const error = late();
    reject(error);
    passed(error);
  }, ms);
  // Where the deadline has won, what it comes to is too late for anybody to hear of it.
  act().then(resolve, reject);
  try {
    return await first;
  } finally {
    timer.cancel();
  }
}
