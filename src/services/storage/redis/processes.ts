/**
 * The processes that share this Redis: how many there are, and what one of them has to tell all. Each reports once a second
 * and hears the rest in the answer; while Redis is away, what was heard last holds.
 *
 * Keys: `seedream:processes` those that are alive, `seedream:pause` while a pause lasts.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Processes } from '../storage.ts';
import type { Redis } from './connection.ts';
import { REPORT } from './lua/processes.ts';

/** How often a process reports, and how long one that reports nothing still counts (milliseconds). */
const REPORT_EVERY = 1000;
const COUNTS_FOR = 10_000;

/**
 * After which time all others count a process that is new (milliseconds): each reports within a second, which may take two,
 * and what it did in the second before that is then over.
 */
const KNOWN_AFTER = 5000;

const PROCESSES_KEY = 'seedream:processes';
const PAUSE_KEY = 'seedream:pause';

const heardSchema = z.tuple([z.number(), z.number(), z.number()]);

export interface ReportingProcesses extends Processes {
  /** Reports no more; the others count this one no longer. */
  close(): Promise<void>;
}

export function createProcesses({
  redis,
  clock,
  log,
}: {
  redis: Pick<Redis, 'call'>;
  clock: Pick<Clock, 'monotonic' | 'setInterval'>;
  log: Pick<Log, 'debug'>;
}): ReportingProcesses {
  const processId = randomUUID();
  const hearing: ((ms: number) => void)[] = [];
  let count = Infinity;
  let knownFrom = Infinity;
  let closed = false;

  async function report(): Promise<void> {
    if (closed) return;
    try {
      const options = { keys: [PROCESSES_KEY, PAUSE_KEY], arguments: [processId, String(COUNTS_FOR)] };
      const answer = await redis.call((client) => client.eval(REPORT, options));
      const [alive, added, pause] = heardSchema.parse(answer);
      if (added > 0) knownFrom = clock.monotonic() + KNOWN_AFTER;
      count = alive;
      if (pause > 0) for (const hear of hearing) hear(pause);
    } catch (error) {
      log.debug({ err: error }, 'this process could not hear from Redis how many there are');
    }
  }

  const reporting = clock.setInterval(() => void report(), REPORT_EVERY);
  void report();

  return {
    count: () => (clock.monotonic() < knownFrom ? Infinity : count),

    pause(ms) {
      const expiration = { type: 'PX', value: Math.ceil(ms) } as const;
      redis
        .call((client) => client.set(PAUSE_KEY, processId, { expiration }))
        .catch((error: unknown) => {
          log.debug({ err: error }, 'the other processes could not be told of a pause');
        });
    },

    onPause(hear) {
      hearing.push(hear);
    },

    async close() {
      closed = true;
      reporting.cancel();
      await redis.call((client) => client.zRem(PROCESSES_KEY, processId), 500).catch(() => undefined);
    },
  };
}
