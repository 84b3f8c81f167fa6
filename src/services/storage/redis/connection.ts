/** A connection to Redis, and the one way to call it: no call waits for a server that is away. */
import { createNodeRedisClient, type IRedisClient } from 'bullmq';
import { createClient } from 'redis';
import type { Clock } from '../../clock.ts';
import { beforeDeadline } from '../../deadline.ts';
import type { Log } from '../../log.ts';
import { StoreError } from '../storage.ts';

/** How long one call may take (milliseconds). */
const DEADLINE = 2000;

/** Between two tries to connect, at most (milliseconds). */
const RECONNECT_MOST = 1000;

/** How often an idle connection is pinged (milliseconds), so that nothing on the way forgets it. */
const PING_EVERY = 5000;

/**
 * How long nothing may come or go before a connection counts as dead (milliseconds): one that was made to a host that says
 * nothing at all ends so. A call that waits for work takes up to 10 s. Once a connection is used, what is written to it
 * counts too: then `watch.ts` notices.
 */
const SILENT_MOST = 9000;
const SILENT_MOST_WAITING = 15_000;

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
  /** Ends the connection, as it is of no use, and makes a new one. What waits for an answer fails. */
  remake(reason: unknown): void;
  /** That a write has come through: then Redis is back, if it was away for taking none. */
  confirm(): void;
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
  /** Whether the server was left for taking no writes: that it can be reached says nothing then. */
  let refusing = false;

  function isAway(error: unknown): void {
    if (!away && !patient) log.warn({ err: error }, 'Redis is away');
    away = true;
  }

  function confirm(): void {
    if (away && !patient) log.info('Redis is back');
    away = false;
    refusing = false;
  }

  function remake(reason: unknown): void {
    // One that is being made already goes on with it.
    if (!client.isReady) return;
    refusing ||= takesNoWrites(reason);
    isAway(reason);
    client.destroy();
    // It tries until it is there, or closed.
    client.connect().catch(() => undefined);
  }

  client.on('error', isAway);
  client.on('ready', () => {
    if (!refusing) confirm();
  });

  function close(): void {
    if (client.isOpen) client.destroy();
  }

  return {
    client,
    close,
    remake,
    confirm,
    async connect() {
      const refused = Promise.withResolvers<never>();
      let trouble: unknown;
      const hear = (error: unknown) => {
        trouble = error;
        if (isRefusal(error)) refused.reject(new Error('Redis refused'));
      };
      client.on('error', hear);
      try {
        await beforeDeadline(clock, CONNECT_WITHIN, () => Promise.race([client.connect(), refused.promise]));
      } catch (error) {
        close();
        throw new StoreError(unreachable(url, isRefusal(trouble)), { cause: trouble ?? error });
      } finally {
        client.off('error', hear);
      }
    },
    async call(act, deadline = DEADLINE) {
      try {
        return await beforeDeadline(clock, deadline, () => act(client));
      } catch (error) {
        if (takesNoWrites(error)) remake(error);
        throw new StoreError(sentenceFor(error), { cause: error });
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

/**
 * What BullMQ calls a connection by.
 *
 * @param hear - hears of its errors, and of those of its copies, for as long as they are there: BullMQ stops listening with
 *   the worker that it closes, and an error that nobody listens for ends the process (Node's `EventEmitter`).
 */
export function forBullMQ(client: RedisClient, hear: (error: unknown) => void): IRedisClient {
  const overhear = (adapter: IRedisClient): IRedisClient => {
    adapter.on('error', hear);
    const duplicate = adapter.duplicate.bind(adapter);
    adapter.duplicate = (options?: { connectionName?: string }) => overhear(duplicate(options));
    return adapter;
  };
  return overhear(createNodeRedisClient(client));
}

/** What a server answers that takes no writes, as after a fail-over: by the same address there may be another one now. */
const NO_WRITES: Record<string, string> = {
  READONLY: 'Redis is a replica, which takes no writes.',
  LOADING: 'Redis is still loading its data.',
  MASTERDOWN: 'Redis is a replica without its master.',
  NOREPLICAS: 'Redis takes no writes, as too few of its replicas are there.',
};

/** What it answers besides, and what that means for the operator. */
const REFUSALS: Record<string, string> = {
  ...NO_WRITES,
  CROSSSLOT: 'Redis runs in cluster mode, which is not supported.',
  MOVED: 'Redis runs in cluster mode, which is not supported.',
  CLUSTERDOWN: 'Redis runs in cluster mode, which is not supported.',
  NOPERM: "Redis does not allow this command to the bot's user.",
  NOAUTH: 'Redis wants a password.',
  OOM: 'The memory of Redis is full.',
  MISCONF: 'Redis cannot write to its disk, and takes no writes.',
};

function replyCode(error: unknown): string {
  // In an answer to a script the code may stand in the midst.
  const [, code = ''] = error instanceof Error ? (/^(?:ERR .*?-)?([A-Z]+)\b/.exec(error.message) ?? []) : [];
  return code;
}

/** Whether the server answers that it takes no writes now. */
export function takesNoWrites(error: unknown): boolean {
  return Object.hasOwn(NO_WRITES, replyCode(error));
}

function sentenceFor(error: unknown): string {
  const code = replyCode(error);
  return Object.hasOwn(REFUSALS, code) ? (REFUSALS[code] ?? '') : 'Redis did not do it';
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
