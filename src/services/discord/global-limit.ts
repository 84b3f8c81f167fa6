/**
 * Discord's global rate limit. It counts what is called by a bot's token, whichever process calls: each takes an equal
 * share of it, and a refusal that one of them meets holds up all.
 *
 * discord.js does the waiting, by `globalRemaining` and `globalReset`. Its own count begins anew each second, so that
 * nearly twice as many calls may go within one; here those of any second are counted.
 */
import type { REST } from 'discord.js';
import type { Clock } from '../clock.ts';
import type { Processes } from '../storage/storage.ts';

/**
 * Calls a second, of all processes together. Discord takes 50 (source: its documentation, "Rate Limits", Global Rate
 * Limit); discord.js makes a few for the gateway besides.
 */
export const CALLS_PER_SECOND = 45;

/** The span in which calls are counted (milliseconds): a second, as one call may be on its way for longer than the next. */
const SPAN = 1050;

/** Holds the calls of this REST to this process's share of the limit, and to the pauses that any process hears of. */
export function keepGlobalLimit(
  rest: REST,
  { processes, clock }: { processes: Processes; clock: Pick<Clock, 'now' | 'monotonic'> },
): void {
  /** When the calls of the last span were made, the earliest first. */
  let made: number[] = [];

  function allowNext(remaining: number, wait: number): void {
    rest.globalRemaining = remaining;
    if (remaining <= 0) rest.globalReset = clock.now() + wait;
  }

  /** Counts a call that goes now, and says when the next one may. */
  function count(): void {
    const at = clock.monotonic();
    made = made.filter((earlier) => earlier > at - SPAN);
    made.push(at);
    const share = Math.max(1, Math.floor(CALLS_PER_SECOND / processes.count()));
    // The next one may go once fewer than the share are left in the span.
    allowNext(share - made.length, (made.at(-share) ?? at) + SPAN - at);
  }

  const makeRequest = rest.options.makeRequest.bind(rest.options);
  rest.options.makeRequest = async (url, init) => {
    count();
    const answer = await makeRequest(url, init);
    if (answer.status === 429 && answer.headers.has('x-ratelimit-global')) {
      // discord.js itself waits as long.
      processes.pause(Number(answer.headers.get('retry-after') ?? 0) * 1000);
    }
    return answer;
  };
  processes.onPause((ms) => {
    const isLonger = rest.globalRemaining <= 0 && rest.globalReset > clock.now() + ms;
    if (!isLonger) allowNext(0, ms);
  });
}
