/** The Model API as the bot calls it, with every answer kept as it came. */
import type { Config } from '../../../config.ts';
import { systemClock as clock } from '../../../services/clock.ts';
import { createRunComfy, createRunComfyHttp, RunComfyError } from '../../../services/runcomfy/runcomfy.ts';
import type { RunComfy, RunComfyErrorKind, RunComfyHttp } from '../../../services/runcomfy/runcomfy.ts';
import { showAnswer } from '../shown.ts';

type RawAnswer = Awaited<ReturnType<RunComfyHttp['send']>>;

/** What a call came to: what the bot reads in the answer, or how it takes the refusal. */
export type Read<T> = { value: T } | { error: RunComfyError };

export interface RunComfyCalls {
  /** One call by the bot's own client. */
  read<T>(call: (api: RunComfy) => Promise<T>): Promise<Read<T>>;
  /** The last answer as it came; `undefined` where none did. */
  last(): RawAnswer | undefined;
  /** The same for a report. */
  shown(): string;
  /** The body of the last answer, by its fields; none where it is no object. */
  fields(): Record<string, unknown>;
  /** A result with what it cost. */
  resultWithCost(requestId: string): Promise<void>;
  close(): Promise<void>;
}

/** @param token - the key; another one than the configured, to see how that is refused. */
export function createRunComfyCalls({ base, token }: Pick<Config['runcomfy'], 'base' | 'token'>): RunComfyCalls {
  const http = createRunComfyHttp({ base, token, clock });
  let last: RawAnswer | undefined;
  let problem = '';

  async function keep(answering: Promise<RawAnswer>): Promise<RawAnswer> {
    last = undefined;
    problem = '';
    try {
      last = await answering;
      return last;
    } catch (error) {
      problem = error instanceof Error ? error.message : 'unknown error';
      throw error;
    }
  }

  const keeping: RunComfyHttp = {
    send: (call) => keep(http.send(call)),
    submit: (call) => keep(http.submit(call)),
    close: () => http.close(),
  };
  const api = createRunComfy({ http: keeping, token, clock });

  return {
    async read(call) {
      try {
        return { value: await call(api) };
      } catch (error) {
        if (!(error instanceof RunComfyError)) throw error;
        return { error };
      }
    },
    last: () => last,
    shown: () => (last === undefined ? `no answer (${problem})` : showAnswer(last.httpStatus, last.body)),
    fields: () => (typeof last?.body === 'object' && last.body !== null ? { ...last.body } : {}),
    async resultWithCost(requestId) {
      const path = `/requests/${encodeURIComponent(requestId)}/result?include_cost=true`;
      await keeping.send({ name: 'result', method: 'GET', path }).catch(() => undefined);
    },
    close: () => http.close(),
  };
}

/** Whether a call was refused in this way. */
export function isRefusal<T>(read: Read<T>, kind: RunComfyErrorKind): boolean {
  return 'error' in read && read.error.kind === kind;
}
