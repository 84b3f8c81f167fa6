import type { Limit } from './rate-limits.ts';
import type { Part } from './multipart.ts';

export type { Part } from './multipart.ts';

/** A request as a route sees it. */
export interface Call {
  /** What stands in the path for each `:name` of the pattern. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The JSON of the body (or of `payload_json`), undefined without one. */
  readonly body: unknown;
  /** The files of a multipart body. */
  readonly parts: readonly Part[];
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export interface Route {
  readonly method: string;
  /** Such as `/channels/:channel/messages`. */
  readonly pattern: string;
  /** `bot`: needs the bot's token and counts globally. `token`: the token is in the path. `none`: open to all. */
  readonly auth: 'bot' | 'token' | 'none';
  readonly limit: Limit;
  /** The parameters that have a bucket each, beside the route. */
  readonly major?: readonly string[];
  /** Routes with the same name share a bucket; the route itself when absent. */
  readonly bucket?: string;
  readonly run: (call: Call) => Answer | Promise<Answer>;
}

export type Match =
  | { readonly kind: 'route'; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'other method' }
  | { readonly kind: 'none' };

/** Finds the route of a path. Routes are looked up by number of segments, so that a look-up costs a few comparisons. */
export function createRouter(routes: readonly Route[]) {
  const byLength = new Map<number, { route: Route; segments: string[] }[]>();
  for (const route of routes) {
    const segments = route.pattern.split('/').slice(1);
    byLength.set(segments.length, [...(byLength.get(segments.length) ?? []), { route, segments }]);
  }

  return function match(method: string, path: string): Match {
    const given = path.split('/').slice(1).map(decode);
    let kind: 'none' | 'other method' = 'none';
    for (const { route, segments } of byLength.get(given.length) ?? []) {
      const params = fit(segments, given);
      if (!params) continue;
      if (route.method === method) return { kind: 'route', route, params };
      kind = 'other method';
    }
    return { kind };
  };
}

function fit(pattern: readonly string[], given: readonly string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const [index, segment] of pattern.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith(':')) {
      if (!value) return null;
      params[segment.slice(1)] = value;
    } else if (segment !== value) return null;
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A parameter of the path; the pattern guarantees that it is there. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}
