/** A program on a pseudo-terminal, which `script` of util-linux opens, and somebody who reads it and types. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'vitest';
import { endWithTests } from '../support/child-processes.ts';
import { PATIENCE } from '../support/waiting.ts';

export const ENTER = '\r';
export const DOWN = '\u001B[B';
export const BACKSPACE = '\u007F';
export const CTRL_C = '\u0003';

/** `script` gives a terminal no size where it has none itself: then each character would get a line of its own. */
const SIZE = 'stty columns 160 rows 50';

export interface Terminal {
  /** Waits until this is on the screen, after whatever was waited for before. */
  reads(text: string | RegExp): Promise<void>;
  types(keys: string): void;
  /** Everything that was ever on it, without colours. */
  screen(): string;
  /** The program's exit code, once it has ended. */
  ended(): Promise<number>;
}

/** @param command - a line for a shell. */
export function openTerminal(command: string, { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv }): Terminal {
  const child = spawn(
    'script',
    ['--quiet', '--return', '--flush', '--command', `${SIZE}; exec ${command}`, '/dev/null'],
    {
      cwd,
      env: { TERM: 'xterm', SHELL: '/bin/sh', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  endWithTests(child);
  const exit = once(child, 'close') as Promise<[number]>;
  let written = '';
  let readTo = 0;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (written += chunk));
  const screen = (): string => stripVTControlCharacters(written);
  return {
    async reads(text) {
      const place = (): number =>
        typeof text === 'string' ? screen().indexOf(text, readTo) : screen().slice(readTo).search(text) + readTo;
      await expect
        .poll(() => (place() >= readTo ? 'there' : screen().slice(readTo)), {
          timeout: PATIENCE,
          message: String(text),
        })
        .toBe('there');
      readTo = place() + 1;
    },
    types(keys) {
      child.stdin.write(keys);
    },
    screen,
    async ended() {
      const [code] = await exit;
      return code;
    },
  };
}
