/** Brings a call to Discord and its answer back, through whatever goes wrong on the way. */
import type { SimulatedProcess } from '../../../kernel/process.ts';
import type { FailedCall, Told } from '../../truth.ts';
import type { Ground } from '../../world.ts';
import { apiError, ApiError } from '../../../../playground/discord/api-error.ts';
import { ProxyAnswer, RateLimited } from '../errors.ts';
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

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

export function createServe(
  { time, random, faults, diary }: Pick<Ground, 'time' | 'random' | 'faults' | 'diary'>,
  { rateLimits, told, failures }: { rateLimits: RateLimits; told: readonly Told[]; failures: FailedCall[] },
): Serve {
  const made = new Map<string, number>();

  /** A call's own name: which call of this kind it is, whatever other calls there were. */
  function nameOf({ method, route }: Call): string {
    const kind = `${method} ${route}`;
    const number = (made.get(kind) ?? 0) + 1;
    made.set(kind, number);
    return `${kind} ${number}`;
  }

  function take(call: Call): unknown {
    const { bucket, limit, run } = call.matched;
    if (limit !== undefined) rateLimits.take(bucket, limit, { asBot: call.asBot });
    return run(call);
  }

  /** What the diary says of a call that changed something, or was to. */
  function note(call: Call, outcome: string): void {
    if (call.method === 'GET' && outcome === '') return;
    diary.write(call.by, `${call.matched.about(call)}${outcome}`);
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
    const sentAt = time.now();
    /** What it makes people read. */
    let shows: readonly Told[] = [];

    /** Has it taken. @param but - what is wrong all the same. */
    function answer(but = ''): unknown {
      try {
        const before = told.length;
        const body = take(call);
        shows = told.slice(before);
        note(call, but);
        return body;
      } catch (error) {
        if (error instanceof ApiError) note(call, `${but}: refused, ${error.code} ${error.message}`);
        throw error;
      }
    }

    /** Has it taken, whatever the answer: the process does not get it. */
    function answerInVain(but: string): void {
      try {
        answer(but);
      } catch (error) {
        if (!(error instanceof ApiError || error instanceof RateLimited)) throw error;
      }
    }

    function notTaken(error: Error, why: string): Error {
      note(call, `: not taken, ${why}`);
      return error;
    }

    function act(): unknown {
      switch (trouble) {
        case 'http_500':
          throw notTaken(new ProxyAnswer(500, 'Internal Server Error'), '500');
        case 'http_502_html':
          throw notTaken(new ProxyAnswer(502, 'Bad Gateway'), 'a page with 502');
        case 'http_504_taken':
          answerInVain(' (answered by 504)');
          throw new ProxyAnswer(504, 'Gateway Timeout');
        case 'reset_before':
          throw notTaken(connectionReset(), 'the connection broke');
        case 'reset_after':
          answerInVain(' (the answer is lost)');
          throw connectionReset();
        case 'silent':
          throw notTaken(aborted(), 'and there is no answer');
        case 'silent_taken':
          answerInVain(' (there is no answer)');
          throw aborted();
        case 'cloudflare_403':
          throw notTaken(apiError('networkError'), '403 with 40333');
        case 'cloudflare_403_html':
          throw notTaken(new ProxyAnswer(403, 'Forbidden'), 'a page with 403');
        case 'rate_limited':
          throw notTaken(new RateLimited(drawn.integer(LIMITED.least, LIMITED.most)), '429');
        case 'slow':
          return answer(` (${seconds(there)} on its way)`);
        case 'slow_answer':
          return answer(` (the answer takes ${seconds(back)})`);
        case undefined:
        default:
          return answer();
      }
    }

    /** Likewise; a call that changes nothing is noted. */
    function noted(): unknown {
      try {
        return act();
      } catch (error) {
        if (call.method !== 'GET') failures.push({ sentAt, at: time.now(), route: call.route });
        throw error;
      }
    }

    return process.call({ name: `discord ${name}`, there, back, act: noted }).then((body) => {
      for (const each of shows) each.heard = true;
      return body;
    });
  };
}
