import { randomBytes } from 'node:crypto';
import { apiGuildCreate } from '../world/api-objects.ts';
import { isRecord } from '../form.ts';
import { intent, readIdentify, readPayload, readyData, type CloseReason } from './handshake.ts';
import { confirm, dispatch, type Connection, type Session } from './session.ts';
import { shardOf } from '../snowflake.ts';
import type { World } from '../world/world.ts';

/** Source: gateway, "Sending Events" and "Rate Limiting". */
const maxPayloadBytes = 4096;
const sendsPerMinute = 120;
/** Source: gateway, "Session Start Limit". */
export const startsPerDay = 1000;
/** How long a session without a connection can be resumed. Real ones: a few minutes. */
export const resumableMs = 180_000;

const invalidSession = '{"t":null,"s":null,"op":9,"d":false}';

/**
 * What the payloads of clients do: heartbeats, identifying, resuming. Each function returns the reason to close
 * the connection, or null.
 */
export function createGatewayProtocol({
  world,
  token,
  origin,
  sessions,
  maxConcurrency,
  identifyWindowMs,
  report,
}: {
  world: World;
  token: string;
  origin: () => string;
  sessions: Map<string, Session>;
  maxConcurrency: number;
  identifyWindowMs: number;
  report: (change: 'identify' | 'resume' | 'invalid', session: Session | null) => void;
}) {
  const lastIdentify = new Map<number, number>();
  let starts = 0;

  function act(connection: Connection, opcode: number, data: unknown): CloseReason | null {
    switch (opcode) {
      case 1:
        connection.lastHeartbeat = Date.now();
        if (connection.session && typeof data === 'number') confirm(connection.session, data);
        connection.send('{"t":null,"s":null,"op":11,"d":null}');
        return null;
      case 2:
        return connection.session ? 'alreadyAuthenticated' : identify(connection, data);
      case 6:
        return connection.session ? 'alreadyAuthenticated' : resume(connection, data);
      // Presence, voice state, member and soundboard requests are taken and lead to nothing.
      case 3:
      case 4:
      case 8:
      case 31:
        return connection.session ? null : 'notAuthenticated';
      default:
        return 'unknownOpcode';
    }
  }

  function identify(connection: Connection, data: unknown): CloseReason | null {
    const read = readIdentify(data, token);
    if (typeof read === 'string') return read;
    const [shard, shardCount] = read.shard;
    const key = shard % maxConcurrency;
    const time = Date.now();
    if (time - (lastIdentify.get(key) ?? 0) < identifyWindowMs || starts >= startsPerDay) {
      report('invalid', null);
      connection.send(invalidSession);
      return null;
    }
    lastIdentify.set(key, time);
    starts += 1;
    const session: Session = {
      id: randomBytes(16).toString('hex'),
      intents: read.intents,
      shard,
      shardCount,
      socket: connection,
      sequence: 0,
      lostAt: null,
      events: [],
    };
    connection.session = session;
    sessions.set(session.id, session);
    report('identify', session);
    greet(session);
    return null;
  }

  function greet(session: Session): void {
    const { shard, shardCount } = session;
    const guilds = [...world.guilds.values()].filter(
      (guild) => guild.members.has(world.bot.id) && shardOf(guild.id, shardCount) === shard,
    );
    const ready = readyData({ session, guilds, bot: world.bot, origin: origin() });
    dispatch(session, 'READY', JSON.stringify(ready));
    // GUILD_CREATE belongs to the GUILDS intent: a session without it gets none.
    if (!(session.intents & intent.guilds)) return;
    for (const guild of guilds) dispatch(session, 'GUILD_CREATE', JSON.stringify(apiGuildCreate(guild, world.bot)));
  }

  function resume(connection: Connection, data: unknown): CloseReason | null {
    if (!isRecord(data)) return 'decode';
    if (data['token'] !== token) return 'authentication';
    const session = typeof data['session_id'] === 'string' ? sessions.get(data['session_id']) : undefined;
    const { seq } = data;
    const gone = !session || (session.lostAt !== null && Date.now() - session.lostAt > resumableMs);
    const oldest = session?.events[0]?.sequence ?? (session?.sequence ?? 0) + 1;
    if (gone || (typeof seq === 'number' && seq < oldest - 1)) {
      report('invalid', session ?? null);
      connection.send(invalidSession);
      return null;
    }
    if (typeof seq !== 'number' || seq > session.sequence) return 'sequence';
    // A session has one connection: the one before is closed.
    session.socket?.socket.close(4000, 'Session resumed elsewhere.');
    session.socket = connection;
    session.lostAt = null;
    connection.session = session;
    report('resume', session);
    for (const event of session.events) if (event.sequence > seq) connection.send(event.text);
    dispatch(session, 'RESUMED', '{"_trace":[]}');
    return null;
  }

  return {
    receive(connection: Connection, bytes: Buffer): CloseReason | null {
      if (bytes.length > maxPayloadBytes) return 'decode';
      const time = Date.now();
      while ((connection.sentTimes[0] ?? time) < time - 60_000) connection.sentTimes.shift();
      if (connection.sentTimes.push(time) > sendsPerMinute) return 'rateLimited';
      const payload = readPayload(bytes);
      if (!payload || typeof payload['op'] !== 'number') return 'decode';
      return act(connection, payload['op'], payload['d']);
    },

    /** IDENTIFYs that were accepted. */
    starts: (): number => starts,
  };
}
