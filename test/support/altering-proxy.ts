/** A proxy before a stand-in that changes single answers, or requests, on their way: a service that is otherwise than assumed. */
import { createServer, request as ask, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface ProxiedCall {
  method: string;
  /** Without its query. */
  path: string;
}

export interface ProxiedAnswer {
  status: number;
  /** What JSON says, free to be changed; `undefined` where it was none. */
  body: Record<string, unknown>;
}

export interface Alterations {
  /** Changes an answer in place. */
  answer?: (call: ProxiedCall, answer: ProxiedAnswer) => void;
  /** Gives another text for the body of a request. */
  request?: (call: ProxiedCall, text: string) => string;
}

export interface AlteringProxy extends AsyncDisposable {
  /** Stands in the place of the stand-in's own, in what goes to it and in what comes back. */
  origin: string;
}

/** @param target - the stand-in's origin. */
export async function createAlteringProxy(target: string, alterations: Alterations): Promise<AlteringProxy> {
  const { hostname, port } = new URL(target);
  const server = createServer((request, response) => {
    forward(request).then(
      ({ status, headers, bytes }) => response.writeHead(status, headers).end(bytes),
      (error: unknown) => response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error)),
    );
  });

  async function forward(request: IncomingMessage) {
    const { method = 'GET', url = '/', headers } = request;
    const [path = '/'] = url.split('?');
    const sent = await buffer(request);
    const isText = /json/.test(headers['content-type'] ?? '');
    const body = isText && alterations.request ? alterations.request({ method, path }, sent.toString()) : sent;
    const length = sent.length === 0 ? {} : { 'content-length': Buffer.byteLength(body) };
    const upstream = ask({ hostname, port, method, path: url, headers: { ...headers, ...length }, agent: false });
    upstream.end(body);
    const [answer] = (await once(upstream, 'response')) as [IncomingMessage];
    return altered({ method, path }, answer, await buffer(answer));
  }

  function altered(call: ProxiedCall, { statusCode: status = 502, headers: given }: IncomingMessage, bytes: Buffer) {
    const headers = { ...given };
    delete headers['transfer-encoding'];
    delete headers['content-length'];
    if (!/json/.test(given['content-type'] ?? '') && status !== 204) return { status, headers, bytes };
    const text = bytes.toString().replaceAll(target, origin);
    const answer: ProxiedAnswer = { status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
    const before = JSON.stringify(answer);
    alterations.answer?.(call, answer);
    const isSame = JSON.stringify(answer) === before;
    return { status: answer.status, headers, bytes: Buffer.from(isSame ? text : JSON.stringify(answer.body)) };
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
