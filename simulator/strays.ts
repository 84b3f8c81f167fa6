/** What the bot's code throws past everybody: in production it ends the process, or stands in the log as a rejection. */
import { Violation } from './invariants/violation.ts';

export interface Strays {
  violations: readonly Violation[];
  /** An event of a process threw this, and nobody caught it. */
  thrown: (error: unknown) => void;
  /** Hears no more of rejections. */
  close(): void;
}

const described = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** Hears of every rejection that nobody handles, from now on. */
export function createStrays(): Strays {
  const violations: Violation[] = [];
  const met = (invariant: string, sentence: string) => (error: unknown) => {
    violations.push(new Violation(invariant, `${sentence}: ${described(error)}`, { error }));
  };
  const rejected = met('no stray rejection', 'The bot left a rejection that nobody handled');
  process.on('unhandledRejection', rejected);
  return {
    violations,
    thrown: met('no stray exception', 'The bot threw an exception that nobody caught'),
    close() {
      process.off('unhandledRejection', rejected);
    },
  };
}
