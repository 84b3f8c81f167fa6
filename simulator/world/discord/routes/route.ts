/** What a call and a route of Discord's API are. */
import type { UploadedPart } from '../messages/attachments.ts';
import type { Limit } from '../rest/rate-limits.ts';

export interface Call {
  method: string;
  route: string;
  query: URLSearchParams;
  /** The process that makes it. */
  by: string;
  asBot: boolean;
  body: unknown;
  parts: readonly UploadedPart[];
  matched: Matched;
}

export interface Matched {
  /** What its calls are counted by. */
  bucket: string;
  /** How many of them are taken; `undefined`: as many as come, each at once. */
  limit: Limit | undefined;
  /** Acts on a call, and gives the answer's body. @throws ApiError, RateLimited */
  run: (call: Call) => unknown;
  /** What a call does, for the diary. */
  about: (call: Call) => string;
}

/** The routes of one part of the API: what a method and a path mean; `undefined` where they are another's. */
export type Section = (method: string, path: readonly string[]) => Matched | undefined;

export interface Routes {
  /** @throws Error where the API has no such route: the bot is not to call it. */
  match(method: string, route: string): Matched;
}

export function createRoutes(sections: readonly Section[]): Routes {
  return {
    match(method, route) {
      const path = route.slice(1).split('/').map(decodeURIComponent);
      for (const section of sections) {
        const matched = section(method, path);
        if (matched !== undefined) return matched;
      }
      throw new Error(`Discord has no route ${method} ${route}`);
    },
  };
}
