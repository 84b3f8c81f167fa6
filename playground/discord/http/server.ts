import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiError, apiError } from '../api-error.ts';
import { isFilePath, serveFile } from './file-host.ts';
import { faultAnswer, type Fault, type Faults } from './faults.ts';
import { maxRequestBytes, readBody, readForm } from './request-body.ts';
import { answerResponse, blockedResponse, errorResponse, pageResponse, type HttpResponse } from './response.ts';
import { createRouter, type Match, type Route } from './router.ts';
import type { Events } from '../events.ts';
import type { Files } from '../files/files.ts';
import type { RateLimits } from './rate-limits.ts';

export { createFaults, type Fault } from './faults.ts';
export { createListener } from './listener.ts';
export { createRateLimits } from './rate-limits.ts';

/** One REST call, as logged. The path has `~<interaction id>` where a token was. */
export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
  /** The JSON error code of the answer, null when it was no error. */
  readonly code: number | null;
  /** Bytes of the body that was sent. */
  readonly bytes: number;
  /** Whether it came with an Authorization header. */
  readonly authorized: boolean;
  /** When it came, in milliseconds of the stand-in's clock, and how long it took. */
  readonly at: number;
  readonly tookMs: number;
}

/** The HTTP side: reads a request, applies rate limits and faults, runs its route, answers and logs. */
export function createHttp({
  routes,
  token,
  now,
  events,
  rateLimits,
  faults,
  files,
  maskedPath,
}: {
  routes: readonly Route[];
  token: string;
  now: () => number;
  events: Events;
  rateLimits: RateLimits;
  faults: Faults;
  files: Files;
  maskedPath: (path: string) => string;
}): { server: Server; requests: RequestRecord[] } {
  const requests: RequestRecord[] = [];
  const match = createRouter(routes);
  let count = 0;

  const server = createServer((request, response) => {
    void answerAll(request, response);
  });
  server.keepAliveTimeout = 60_000;

  async function answerAll(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [rawPath = '/', query = ''] = (request.url ?? '/').split('?', 2);
    const method = request.method ?? 'GET';
    if (isFilePath(rawPath)) {
      serveFile({ files, method, path: rawPath, query: new URLSearchParams(query), response });
      return;
    }
    const at = now();
    const started = performance.now();
    const id = (count += 1);
    const version = /^\/api(?:\/v(\d+))?(?=\/)/.exec(rawPath);
    // `%40original` and `@original` are the same path.
    const path = (version ? rawPath.slice(version[0].length) : rawPath).replaceAll('%40', '@');
    const shown = maskedPath(path);
    const body = await readBody(request);
    if (body === null) return;
    events.emit({ type: 'request', id, method, path: shown, bytes: body.length });
    const fault = faults.next(method, path, request.headers['content-type']);
    if (fault?.delayMs) await delay(fault.delayMs);
    const authorized = request.headers.authorization !== undefined;
    const log = (status: number, code: number | null): void => {
      const tookMs = performance.now() - started;
      requests.push({ method, path: shown, query, status, code, bytes: body.length, authorized, at, tookMs });
      events.emit({ type: 'response', id, method, path: shown, status, code });
    };
    if (fault?.destroy === 'before') {
      log(0, null);
      request.socket.destroy();
      return;
    }
    const answer = await answerTo({
      request,
      method,
      path,
      query,
      body,
      fault,
      version: version?.[1],
      known: version !== null,
    });
    rateLimits.answered(answer.status);
    log(answer.status, answer.code);
    if (fault?.destroy === 'after') {
      request.socket.destroy();
      return;
    }
    if (response.destroyed) return;
    response.writeHead(answer.status, answer.headers);
    response.end(answer.text);
  }

  async function answerTo({
    request,
    method,
    path,
    query,
    body,
    fault,
    version,
    known,
  }: {
    request: IncomingMessage;
    method: string;
    path: string;
    query: string;
    body: Buffer;
    fault: Fault | null;
    version: string | undefined;
    known: boolean;
  }): Promise<HttpResponse> {
    let headers: Readonly<Record<string, string>> = {};
    try {
      const blocked = rateLimits.blockedFor();
      if (blocked > 0) return blockedResponse(blocked);
      if (fault?.page === true) return pageResponse(fault.status ?? 502);
      const ordered = fault && faultAnswer(fault);
      if (ordered) throw ordered;
      if (!request.headers['user-agent']) throw apiError('networkError');
      if (!known) throw apiError('notFound');
      if (version !== undefined && version !== '10') throw apiError('invalidVersion');
      const found = match(method, path);
      if (found.kind !== 'route') throw apiError(found.kind === 'none' ? 'notFound' : 'methodNotAllowed');
      const { authorization } = request.headers;
      if (found.route.auth === 'bot' && authorization !== `Bot ${token}`) throw apiError('unauthorized');
      const taken = rateLimits.take(bucketOf(found));
      headers = taken.headers;
      if (taken.refusal) throw taken.refusal;
      if (body.length > maxRequestBytes) throw apiError('tooLarge');
      const form = readForm(body, request.headers['content-type'] ?? '');
      return answerResponse(
        await found.route.run({ params: found.params, query: new URLSearchParams(query), ...form }),
        headers,
      );
    } catch (error) {
      if (error instanceof ApiError) return errorResponse(error, headers);
      console.error('The Discord stand-in failed at', method, maskedPath(path), error);
      return errorResponse(new ApiError(500, 0, '500: Internal Server Error'), headers);
    }
  }

  return { server, requests };
}

function bucketOf({ route, params }: Extract<Match, { kind: 'route' }>) {
  const major = (route.major ?? []).map((name) => params[name]).join(':');
  return {
    route: route.bucket ?? `${route.method} ${route.pattern}`,
    major,
    limit: route.limit,
    globally: route.auth === 'bot',
  };
}
