/** Asks Discord for what a page shows beside its numbers, where it can be had while a person waits. */
import type { REST } from 'discord.js';
import type { z } from 'zod';
import type { Clock } from '../../services/clock.ts';
import { withDeadline } from '../../services/deadline.ts';
import type { Log } from '../../services/log.ts';

/** How long the answers may take, which are asked for together (milliseconds): a person waits. */
const ANSWER_WITHIN = 1500;

export interface LookUpParts {
  /** For calls by the bot's token. */
  rest: Pick<REST, 'get'>;
  clock: Pick<Clock, 'setTimeout'>;
  log: Log;
}

/** What Discord answers at a route of a guild's; `undefined` where it does not tell, or not in time. Never throws. */
export type LookUp = <T>(guild: string, route: `/${string}`, schema: z.ZodType<T>) => Promise<T | undefined>;

/** @param what - is looked up, for the log. */
export function createLookUp({ rest, clock, log }: LookUpParts, what: string): LookUp {
  return async (guild, route, schema) => {
    try {
      return schema.parse(await withDeadline(clock, ANSWER_WITHIN, (signal) => rest.get(route, { signal })));
    } catch (error) {
      log.debug({ guild, err: error }, `${what} could not be had`);
      return undefined;
    }
  };
}
