import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { closeCode, senderFor, type CloseReason } from './handshake.ts';
import { createGatewayProtocol, resumableMs, startsPerDay } from './protocol.ts';
import { dispatch, type Connection, type Session } from './session.ts';
import { shardOf } from '../snowflake.ts';
import type { Events } from '../events.ts';
import type { World } from '../world/world.ts';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

export { intent } from './handshake.ts';

/**
 * The gateway: connections, sessions, and the events that go to them. INTERACTION_CREATE and the like go to every
 * session whose shard has the guild, as the documentation says of several sessions with the same shard.
 */
export function createGateway({
  world,
  token,
  events,
  origin,
  shards,
  maxConcurrency,
  heartbeatMs,
  identifyWindowMs,
}: {
  world: World;
  token: string;
  events: Events;
  /** `host:port` of the server. */
  origin: () => string;
  /** The number of shards that `GET /gateway/bot` recommends. */
  shards: number;
  maxConcurrency: number;
  heartbeatMs: number;
  /** One IDENTIFY in so long for each key of the concurrency. Discord: 5 s. Source: gateway, "Session Start Limit". */
  identifyWindowMs: number;
}) {
  const server = new WebSocketServer({ noServer: true, maxPayload: 1 << 20, perMessageDeflate: false });
  const sessions = new Map<string, Session>();
  const connections = new Set<Connection>();
  const protocol = createGatewayProtocol({ world, token, origin, sessions, maxConcurrency, identifyWindowMs, report });

  function report(
    change: 'open' | 'close' | 'identify' | 'resume' | 'invalid',
    session: Session | null,
    code: number | null = null,
  ): void {
    events.emit({ type: 'gateway', change, shard: session?.shard ?? null, code });
  }

  function end(connection: Connection, reason: CloseReason): void {
    const [code, text] = closeCode[reason];
    connection.socket.close(code, text);
  }

  function open(socket: WebSocket, request: IncomingMessage): void {
    const query = new URL(request.url ?? '/', 'ws://stand-in').searchParams;
    const connection: Connection = {
      socket,
      send: senderFor(socket, query.get('compress')),
      session: null,
      lastHeartbeat: Date.now(),
      sentTimes: [],
    };
    connections.add(connection);
    report('open', null);
    socket.on('message', (data) => {
      const reason = protocol.receive(connection, bytesOf(data));
      if (reason) end(connection, reason);
    });
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      closed(connection, code);
    });
    if ((query.get('v') ?? '10') !== '10') end(connection, 'version');
    else if ((query.get('encoding') ?? 'json') !== 'json') end(connection, 'decode');
    else
      connection.send(JSON.stringify({ t: null, s: null, op: 10, d: { heartbeat_interval: heartbeatMs, _trace: [] } }));
  }

  function closed(connection: Connection, code: number): void {
    connections.delete(connection);
    const { session } = connection;
    report('close', session, code);
    if (session?.socket !== connection) return;
    session.socket = null;
    session.lostAt = Date.now();
    // A client that closes with these codes ends its session. Source: gateway, "Initiating a Disconnect".
    if (code === 1000 || code === 1001) sessions.delete(session.id);
  }

  const zombies = setInterval(
    () => {
      const time = Date.now();
      for (const connection of connections) {
        // Some tolerance is built in. Source: gateway, "Heartbeat Interval".
        if (time - connection.lastHeartbeat > heartbeatMs * 1.5) end(connection, 'timedOut');
      }
      for (const [id, { lostAt }] of sessions) if (lostAt !== null && time - lostAt > resumableMs) sessions.delete(id);
    },
    Math.max(50, heartbeatMs / 4),
  );
  zombies.unref();

  return {
    url: (): string => `ws://${origin()}`,

    startInformation: () => ({
      url: `ws://${origin()}`,
      shards,
      session_start_limit: {
        total: startsPerDay,
        remaining: startsPerDay - protocol.starts(),
        reset_after: 86_400_000,
        max_concurrency: maxConcurrency,
      },
    }),

    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
      server.handleUpgrade(request, socket, head, (opened) => {
        open(opened, request);
      });
    },

    /**
     * Sends an event to every session that holds the guild's shard (without a guild: shard 0) and has the intent.
     *
     * @returns to how many sessions it went, those included that will get it by resuming
     */
    broadcast({
      name,
      guildId,
      data,
      needs = 0,
    }: {
      name: string;
      guildId: string | null;
      data: () => unknown;
      needs?: number;
    }): number {
      let text: string | null = null;
      let reached = 0;
      for (const session of sessions.values()) {
        if (needs !== 0 && !(session.intents & needs)) continue;
        if ((guildId ? shardOf(guildId, session.shardCount) : 0) !== session.shard) continue;
        dispatch(session, name, (text ??= JSON.stringify(data())));
        reached += 1;
      }
      return reached;
    },

    /** Cuts every connection: with a close code, or without any (as a broken network does). Sessions can be resumed. */
    drop: (code?: number): void => {
      for (const { socket } of connections) {
        if (code === undefined) socket.terminate();
        else socket.close(code);
      }
    },

    /** Asks every client to reconnect and resume (op 7). */
    askToReconnect: (): void => {
      for (const { send } of connections) send('{"t":null,"s":null,"op":7,"d":null}');
    },

    /** Tells every client that its session is invalid (op 9); a session that is not resumable is gone. */
    invalidate: (resumable: boolean): void => {
      for (const { send, session } of connections) {
        if (!resumable && session) sessions.delete(session.id);
        report('invalid', session);
        send(`{"t":null,"s":null,"op":9,"d":${resumable}}`);
      }
    },

    /** Asks every client for a heartbeat at once (op 1). */
    askForHeartbeat(): void {
      for (const { send } of connections) send('{"t":null,"s":null,"op":1,"d":null}');
    },

    /** The live sessions, with or without a connection. */
    sessions: () =>
      [...sessions.values()].map(({ id, shard, shardCount, intents, socket }) => ({
        id,
        shard,
        shardCount,
        intents,
        connected: socket !== null,
      })),

    /** IDENTIFYs that were accepted. */
    starts: protocol.starts,

    close(): void {
      clearInterval(zombies);
      for (const { socket } of connections) socket.terminate();
      server.close();
    },
  };
}

export type Gateway = ReturnType<typeof createGateway>;

function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
