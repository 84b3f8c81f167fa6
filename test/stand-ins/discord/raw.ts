import { once } from 'node:events';
import { expect } from 'vitest';
import WebSocket from 'ws';
import { z } from 'zod';
import type { DiscordStandIn } from '../../../playground/discord/stand-in.ts';

const objectSchema = z.record(z.string(), z.unknown());

/** An answer of the REST API, its body as parsed JSON. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
  readonly list: readonly Record<string, unknown>[];
}

/** Calls the REST API as a program without any library would. `files` makes the body multipart. */
export function createRaw(standIn: DiscordStandIn) {
  async function call(
    method: string,
    path: string,
    body?: unknown,
    {
      files = [],
      headers = {},
      authorization = `Bot ${standIn.token}`,
    }: {
      files?: readonly { name: string; field?: string; bytes: Uint8Array<ArrayBuffer>; type?: string }[];
      headers?: Record<string, string>;
      authorization?: string | null;
    } = {},
  ): Promise<RawAnswer> {
    const form = new FormData();
    if (files.length > 0) form.set('payload_json', JSON.stringify(body ?? {}));
    for (const [index, { name, field, bytes, type = 'image/png' }] of files.entries()) {
      form.set(field ?? `files[${index}]`, new Blob([bytes], { type }), name);
    }
    const response = await fetch(`${standIn.apiUrl}/v10${path}`, {
      method,
      headers: {
        ...(authorization !== null && { authorization }),
        ...(body !== undefined && files.length === 0 && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: files.length > 0 ? form : body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    const json: unknown = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : {};
    return {
      status: response.status,
      headers: response.headers,
      body: objectSchema.safeParse(json).data ?? {},
      list: z.array(objectSchema).safeParse(json).data ?? [],
    };
  }

  return {
    call,
    get: (path: string) => call('GET', path),
    post: (path: string, body: unknown) => call('POST', path, body),
    patch: (path: string, body: unknown) => call('PATCH', path, body),
    delete: (path: string) => call('DELETE', path),
  };
}

/** What a form error says is wrong at a place such as `embeds.0.title`: the code, or undefined where nothing is. */
export function faultAt(answer: RawAnswer, path: string): string | undefined {
  if (answer.body['code'] !== 50035) return undefined;
  const steps = path === '' ? [] : path.split('.');
  const place = [...steps, '_errors', '0', 'code'].reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)];
    return objectSchema.safeParse(value).data?.[step];
  }, answer.body['errors']);
  return typeof place === 'string' ? place : undefined;
}

const payloadSchema = z.object({ op: z.number(), s: z.number().nullish(), t: z.string().nullish(), d: z.unknown() });
export type GatewayPayload = z.infer<typeof payloadSchema>;

/** The session id that a READY carries. */
export function sessionOf(ready: GatewayPayload): string {
  return z.object({ session_id: z.string() }).parse(ready.d).session_id;
}

/** A gateway connection without any library: keeps what it got, and waits for what is to come. */
export async function connectRaw(
  standIn: DiscordStandIn,
  { query = 'v=10&encoding=json', heartbeat = true, path = '/' } = {},
) {
  const socket = new WebSocket(`ws://127.0.0.1:${standIn.port}${path}?${query}`);
  const received: GatewayPayload[] = [];
  let sequence: number | null = null;
  const listeners = new Set<() => void>();
  const closed = once(socket, 'close').then(([code]: unknown[]) => Number(code));
  socket.on('message', (data: Buffer) => {
    const payload = payloadSchema.parse(JSON.parse(data.toString('utf8')));
    received.push(payload);
    if (typeof payload.s === 'number') sequence = payload.s;
    for (const listener of [...listeners]) listener();
  });
  socket.on('error', () => undefined);

  /** Resolves with the first payload, past or future, that fits. */
  function next(fits: (payload: GatewayPayload) => boolean): Promise<GatewayPayload> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = received.find(fits);
        if (!found) return;
        listeners.delete(look);
        resolve(found);
      };
      listeners.add(look);
      look();
    });
  }

  const send = (op: number, d: unknown): void => {
    socket.send(JSON.stringify({ op, d }));
  };
  const hello = await next(({ op }) => op === 10);
  if (heartbeat) send(1, null);
  return {
    socket,
    received,
    closed,
    hello,
    next,
    send,
    sequence: () => sequence,
    dispatched: (name: string) => received.filter(({ t }) => t === name),
    event: (name: string) => next(({ t }) => t === name),
    identify(extra: Record<string, unknown> = {}): void {
      send(2, {
        token: standIn.token,
        intents: 0,
        properties: { os: 'linux', browser: 'raw', device: 'raw' },
        ...extra,
      });
    },
  };
}

/** The smallest PNG header the stand-in can read a size from, padded to `bytes`. */
export function png(width: number, height: number, bytes = 64): Uint8Array<ArrayBuffer> {
  const file = Buffer.alloc(bytes);
  file.writeUInt32BE(0x89504e47, 0);
  file.writeUInt32BE(0x0d0a1a0a, 4);
  file.writeUInt32BE(13, 8);
  file.write('IHDR', 12, 'latin1');
  file.writeUInt32BE(width, 16);
  file.writeUInt32BE(height, 20);
  return new Uint8Array(file);
}

/** A text of a form, wherever an expected object has a place for it. */
export function matching(form: RegExp): unknown {
  return expect.stringMatching(form);
}
