/** RunComfy's queue. Nothing here has a timer: each access first brings the requests up to the present. */

/** A request as the queue knows it. Moments are in milliseconds since the epoch. */
export interface Queued {
  state: 'in_queue' | 'in_progress' | 'succeeded' | 'failed' | 'cancelled';
  /** How long the model works on it (milliseconds); `Infinity` for one that never ends. */
  readonly duration: number;
  /** How it ends by itself. */
  readonly ending: 'succeeded' | 'failed';
  endedAt: number | undefined;
}

export interface Queue<T extends Queued> {
  add(request: T): void;
  /** Brings every request up to the present. */
  advance(): void;
  /** Requests before this one; 0 where it is the next, or is not waiting. */
  position(request: T): number;
  /** Takes a waiting request out; `false` where it waits no more. */
  cancel(request: T): boolean;
}

/** @param workers - requests that are worked on at once; one that never ends takes up none. */
export function createQueue<T extends Queued>({ now, workers }: { now: () => number; workers: number }): Queue<T> {
  const waiting: T[] = [];
  /** In the order in which they end. */
  const running: { request: T; endsAt: number }[] = [];

  function start(at: number): void {
    while (running.length < workers) {
      const request = waiting.shift();
      if (request === undefined) return;
      request.state = 'in_progress';
      if (request.duration === Infinity) continue;
      running.push({ request, endsAt: at + request.duration });
      running.sort((one, other) => one.endsAt - other.endsAt);
    }
  }

  function advance(): void {
    for (;;) {
      const [next] = running;
      if (next === undefined || next.endsAt > now()) return;
      running.shift();
      next.request.state = next.request.ending;
      next.request.endedAt = next.endsAt;
      start(next.endsAt);
    }
  }

  return {
    advance,
    add(request) {
      advance();
      waiting.push(request);
      start(now());
    },
    position: (request) => Math.max(0, waiting.indexOf(request)),
    cancel(request) {
      advance();
      const index = waiting.indexOf(request);
      if (index === -1) return false;
      waiting.splice(index, 1);
      request.state = 'cancelled';
      request.endedAt = now();
      return true;
    },
  };
}
