/** A trouble that lasts is said once, and again when it changes or minutes have passed: not at every try. */
import type { Clock } from '../services/clock.ts';
import type { Log } from '../services/log.ts';

/** A trouble that stays the same is said again after so long (milliseconds). */
const SAID_EVERY = 5 * 60_000;

/** A reason without a code is cut there (characters). */
const REASON_MAX = 200;

export interface LastingTrouble {
  /** A try has failed, for a reason where there is one. @param fields - what else the log is to say. */
  met(error?: unknown, fields?: object): void;
  /** A try has gone well: what comes after is a new trouble. Returns whether there was one. */
  over(): boolean;
}

/**
 * @param sentence - what does not work, and what the bot does about it. The reason is put behind it.
 * @param level - how it is logged.
 */
export function createLastingTrouble({
  sentence,
  level = 'error',
  clock,
  log,
}: {
  sentence: string;
  level?: 'error' | 'warn';
  clock: Pick<Clock, 'monotonic'>;
  log: Log;
}): LastingTrouble {
  let said: { reason: string; at: number } | undefined;
  let tries = 0;
  return {
    met(error, fields = {}) {
      tries += 1;
      log.debug({ ...fields, err: error }, sentence);
      const reason = reasonOf(error);
      const at = clock.monotonic();
      if (said?.reason === reason && at - said.at < SAID_EVERY) return;
      said = { reason, at };
      log[level]({ ...fields, ...(tries > 1 && { tries }) }, reason === '' ? sentence : `${sentence} (${reason})`);
    },
    over() {
      const was = tries > 0;
      said = undefined;
      tries = 0;
      return was;
    },
  };
}

/** Why a call failed, in a few words: a code such as `ENOTFOUND`, an answer's status, else what the error says. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { code, status, hostname } = error as { code?: unknown; status?: unknown; hostname?: unknown };
  const named = [code, hostname].filter((each) => typeof each === 'string').join(' ');
  if (named !== '') return named;
  if (error instanceof AggregateError && error.message === '') return reasonOf(error.errors[0]);
  const text = (error.message.split('\n')[0] ?? '').slice(0, REASON_MAX);
  return typeof status === 'number' ? `HTTP ${status}: ${text}` : text;
}
