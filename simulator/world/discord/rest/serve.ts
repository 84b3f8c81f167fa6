/** Brings a call to Discord and its answer back, through whatever goes wrong on the way. */
import type { SimulatedProcess } from '../../../kernel/process.ts';
import type { Ground } from '../../world.ts';
import { ProxyAnswer, RateLimited, refusal, Refusal } from '../errors.ts';
import type { Call } from '../routes/route.ts';
import { aborted, connectionReset } from './answers.ts';
import type { RateLimits } from './rate-limits.ts';

export type Serve = (process: SimulatedProcess, call: Call) => Promise<unknown>;

/** Milliseconds one way, at the median, and how they spread. */
const LATENCY = 40;
const SPREAD = 0.5;

/** How long a call or an answer takes that is slow (milliseconds). */
const SLOW = { least: 2500, most: 25_000 };

/** When a call without an answer is given up, as the bot has it (milliseconds). */
const GIVEN_UP_AFTER = 120_000;

/** How long a 429 that comes without reason asks to wait (milliseconds). */
const LIMITED = { least: 1000, most: 8000 };

export function createServe(
  { random, faults, diary }: Pick<Ground, 'random' | 'faults' | 'diary'>,
  { rateLimits }: { rateLimits: RateLimits },
): Serve {
  const made = new Map<string, number>();

  /** A call's own name: which call of this kind it is, whatever other calls there were. */
  function nameOf({ method, route }: Call): string {
    const kind = `${method} ${route}`;
    const number = (made.get(kind) ?? 0) + 1;
    made.set(kind, number);
    return `${kind} ${number}`;
  }

  function take({ matched: { bucket, limit, run }, asBot }: Call, call: Call): unknown {
    if (limit !== undefined) rateLimits.take(bucket, limit, { asBot });
    return run(call);
  }

  /** What the diary says of a call that changed something, or was to. */
  function note(call: Call, outcome: string): void {
    const { matched, by, method } = call;
    if (method === 'GET' && outcome === '') return;
    diary.write(by, `${matched.about(call)}${outcome}`);
  }

  return (process, call) => {
    const name = nameOf(call);
    const trouble = faults.trouble('discord', name);
    const drawn = random.of('discord', 'latency', name);
    const slow = () => drawn.integer(SLOW.least, SLOW.most);
    const there = drawn.around(LATENCY, SPREAD) + (trouble === 'slow' ? slow() : 0);
    const isSilent = trouble === 'silent' || trouble === 'silent_taken';
    const answered = drawn.around(LATENCY, SPREAD) + (trouble === 'slow_answer' ? slow() : 0);
    const back = isSilent ? GIVEN_UP_AFTER - there : answered;

    function answer(): unknown {
      try {
        const body = take(call, call);
        note(call, '');
        return body;
      } catch (error) {
        if (error instanceof Refusal) note(call, `: refused, ${error.code} ${error.message}`);
        throw error;
      }
    }

    function act(): unknown {
      switch (trouble) {
        case 'http_500':
          throw new ProxyAnswer(500, 'Internal Server Error');
        case 'http_502_html':
          throw new ProxyAnswer(502, 'Bad Gateway');
        case 'http_504_taken':
          answer();
          throw new ProxyAnswer(504, 'Gateway Timeout');
        case 'reset_before':
          throw connectionReset();
        case 'reset_after':
          answer();
          throw connectionReset();
        case 'silent':
          throw aborted();
        case 'silent_taken':
          answer();
          throw aborted();
        case 'cloudflare_403':
          throw refusal('networkError');
        case 'cloudflare_403_html':
          throw new ProxyAnswer(403, 'Forbidden');
        case 'rate_limited':
          throw new RateLimited(drawn.integer(LIMITED.least, LIMITED.most));
        case undefined:
        default:
          return answer();
      }
    }

    if (trouble !== undefined) note(call, `: ${trouble}`);
    return process.call({ name: `discord ${name}`, there, back, act });
  };
}
