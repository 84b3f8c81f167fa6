/** The paths of the Model API. */
import type { ApiCall } from '../faults.ts';

/** What a method and path ask for. */
export type Route =
  | { call: ApiCall; requestId: string | undefined; model: string | undefined }
  /** The path is there, for another method. */
  | { call: undefined; allow: string }
  /** No such path. */
  | { call: undefined; allow: undefined };

const JOB_CALLS = { status: 'GET', result: 'GET', cancel: 'POST' } as const;

function isJobCall(word: string): word is keyof typeof JOB_CALLS {
  return Object.hasOwn(JOB_CALLS, word);
}

/** Finds what a request is for. `path` is without its query. */
export function findRoute(method: string, path: string): Route {
  const [, requestId, word] = /^\/v1\/requests\/([^/]+)\/([a-z]+)$/.exec(path) ?? [];
  if (requestId !== undefined && word !== undefined && isJobCall(word)) {
    const allow = JOB_CALLS[word];
    return method === allow ? { call: word, requestId, model: undefined } : { call: undefined, allow };
  }
  if (/^\/v1\/models(\/categories)?$/.test(path)) {
    const call = path.endsWith('categories') ? 'categories' : 'models';
    return method === 'GET' ? { call, requestId: undefined, model: undefined } : { call: undefined, allow: 'GET' };
  }
  const [, model] = /^\/v1\/models\/(.+)$/.exec(path) ?? [];
  if (model !== undefined) {
    if (method === 'POST') return { call: 'submit', requestId: undefined, model };
    if (method === 'GET') return { call: 'model', requestId: undefined, model };
    return { call: undefined, allow: 'GET, POST' };
  }
  if (path === '/prod/v2/balance') {
    return method === 'GET'
      ? { call: 'balance', requestId: undefined, model: undefined }
      : { call: undefined, allow: 'GET' };
  }
  return { call: undefined, allow: undefined };
}
