/** A race with a deadline. */
import type { Clock } from './clock.ts';

/**
 * Gives what `act` gives, if it does so within `ms` milliseconds. After that its signal aborts, and what it still comes to is
 * nobody's business.
 *
 * @param late - the error that is thrown then; also the signal's reason.
 * @throws what `act` throws, or what `late` gives.
 */
export async function withDeadline<T>(
  clock: Pick<Clock, 'setTimeout'>,
  ms: number,
  act: (signal: AbortSignal) => Promise<T>,
  late: () => Error = () => new Error(`No answer within ${ms} ms`),
): Promise<T> {
  const controller = new AbortController();
  const { promise: passed, reject } = Promise.withResolvers<never>();
  const timer = clock.setTimeout(() => {
    const error = late();
    reject(error);
    controller.abort(error);
  }, ms);
  const acting = act(controller.signal);
  // Where the deadline has won, its failure comes too late for anybody to hear of it.
  acting.catch(() => undefined);
  try {
    return await Promise.race([acting, passed]);
  } finally {
    timer.cancel();
  }
}
