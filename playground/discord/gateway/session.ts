import type { WebSocket } from 'ws';

/** Events kept for a session that may resume. Real sessions keep some minutes' worth. */
const kept = 20_000;

/** One session of the gateway: outlives its connection, so that it can be resumed. */
export interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: number;
  readonly shardCount: number;
  /** The connection it has at present. */
  socket: Connection | null;
  sequence: number;
  /** When it lost its connection, in real milliseconds. */
  lostAt: number | null;
  readonly events: { readonly sequence: number; readonly text: string }[];
}

/** A WebSocket with what the gateway knows of it. */
export interface Connection {
  readonly socket: WebSocket;
  /** Sends one payload, compressed if asked for. */
  readonly send: (text: string) => void;
  session: Session | null;
  lastHeartbeat: number;
  readonly sentTimes: number[];
}

/** Adds an event to a session and sends it if the session has a connection. `data` is JSON already. */
export function dispatch(session: Session, name: string, data: string): void {
  session.sequence += 1;
  const { sequence } = session;
  const text = `{"t":"${name}","s":${sequence},"op":0,"d":${data}}`;
  session.events.push({ sequence, text });
  if (session.events.length > kept) session.events.splice(0, kept / 2);
  session.socket?.send(text);
}

/** Forgets what the client has said it has. */
export function confirm(session: Session, sequence: number): void {
  const first = session.events.findIndex((event) => event.sequence > sequence);
  session.events.splice(0, first === -1 ? session.events.length : first);
}
