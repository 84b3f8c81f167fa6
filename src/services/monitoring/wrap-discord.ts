/** What is measured of Discord: every call over a REST, and how long the first answer to an interaction takes. */
import type { REST } from 'discord.js';
import { BoundedMap } from '../bounded.ts';
import type { Clock } from '../clock.ts';
import type { Metrics } from './metrics.ts';

/** Interactions remembered until their first answer: some never get one. */
const REMEMBERED = 10_000;

/** What routes are for, the most particular first. The ids in a path are no labels: there would be too many. */
const ROUTES: [RegExp, string][] = [
  [/\/interactions\/\d+\/[^/]+\/callback$/, 'callback'],
  [/\/webhooks\/\d+\//, 'reply'],
  [/\/channels\/\d+\/messages/, 'message'],
  [/\/applications\/[^/]+\/commands/, 'commands'],
  [/\/(users|applications|oauth2)\//, 'account'],
  [/\/gateway/, 'gateway'],
];

/** What a call is for, by the path of its address. */
function routeOf(path: string): string {
  return ROUTES.find(([pattern]) => pattern.test(path))?.[1] ?? 'other';
}

function statusOf(status: number): string {
  return status === 429 ? '429' : `${Math.floor(status / 100)}xx`;
}

export interface DiscordMeasures {
  /** Measures every call that this REST makes from now on. */
  rest(rest: REST): void;
  /** An interaction has arrived: its first answer is timed from here. */
  received(interactionId: string): void;
}

export function measureDiscord({
  metrics,
  clock,
}: {
  metrics: Metrics;
  clock: Pick<Clock, 'monotonic'>;
}): DiscordMeasures {
  const arrivals = new BoundedMap<string, number>(REMEMBERED);

  function answered(path: string): void {
    const interactionId = /\/interactions\/(\d+)\//.exec(path)?.[1] ?? '';
    const arrived = arrivals.get(interactionId);
    if (arrived === undefined) return;
    arrivals.delete(interactionId);
    metrics.acknowledgement.observe((clock.monotonic() - arrived) / 1000);
  }

  return {
    received(interactionId) {
      arrivals.set(interactionId, clock.monotonic());
    },

    rest(rest) {
      const makeRequest = rest.options.makeRequest.bind(rest.options);
      rest.options.makeRequest = async (url, init) => {
        const path = new URL(url).pathname;
        const route = routeOf(path);
        const begun = clock.monotonic();
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
          metrics.discordDuration.observe({ route }, (clock.monotonic() - begun) / 1000);
          metrics.discordCalls.inc({ route, status });
        }
      };
      rest.on('rateLimited', () => {
        metrics.discordHeldBack.inc();
      });
    },
  };
}
