/** The real bot as production has it: its own process, `src/index.ts`, told everything by its environment. */
import { spawn, type ChildProcess } from 'node:child_process';
import { endWithTests } from './child-processes.ts';
import { COMPILED } from './compiled.ts';
import { createBotOutput, type Bot } from './running-bot.ts';

const INDEX = new URL('../../src/index.ts', import.meta.url).pathname;
const END_WITH_PARENT = new URL('end-with-parent.mjs', import.meta.url).href;

export interface BotProcess extends Bot {
  process: ChildProcess;
  /** Ends it, with SIGTERM unless said otherwise; resolves with its exit code, `null` after a signal. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/**
 * Starts the bot with this environment and nothing else of ours.
 *
 * @param preloads modules that are loaded before it, by their addresses.
 */
export function spawnBot(environment: Record<string, string>, preloads: readonly string[] = []): BotProcess {
  const before = [END_WITH_PARENT, ...preloads].flatMap((address) => ['--import', address]);
  const child = spawn(process.execPath, [...COMPILED, ...before, INDEX], {
    env: { PATH: process.env['PATH'], ...environment },
    // The last is there to tell it of time that has passed, and to be cut when the tests end, whatever ends them.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  endWithTests(child);
  const output = createBotOutput();
  const hear = (chunk: Buffer) => {
    output.add(chunk.toString());
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const exited = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      output.end();
      resolve(code);
    });
  });
  const runs = () => child.exitCode === null && child.signalCode === null;
  return {
    process: child,
    output: output.text,
    wrote: output.wrote,
    runs,
    async stop(signal = 'SIGTERM') {
      if (runs()) child.kill(signal);
      return exited;
    },
    async end() {
      if (runs()) child.kill('SIGKILL');
      await exited;
    },
    exited,
  };
}
