/**
 * Whether the records in this Redis are still those that this process began with. An emptied Redis (FLUSHALL, a start or a
 * fail-over without its data) looks like one that was never used: what tells them apart is a random identity beside the
 * records, which each process remembers. Where it is gone, or another one, this process does nothing more until it is
 * started again; and nobody begins anew while a process runs that remembers one.
 *
 * Key: `seedream:identity`.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { LostRecordsError, StoreError, type Presence } from '../storage.ts';
import { anyAlive, BEAT_EVERY } from './claims.ts';
import type { Redis } from './connection.ts';
import { IDENTITY_KEY } from './lua/ledger.ts';

/** After which time every process that is connected has reported that it is alive (milliseconds). */
const REPORTED_WITHIN = BEAT_EVERY + 500;

const WHAT_TO_DO =
  'No new job is taken until this process is started again. Find out why; then stop every process of the bot, restore a ' +
  'backup where there is one, and start them.';

const ALL_GONE =
  'The records that this process began with are gone from Redis: it was emptied, or started or failed over without its ' +
  'data. Jobs under way are lost, though what was submitted may be made and paid; so are usage, settings and history. ' +
  WHAT_TO_DO;

const oneGone = (jobId: string) =>
  `The record of job ${jobId} is gone from Redis, which may have dropped others: look at its maxmemory-policy, which must ` +
  `be noeviction, and at who else writes there. ${WHAT_TO_DO}`;

const OTHERS_RUN =
  'Redis holds no records, but a process of the bot is running that had some: they are lost. Stop every process first ' +
  '(10 s after a kill it counts as stopped), restore a backup where there is one, and start them.';

/** What the parts of this wing know of it beside the rest of the bot. */
export interface RedisPresence extends Presence {
  /** What stands beside the records that this process began with. */
  readonly identity: string;
  /** Takes note of what stands there now. @throws LostRecordsError where that is not the identity. */
  see(found: string | null): void;
  /** Looks what stands there now. @throws LostRecordsError */
  confirm(): Promise<void>;
  /** Why nothing is done any more, where that is so. */
  refusal(): LostRecordsError | undefined;
  /** @throws LostRecordsError where no new job is taken. */
  refuseNew(): void;
  /** The same connection; its calls are refused once the records are gone. */
  guard(redis: Redis): Redis;
}

/** @throws StoreError where Redis holds no records and a process is alive, which must have lost them. */
export async function refuseBesideOthers({ client }: Pick<Redis, 'client'>): Promise<void> {
  if ((await anyAlive(client)) && (await client.get(IDENTITY_KEY)) === null) throw new StoreError(OTHERS_RUN);
}

/**
 * The identity beside the records; made where there is none.
 *
 * @param empty - whether there are no records.
 * @throws StoreError where this would begin anew beside processes that have lost their records.
 */
export async function settleIdentity(
  redis: Redis,
  { empty, clock, log }: { empty: boolean; clock: Pick<Clock, 'sleep'>; log: Pick<Log, 'info'> },
): Promise<string> {
  const read = () => redis.call((client) => client.get(IDENTITY_KEY));
  if (empty && (await read()) === null) {
    // Those that ran on what was here before have yet to report.
    await clock.sleep(REPORTED_WITHIN);
    await refuseBesideOthers(redis);
    log.info('Redis holds no records: the bot begins with none');
  }
  await redis.call((client) => client.set(IDENTITY_KEY, randomUUID(), { condition: 'NX' }));
  const identity = await read();
  if (identity === null) throw new StoreError('Redis does not keep what it is given.');
  return identity;
}

export function createPresence({
  redis,
  identity,
  clock,
  log,
}: {
  redis: Redis;
  identity: string;
  clock: Pick<Clock, 'monotonic'>;
  log: Pick<Log, 'error'>;
}): RedisPresence {
  const listeners: (() => void)[] = [];
  let seenAt = clock.monotonic();
  let lost: LostRecordsError | undefined;
  let doubt: LostRecordsError | undefined;

  function report(sentence: string): LostRecordsError {
    const reason = new LostRecordsError(sentence);
    log.error(sentence);
    return reason;
  }

  function lose(): LostRecordsError {
    if (lost !== undefined) return lost;
    lost = report(ALL_GONE);
    for (const listener of listeners) listener();
    return lost;
  }

  function see(found: string | null): void {
    if (lost !== undefined || found !== identity) throw lose();
    seenAt = clock.monotonic();
  }

  return {
    identity,
    see,
    seenAt: () => seenAt,
    confirm: async () => {
      see(await redis.call((client) => client.get(IDENTITY_KEY)));
    },
    refusal: () => lost,
    refuseNew() {
      const reason = lost ?? doubt;
      if (reason !== undefined) throw reason;
    },
    guard: (connection) => ({
      ...connection,
      call: (act, deadline) => (lost === undefined ? connection.call(act, deadline) : Promise.reject(lost)),
    }),
    onLost: (listener) => void listeners.push(listener),
    missing(jobId) {
      doubt ??= report(oneGone(jobId));
    },
  };
}
