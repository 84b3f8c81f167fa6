/** A connection to Redis, and the one way to call it: no call waits for a server that is away. */
import { createClient } from 'redis';
import type { Clock } from '../../clock.ts';
import { withDeadline } from '../../deadline.ts';
import type { Log } from '../../log.ts';
import { StoreError } from '../storage.ts';

/** How long one call may take (milliseconds). */
const DEADLINE = 2000;

/** Between two tries to connect, at most (milliseconds). */
const RECONNECT_MOST = 1000;

/**
 * How often an idle connection is pinged, and how long it may be silent before it counts as dead (milliseconds): a host
 * that vanished without a word is noticed then. A call that waits for work takes up to 10 s.
 */
const PING_EVERY = 3000;
const SILENT_MOST = 9000;
const SILENT_MOST_WAITING = 30_000;

/** How long a start waits for Redis (milliseconds). */
const CONNECT_WITHIN = 10_000;

export type RedisClient = ReturnType<typeof createRedisClient>;

/** A connection that comes back by itself. */
export interface Redis {
  /** What other libraries and scans use; for everything else there is `call`. */
  client: RedisClient;
  /** Connects, waiting as long as a start may. @throws StoreError that says what to do, when Redis cannot be reached. */
  connect(): Promise<void>;
  /**
   * Runs a call under a deadline (milliseconds).
   *
   * @throws StoreError when it fails or takes too long: then it may still have happened.
   */
  call<T>(act: (client: RedisClient) => Promise<T>, deadline?: number): Promise<T>;
  /** Ends the connection at once. */
  close(): void;
}

/**
 * @param patient - while Redis is away, calls wait for it; else they fail at once.
 */
export function createRedisConnection({
  url,
  clock,
  log,
  patient = false,
}: {
  url: string;
  clock: Pick<Clock, 'setTimeout'>;
  log: Pick<Log, 'info' | 'warn'>;
  patient?: boolean;
}): Redis {
  const client = createRedisClient(url, patient);
  let away = false;
  client.on('error', (error: unknown) => {
    if (!away && !patient) log.warn({ err: error }, 'Redis is away');
    away = true;
  });
  client.on('ready', () => {
    if (away && !patient) log.info('Redis is back');
    away = false;
  });

  function close(): void {
    if (client.isOpen) client.destroy();
  }

  return {
    client,
    close,
    async connect() {
      const refused = Promise.withResolvers<never>();
      let trouble: unknown;
      const hear = (error: unknown) => {
        trouble = error;
        if (isRefusal(error)) refused.reject(new Error('Redis refused'));
      };
      client.on('error', hear);
      try {
        await withDeadline(clock, CONNECT_WITHIN, () => Promise.race([client.connect(), refused.promise]));
      } catch (error) {
        close();
        throw new StoreError(unreachable(url, isRefusal(trouble)), { cause: trouble ?? error });
      } finally {
        client.off('error', hear);
      }
    },
    async call(act, deadline = DEADLINE) {
      try {
        return await withDeadline(clock, deadline, () => act(client));
      } catch (error) {
        throw new StoreError('Redis did not do it', { cause: error });
      }
    },
  };
}

function createRedisClient(url: string, patient: boolean) {
  const client = createClient({
    url,
    disableOfflineQueue: !patient,
    pingInterval: PING_EVERY,
    socket: {
      connectTimeout: 5000,
      socketTimeout: patient ? SILENT_MOST_WAITING : SILENT_MOST,
      reconnectStrategy: (tries) => Math.min(RECONNECT_MOST, 50 * 2 ** Math.min(tries, 6)),
    },
  });
  // Each namespace of the store listens too.
  client.setMaxListeners(100);
  return client;
}

/** Whether Redis answers that this client may not in. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && /^(NOAUTH|WRONGPASS|NOPERM|ERR AUTH|ERR invalid password)/.test(error.message);
}

/** A sentence for the operator, without the password. */
function unreachable(url: string, refused: boolean): string {
  const host = URL.canParse(url) ? new URL(url).host : 'the address';
  return refused
    ? `Redis at ${host} does not accept the name or password: correct STORE_URL.`
    : `Redis at ${host} cannot be reached: start it, or correct STORE_URL.`;
}
