/** The real bot as its own process: `src/index.ts`, pointed at the stand-ins by its environment alone. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const INDEX = new URL('../../src/index.ts', import.meta.url).pathname;
const COMPILE_CACHE = new URL('../../src/compile-cache.mjs', import.meta.url).href;

/** Lines of what it wrote that are kept, to say why it ended. */
const LINES_KEPT = 40;

export interface BotProcess {
  /** Whether it runs. */
  readonly running: boolean;
  /** The last lines it wrote. */
  readonly lines: readonly string[];
  /** Starts it (again), unless it runs. */
  start(): void;
  /** Ends it as a power cut would, unless it is gone; resolves when it is. */
  kill(): Promise<void>;
  /** Asks it to stop and waits until it has; kills it after `timeoutMs`. */
  stop(timeoutMs?: number): Promise<void>;
  /** Listens to every line it writes. */
  onLine(listener: (line: string) => void): void;
  /** Listens to every start and end; `code` is `null` after a signal. */
  on(listener: (change: { running: boolean; code?: number | null }) => void): void;
}

/** Builds the bot's process, not started. It never outlives this one. */
export function createBotProcess({ environment }: { environment: Record<string, string> }): BotProcess {
  const listeners = new Set<Parameters<BotProcess['on']>[0]>();
  const readers = new Set<(line: string) => void>();
  let lines: string[] = [];
  let child: ReturnType<typeof launch> | undefined;

  function launch() {
    const launched = spawn(process.execPath, ['--import', COMPILE_CACHE, INDEX], {
      env: { ...(process.env['PATH'] !== undefined && { PATH: process.env['PATH'] }), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [launched.stdout, launched.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines = [...lines, line].slice(-LINES_KEPT);
        for (const read of readers) read(line);
      });
    }
    launched.once('close', (code) => {
      if (child === launched) child = undefined;
      for (const listener of listeners) listener({ running: false, code });
    });
    return launched;
  }

  process.once('exit', () => child?.kill('SIGKILL'));

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    if (ending === undefined) return;
    const closed = once(ending, 'close');
    ending.kill(signal);
    await closed;
  }

  return {
    get running() {
      return child !== undefined;
    },
    get lines() {
      return lines;
    },
    start() {
      if (child !== undefined) return;
      child = launch();
      for (const listener of listeners) listener({ running: true });
    },
    kill: () => end('SIGKILL'),
    async stop(timeoutMs = 10_000) {
      const timer = setTimeout(() => child?.kill('SIGKILL'), timeoutMs);
      await end('SIGTERM');
      clearTimeout(timer);
    },
    onLine: (listener) => void readers.add(listener),
    on: (listener) => void listeners.add(listener),
  };
}
