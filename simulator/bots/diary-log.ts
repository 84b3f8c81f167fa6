/** A process's log: what it warns of and what it fails at stands in the diary; everything else costs nothing. */
import type { Log } from '../../src/services/log.ts';
import type { Diary } from '../kernel/diary.ts';
import type { SimulatedProcess } from '../kernel/process.ts';

const nothing = () => undefined;

/** The reason of a failure, without a stack: one line. */
function reasonOf(fields: unknown): string {
  const error: unknown = fields instanceof Error ? fields : (fields as { err?: unknown }).err;
  return error instanceof Error ? ` (${error.message.split('\n')[0] ?? ''})` : '';
}

/** A logger of pino's shape. What a dead process says on its way is not heard. */
export function createDiaryLog({ diary, process }: { diary: Diary; process: SimulatedProcess }): Log {
  const said = (level: string) => (first: unknown, second?: unknown) => {
    if (!process.alive) return;
    const sentence = [first, second].find((each) => typeof each === 'string') ?? '';
    diary.write(process.name, `${level}: ${sentence}${reasonOf(first)}`);
  };
  const log = {
    level: 'warn',
    trace: nothing,
    debug: nothing,
    info: nothing,
    warn: said('warns'),
    error: said('meets an error'),
    fatal: said('cannot go on'),
    child: () => log,
    flush(written?: () => void) {
      written?.();
    },
  };
  return log as unknown as Log;
}
