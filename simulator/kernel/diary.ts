/** What happened in a history, line by line: its bytes prove that a seed gives one history, and a person reads it. */
import { createHash } from 'node:crypto';
import { BEGIN } from './virtual-time.ts';

export interface DiaryLine {
  /** Milliseconds since the history began. */
  at: number;
  /** Who acted: a member, a process of the bot, Discord, RunComfy, the store, the operator, a fault. */
  who: string;
  what: string;
}

export interface Diary {
  write(who: string, what: string): void;
  /** The last lines, or all where everything is kept. */
  lines(): readonly DiaryLine[];
  /** A digest of every line so far. */
  digest(): string;
}

/** Lines that are kept where not all are. */
const KEPT = 60;

/** Characters that go into the digest at a time: a call of the hash takes longer than a line. */
const AT_A_TIME = 10_000;

/** @param all - whether every line is kept, for `--trace`. */
export function createDiary({ now, all }: { now: () => number; all: boolean }): Diary {
  const lines: DiaryLine[] = [];
  const hash = createHash('sha256');
  /** What is not in the digest yet. */
  let rest = '';
  return {
    write(who, what) {
      const line = { at: now() - BEGIN, who, what };
      rest += `${line.at} ${who} ${what}\n`;
      if (rest.length > AT_A_TIME) {
        hash.update(rest);
        rest = '';
      }
      lines.push(line);
      if (!all && lines.length > 2 * KEPT) lines.splice(0, KEPT);
    },
    lines: () => (all ? lines : lines.slice(-KEPT)),
    digest: () => hash.copy().update(rest).digest('hex'),
  };
}

/** `01:02:03.004  bot 1     submits ...`: the moment counts from the history's begin. */
export function shown({ at, who, what }: DiaryLine): string {
  const moment = new Date(at).toISOString().slice(11, 23);
  const days = Math.floor(at / 86_400_000);
  return `${days > 0 ? `day ${days + 1} ` : ''}${moment}  ${who.padEnd(12)} ${what}`;
}
