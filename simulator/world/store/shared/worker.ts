/** What takes jobs from the queue for one process and keeps their locks, as BullMQ's worker does. */
import type { Timer } from '../../../../src/services/clock.ts';
import type { SimulatedProcess } from '../../../kernel/process.ts';
import type { Random } from '../../../kernel/random.ts';
import type { Connection } from '../connection.ts';
import type { Link } from '../link.ts';
import type { Queue } from './queue.ts';

/** How often the locks of what is looked at are renewed (milliseconds). */
const RENEW_EVERY = 2500;

/** How long a process waits for the queue to tell it of something, until it asks by itself (milliseconds). */
const ASK_AGAIN = 10_000;

/** Until it hears that something is due (milliseconds), and until it asks again where the store failed. */
const HEARD_WITHIN = 3;
const RETRY = 1000;

export interface Worker {
  /** Puts a job back that was looked at, to be looked at after `delay` milliseconds. @throws where its lock is lost. */
  wait(jobId: string, delay: number, token: string): Promise<void>;
  /** Takes a job out. @throws where its lock is lost. */
  end(jobId: string, token: string): Promise<void>;
  /** Takes no more; resolves when the looks under way have ended. */
  close(): Promise<void>;
}

export function createWorker({
  processId,
  look,
  queue,
  connection,
  link,
  random,
  process,
}: {
  /** Names this start of the process among all. */
  processId: string;
  look: (jobId: string, token: string) => Promise<void>;
  queue: Queue;
  /** Whose calls wait as long as they take. */
  connection: Connection;
  link: Link;
  random: Random;
  process: SimulatedProcess;
}): Worker {
  const { clock } = process;
  /** The locks of what is looked at, by job. */
  const locks = new Map<string, string>();
  const looks = new Set<Promise<void>>();
  let tokens = 0;
  let waiting: { timer: Timer; until: number } | undefined;
  let asking = false;
  let closed = false;
  let renewing: Timer | undefined;

  /** Waits until something is due, at least so long (milliseconds). */
  function arm(least = 0): void {
    if (!process.alive) forget();
    if (closed || asking || !process.alive) return;
    const next = queue.next(clock.now());
    if (next === undefined) return;
    const heard = random.of('heard', process.name, next.job.jobId, next.job.takes).next() * HEARD_WITHIN;
    const ms = Math.max(least, 0, Math.min(next.in, ASK_AGAIN)) + heard;
    const until = clock.monotonic() + ms;
    if (waiting !== undefined && waiting.until <= until) return;
    waiting?.timer.cancel();
    waiting = { until, timer: clock.setTimeout(() => void ask(), ms) };
  }

  async function ask(): Promise<void> {
    waiting = undefined;
    if (closed || asking) return;
    asking = true;
    let least = 0;
    try {
      await link.whenReady();
      if ((queue.next(clock.now())?.in ?? Infinity) <= 0) await takeOne();
    } catch {
      least = RETRY;
    } finally {
      asking = false;
    }
    arm(least);
  }

  async function takeOne(): Promise<void> {
    tokens += 1;
    const token = `${processId}:${tokens}`;
    const now = clock.now();
    const jobId = await connection.write('take job', '', () => queue.take(now, token));
    if (jobId !== undefined) begin(jobId, token);
  }

  function begin(jobId: string, token: string): void {
    locks.set(jobId, token);
    renewing ??= clock.setInterval(() => void renew(), RENEW_EVERY);
    const looked = look(jobId, token).finally(() => {
      looks.delete(looked);
      if (locks.get(jobId) === token) locks.delete(jobId);
      if (locks.size > 0) return;
      renewing?.cancel();
      renewing = undefined;
    });
    looks.add(looked);
  }

  async function renew(): Promise<void> {
    try {
      await link.whenReady();
      await connection.write('renew locks', '', () => {
        for (const [jobId, token] of locks) queue.renew(jobId, token);
      });
    } catch {
      // The next one may come through.
    }
  }

  const forget = queue.onSooner(() => {
    arm();
  });
  arm();

  return {
    async wait(jobId, delay, token) {
      const due = clock.now() + delay;
      await link.whenReady();
      await connection.write('put back', jobId, () => {
        queue.wait(jobId, due, token);
      });
    },
    async end(jobId, token) {
      await link.whenReady();
      await connection.write('take out', jobId, () => {
        queue.end(jobId, token);
      });
    },
    async close() {
      closed = true;
      forget();
      waiting?.timer.cancel();
      await Promise.allSettled(looks);
    },
  };
}
