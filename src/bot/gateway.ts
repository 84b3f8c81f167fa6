/** The process's connection to Discord's gateway: which shards it holds, how it logs in, and when it must end. */
import { Client, Events, Options, RESTEvents, type RESTOptions } from 'discord.js';
import type { Config } from '../config.ts';
import type { Clock } from '../services/clock.ts';
import type { Log } from '../services/log.ts';
import { createLastingTrouble } from './lasting-trouble.ts';

/** Until a login that failed is tried again (milliseconds). */
const LOGIN_AGAIN = 5000;

/**
 * Gateway close codes after which Discord wants no reconnect: the token, the shards or the intents are wrong. Source:
 * Discord, "Opcodes and Status Codes", Gateway Close Event Codes.
 */
const FATAL_CLOSE_CODES = new Set([4004, 4010, 4011, 4012, 4013, 4014]);

/**
 * Any count of shards but discord.js's default, 1: with that it reads `SHARD_COUNT` from the environment by itself, and
 * `auto` there would end the process. Where it asks Discord for the shards, it takes the count from there, too.
 */
const UNREAD_COUNT = 2;

/** Which shards this process holds, as discord.js wants it said: a count without ids would be overruled by 'auto'. */
function shardOptions({ count, ids }: Config['shards']) {
  if (count === 'auto') return { shards: 'auto' as const, shardCount: UNREAD_COUNT };
  return { shards: ids ?? Array.from({ length: count }, (_, id) => id), shardCount: count };
}

/** A client that is not logged in. An interaction needs no intent and no cache: what is used of it comes with it. */
export function createClient({ shards }: Pick<Config, 'shards'>, rest: Partial<RESTOptions>): Client {
  return new Client({
    intents: [],
    makeCache: Options.cacheWithLimits({ UserManager: 0, MessageManager: 0, GuildMemberManager: 0 }),
    ...shardOptions(shards),
    rest,
  });
}

/** Logs what troubles the gateway, and tells `end` when Discord closes it for good. */
export function watchGateway(
  client: Client,
  { clock, log, end }: { clock: Pick<Clock, 'monotonic'>; log: Log; end: () => void },
): void {
  const failing = createLastingTrouble({ sentence: "a gateway shard's connection failed", clock, log });
  const away = createLastingTrouble({
    sentence: 'a gateway shard has no connection; it connects again',
    level: 'warn',
    clock,
    log,
  });
  const back = (shard: number) => {
    const troubled = [failing.over(), away.over()].includes(true);
    if (troubled) log.info({ shard }, 'a gateway shard is connected again');
  };
  client.on(Events.Error, (error) => {
    log.error({ err: error }, 'the Discord client met an error');
  });
  client.on(Events.Warn, (warning) => {
    log.warn({ warning }, 'the Discord client warns');
  });
  client.on(Events.ShardError, (error, shard) => {
    failing.met(error, { shard });
  });
  client.on(Events.ShardReconnecting, (shard) => {
    away.met(undefined, { shard });
  });
  client.on(Events.ShardReady, back);
  client.on(Events.ShardResume, back);
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    if (!FATAL_CLOSE_CODES.has(code)) return;
    log.fatal({ code, shard }, 'Discord closed the gateway for good: see the close code in its documentation');
    end();
  });
}

/** Tells `hear` what time it is (milliseconds since the epoch) as Discord has it: at the login, and with each interaction. */
export function hearTime(client: Client, hear: (at: number) => void): void {
  client.rest.once(RESTEvents.Response, (_, { headers }) => {
    hear(Date.parse(headers.get('date') ?? ''));
  });
  client.on(Events.InteractionCreate, ({ createdTimestamp }) => {
    hear(createdTimestamp);
  });
}

/** Logs in, and tries again for as long as Discord cannot be reached. Resolves to whether Discord accepts the token. */
export async function login(
  client: Client,
  token: string,
  { clock, log }: { clock: Clock; log: Log },
): Promise<boolean> {
  const trouble = createLastingTrouble({ sentence: 'Discord cannot be reached; the bot goes on trying', clock, log });
  for (;;) {
    try {
      await client.login(token);
      if (trouble.over()) log.info('Discord can be reached again');
      return true;
    } catch (error) {
      const { code, status } = error as { code?: unknown; status?: unknown };
      if (code === 'TokenInvalid' || status === 401) return false;
      trouble.met(error);
      await clock.sleep(LOGIN_AGAIN);
    }
  }
}
