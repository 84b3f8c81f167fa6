/** RunComfy's queue. Nothing here has a timer: each access first brings the requests up to the present. */

/** A request as the queue knows it. Moments are in milliseconds since the epoch. */
export interface Queued {
  state: 'in_queue' | 'in_progress' | 'succeeded' | 'failed' | 'cancelled';
  /** How long the model works on it (milliseconds); `Infinity` for one that never ends. */
  readonly duration: number;
  /** How it ends by itself. */
  readonly ending: 'succeeded' | 'failed';
  /** Until when requests of others are before it. */
  readonly readyAt: number;
  endedAt: number | undefined;
  /** Told when it is its turn (milliseconds since the epoch), before its duration and its ending are read. */
  begin?(at: number): void;
}

/** How long the request of somebody else takes before it is its turn (milliseconds). */
const OTHERS_TAKE = 4000;

export interface Queue<T extends Queued> {
  add(request: T): void;
  /** Brings every request up to the present. */
  advance(): void;
  /** Requests before this one, those of others among them; 0 where it is the next, or is not waiting. */
  position(request: T): number;
  /** Takes a waiting request out; `false` where it waits no more. */
  cancel(request: T): boolean;
}

/** @param workers - requests that are worked on at once; one that never ends takes up none. */
export function createQueue<T extends Queued>({ now, workers }: { now: () => number; workers: number }): Queue<T> {
  const waiting: T[] = [];
  /** In the order in which they end. */
  const running: { request: T; endsAt: number }[] = [];
  /** Up to when everything has happened. */
  let reached = now();

  function start(): void {
    const request = waiting.shift();
    if (request === undefined) return;
    request.begin?.(reached);
    request.state = 'in_progress';
    if (request.duration === Infinity) return;
    running.push({ request, endsAt: reached + request.duration });
    running.sort((one, other) => one.endsAt - other.endsAt);
  }

  function end(): void {
    const ended = running.shift();
    if (ended === undefined) return;
    ended.request.state = ended.request.ending;
    ended.request.endedAt = ended.endsAt;
  }

  function advance(): void {
    for (;;) {
      const endsAt = running[0]?.endsAt ?? Infinity;
      const [head] = running.length < workers ? waiting : [];
      const startsAt = head === undefined ? Infinity : Math.max(reached, head.readyAt);
      const next = Math.min(endsAt, startsAt);
      if (next > now()) break;
      reached = next;
      if (endsAt <= startsAt) end();
      else start();
    }
    reached = now();
  }

  return {
    advance,
    add(request) {
      advance();
      waiting.push(request);
      advance();
    },
    position(request) {
      const others = Math.ceil(Math.max(0, request.readyAt - now()) / OTHERS_TAKE);
      return Math.max(0, waiting.indexOf(request)) + others;
    },
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
