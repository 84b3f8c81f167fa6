/** The Model API over HTTP. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { CODES, refuse, type Answer } from './answer.ts';
import { troubleOf } from './catalogue-trouble.ts';
import { createHandlers, refuseAccount, type Call, type TakeJob } from './handlers.ts';
import type { Behaviour } from '../behaviour.ts';
import type { Events } from '../events.ts';
import type { ApiCall, Faults } from '../faults.ts';
import type { Catalogue } from '../models/catalogue.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { findRoute, type Route } from './routes.ts';
import { applyFault, isTaken, rateLimit } from './apply-fault.ts';
import { replyWith, send } from './http-replies.ts';

/** A request that no correct client of the API sends. */
export interface Violation {
  /** Milliseconds since the epoch. */
  at: number;
  method: string;
  path: string;
  call: ApiCall | undefined;
  problems: string[];
  /** The body as it came. */
  body: string;
}

/** Builds what answers the Model API's port. `base` is read at each answer: the URLs in it start so. */
export function createApi({
  now,
  token,
  base,
  behaviour,
  catalogue,
  jobs,
  faults,
  events,
  violations,
  takeJob,
}: {
  now: () => number;
  token: string;
  base: () => string;
  behaviour: () => Behaviour;
  catalogue: Catalogue;
  jobs: Jobs;
  faults: Faults;
  events: Events;
  violations: Violation[];
  takeJob: TakeJob;
}): RequestListener {
  let calls = 0;

  function reportViolation(request: IncomingMessage, call: ApiCall | undefined, problems: string[], body = ''): void {
    const path = request.url ?? '';
    violations.push({ at: now(), method: request.method ?? '', path, call, problems, body });
  }

  const handle = createHandlers({ base, behaviour, catalogue, jobs, takeJob, reportViolation, now });

  /** Whether the token of a call is the right one. */
  function readToken(request: IncomingMessage): 'valid' | 'wrong' | 'absent' {
    const { authorization } = request.headers;
    if (authorization === undefined) return 'absent';
    const [scheme, value, ...rest] = authorization.split(' ');
    const right = scheme?.toLowerCase() === 'bearer' && value === token && rest.length === 0;
    return right && !behaviour().tokenRejected ? 'valid' : 'wrong';
  }

  async function replyTo(request: IncomingMessage, query: URLSearchParams, route: Route) {
    const { slowMs, rateLimited, retryAfterSeconds } = behaviour();
    if (slowMs > 0) await delay(slowMs, undefined, { ref: false });
    const plain = (answer: Answer) => ({ reply: replyWith(answer), fault: undefined });
    if (rateLimited) return plain(rateLimit(retryAfterSeconds, 'seconds', now()));
    if (readToken(request) !== 'valid') {
      return plain(refuseAccount(behaviour(), 401, CODES.token, 'User account error: the token is not valid'));
    }
    if (route.call === undefined) {
      reportViolation(request, undefined, [route.allow === undefined ? 'no such path' : `method: not ${route.allow}`]);
      if (route.allow === undefined) return plain(refuse(404, CODES.invalidIdentifier, 'Not found'));
      return plain({ ...refuse(405, undefined, 'Method not allowed'), headers: { allow: route.allow } });
    }

    const job = route.requestId === undefined ? undefined : jobs.find(route.requestId);
    if (job && (route.call === 'status' || route.call === 'result' || route.call === 'cancel')) {
      job.polls[route.call] += 1;
    }
    const fault = faults.takeForCall(route.call, route);
    if (fault?.kind === 'slow') await delay(fault.ms, undefined, { ref: false });
    if (!fault && (route.call === 'model' || route.call === 'models' || route.call === 'categories')) {
      if (behaviour().catalogue === 'slow') await delay(behaviour().catalogueSlowMs, undefined, { ref: false });
      const trouble = troubleOf(behaviour());
      if (trouble) return { reply: trouble, fault };
    }
    jobs.advance();
    const call: Call = { request, query, route, job };
    if (!fault) return plain(await handle(call, fault));
    const answer = isTaken(fault) ? await handle(call, fault) : { status: 200, body: {} };
    const failed = answer.status >= 400 && fault.kind !== 'http';
    const reply = failed && isTaken(fault) ? replyWith(answer) : applyFault(fault, answer, route.requestId, now());
    return { reply, fault };
  }

  async function onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = now();
    const id = (calls += 1);
    const method = request.method ?? '';
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const route = findRoute(method, path);
    const requestId = route.call === undefined ? undefined : route.requestId;
    events.emit({ type: 'request', at, id, method, path, call: route.call, requestId, token: readToken(request) });
    const { reply, fault } = await replyTo(request, query, route);
    send(request, response, reply);
    events.emit({
      type: 'response',
      at: now(),
      id,
      method,
      path,
      call: route.call,
      requestId,
      status: 'status' in reply ? reply.status : undefined,
      body: 'body' in reply ? reply.body : undefined,
      ms: now() - at,
      fault: fault?.kind,
    });
  }

  return (request, response) => {
    onRequest(request, response).catch((error: unknown) => {
      // A client that left in the middle of its body is no fault of the stand-in's.
      if (request.complete) console.error('The RunComfy stand-in failed on a request:', error);
      response.destroy();
    });
  };
}
