/** A process that is measured: the bot or a bare one, spawned with `process-metrics.mjs` in it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const HOUSE = new URL('..', import.meta.url).pathname;
const PROCESS_METRICS = new URL('process-metrics.mjs', import.meta.url).pathname;
const BOT = new URL('../src/index.ts', import.meta.url).pathname;
const BARE_BOT = new URL('bare-bot.mjs', import.meta.url).pathname;
const BARE_BOT_TYPESCRIPT = new URL('bare-bot-typescript.ts', import.meta.url).pathname;

/** The arguments by which `npm start` starts the bot, but for its file and for settings from another. */
function startArguments(): string[] {
  const { scripts } = z
    .object({ scripts: z.object({ start: z.string() }) })
    .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));
  const [, ...words] = scripts.start.split(' ');
  return words.slice(0, -1).filter((word) => !word.startsWith('--env-file'));
}

/** How much of what it wrote is kept, to be shown where it ends unexpectedly (characters). */
const KEPT = 8000;

/** It is ready within so long, or will not be (milliseconds). */
const READY_WITHIN = 60_000;

const measuredSchema = z.object({
  /** Milliseconds of processor, all threads, since the process began. */
  cpuMs: z.number(),
  /** Of a delivery, where calls are followed: when its result had been read (since the epoch), and the processor's time then. */
  calls: z
    .object({
      resultAt: z.number().optional(),
      resultCpuMs: z.number().optional(),
      /** The processor's time when Discord's last answer about a message had been read. */
      postedCpuMs: z.number().optional(),
    })
    .optional(),
  /** Bytes. */
  rss: z.number(),
  heapUsed: z.number(),
  external: z.number(),
  arrayBuffers: z.number(),
  /** Most bytes resident at any time. */
  peakRss: z.number(),
  /** What keeps the event loop alive, by kind. */
  resources: z.record(z.string(), z.number()),
  /** How late the event loop came, since it was last watched (milliseconds). */
  delayP50Ms: z.number(),
  delayP99Ms: z.number(),
  delayMaxMs: z.number(),
});
export type Measured = z.infer<typeof measuredSchema>;
const answerSchema = z.object({ id: z.number(), measured: measuredSchema });

export interface MeasuredProcess extends AsyncDisposable {
  /** Milliseconds from the spawn to the line that says it is ready. */
  readyMs: number;
  /** Asks what it has used. `collect` runs the garbage collector first; `watch` begins watching the event loop anew, `follow` following calls. */
  measure(options?: { collect?: boolean; watch?: boolean; follow?: boolean }): Promise<Measured>;
  /** Ends it with SIGTERM; resolves with its exit code. */
  stop(): Promise<number | null>;
}

async function startProcess(
  file: string,
  environment: Record<string, string>,
  readyLine: string,
  args: readonly string[] = [],
): Promise<MeasuredProcess> {
  const spawnedAt = performance.now();
  const profile = process.env['BENCH_CPU_PROFILE'];
  const child = spawn(
    process.execPath,
    [
      '--expose-gc',
      ...(profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profile]),
      '--import',
      PROCESS_METRICS,
      ...args,
      file,
    ],
    { cwd: HOUSE, env: { PATH: process.env['PATH'], ...environment }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
  let output = '';
  const asked = new Map<number, PromiseWithResolvers<Measured>>();
  const ready = Promise.withResolvers<number>();
  const hear = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-KEPT);
    if (output.includes(readyLine)) ready.resolve(performance.now() - spawnedAt);
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  child.once('exit', (code) => {
    ready.reject(new Error(`${file} ended with ${String(code)}:\n${output}`));
    for (const { reject } of asked.values()) reject(new Error(`${file} ended:\n${output}`));
  });

  child.on('message', (message) => {
    const { id, measured } = answerSchema.parse(message);
    asked.get(id)?.resolve(measured);
    asked.delete(id);
  });

  async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    }
    return child.exitCode;
  }

  const late = setTimeout(() => {
    ready.reject(new Error(`${file} was not ready within ${READY_WITHIN} ms:\n${output}`));
  }, READY_WITHIN);
  let readyMs: number;
  try {
    readyMs = await ready.promise;
  } catch (error) {
    await stop('SIGKILL');
    throw error;
  } finally {
    clearTimeout(late);
  }
  let questions = 0;
  return {
    readyMs,
    measure(options = {}) {
      const id = (questions += 1);
      const answer = Promise.withResolvers<Measured>();
      asked.set(id, answer);
      child.send({ id, ...options });
      return answer.promise;
    },
    stop: () => stop(),
    async [Symbol.asyncDispose]() {
      // A profile is written at an orderly end alone.
      await stop(profile === undefined ? 'SIGKILL' : 'SIGTERM');
    },
  };
}

/** Starts the bot as `npm start` does; resolves when it is ready. */
export function startBot(environment: Record<string, string>): Promise<MeasuredProcess> {
  return startProcess(BOT, environment, '"msg":"ready"', startArguments());
}

/** Likewise by `node src/index.ts`. */
export function startBotByItsFile(environment: Record<string, string>): Promise<MeasuredProcess> {
  return startProcess(BOT, environment, '"msg":"ready"');
}

/** Starts the bare bot that only defers; resolves when it is ready. */
export function startBareBot(environment: Record<string, string>): Promise<MeasuredProcess> {
  return startProcess(BARE_BOT, environment, 'ready');
}

/** Likewise behind a TypeScript file. */
export function startBareBotTypeScript(environment: Record<string, string>): Promise<MeasuredProcess> {
  return startProcess(BARE_BOT_TYPESCRIPT, environment, 'ready');
}
