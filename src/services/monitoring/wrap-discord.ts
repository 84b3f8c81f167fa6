/** What is measured of Discord: every call over a REST, and how long the first answer to an interaction takes. */
import type { REST } from 'discord.js';
import type { Metrics } from './metrics.ts';

/** Interactions whose first answer is awaited; the oldest makes room, as some never get one. */
const REMEMBERED = 10_000;

/** The routes by what they are for, most particular first: the parts of a path that differ a guild are no labels. */
const ROUTES: [RegExp, string][] = [
  [/\/interactions\/\d+\/[^/]+\/callback$/, 'callback'],
  [/\/webhooks\/\d+\//, 'reply'],
  [/\/channels\/\d+\/messages/, 'message'],
  [/\/applications\/[^/]+\/commands/, 'commands'],
  [/\/(users|applications|oauth2)\//, 'account'],
  [/\/gateway/, 'gateway'],
];

/** What a call is for, by the path of its address. */
export function routeOf(path: string): string {
  return ROUTES.find(([pattern]) => pattern.test(path))?.[1] ?? 'other';
}

function statusOf(status: number): string {
  return status === 429 ? '429' : `${Math.floor(status / 100)}xx`;
}

export interface DiscordMeasures {
  /** Measures every call that this REST makes from now on. */
  rest(rest: REST): void;
  /** An interaction has arrived: from here to its first answer it is timed. */
  received(interactionId: string): void;
}

export function measureDiscord({ metrics }: { metrics: Metrics }): DiscordMeasures {
  const arrivals = new Map<string, number>();

  function answered(path: string): void {
    const interactionId = /\/interactions\/(\d+)\//.exec(path)?.[1] ?? '';
    const arrived = arrivals.get(interactionId);
    if (arrived === undefined) return;
    arrivals.delete(interactionId);
    metrics.acknowledgement.observe((performance.now() - arrived) / 1000);
  }

  return {
    received(interactionId) {
      arrivals.set(interactionId, performance.now());
      const oldest = arrivals.keys().next().value;
      if (arrivals.size > REMEMBERED && oldest !== undefined) arrivals.delete(oldest);
    },

    rest(rest) {
      const makeRequest = rest.options.makeRequest.bind(rest.options);
      rest.options.makeRequest = async (url, init) => {
        const path = new URL(url).pathname;
        const route = routeOf(path);
        const begun = performance.now();
        let status = 'none';
        try {
          const response = await makeRequest(url, init);
          status = statusOf(response.status);
          if (response.ok && route === 'callback') answered(path);
          if (response.status === 429) {
            const scope = response.headers.get('x-ratelimit-scope') ?? '';
            metrics.discordRateLimited.inc({ scope: ['user', 'global', 'shared'].includes(scope) ? scope : 'unknown' });
          }
          return response;
        } finally {
          metrics.discordDuration.observe({ route }, (performance.now() - begun) / 1000);
          metrics.discordCalls.inc({ route, status });
        }
      };
      rest.on('rateLimited', () => {
        metrics.discordHeldBack.inc();
      });
    },
  };
}
