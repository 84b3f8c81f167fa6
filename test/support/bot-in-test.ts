/**
 * The whole bot in the process of the test, over real sockets and a real file. Built as `src/bot/main.ts` builds it; what that
 * does for its process (settings, signals, exit codes, output that nobody reads, pages) is shown of processes (`createProcessStage`).
 */
import { connectBot } from '../../src/bot/connect.ts';
import { botIdOf, loadConfig } from '../../src/config.ts';
import { systemClock } from '../../src/services/clock.ts';
import { withDeadline } from '../../src/services/deadline.ts';
import { createLog } from '../../src/services/log.ts';
import { noMonitoring } from '../../src/services/monitoring/monitoring.ts';
import { openStorage } from '../../src/services/storage/open.ts';
import type { PassingClock } from './clock/passing-clock.ts';
import { createBotOutput, type Bot } from './running-bot.ts';

/** How long steps that are under way have at a stop, and connections to be closed, as `src/bot/main.ts` gives them (milliseconds). */
const STEPS_WITHIN = 7000;
const CLOSED_WITHIN = 1000;

/** How long they have where a test is over, and what becomes of them is nobody's business (milliseconds). */
const ENDED_WITHIN = 200;

async function open(
  environment: Record<string, string>,
  { clock, write, ended }: { clock: PassingClock; write: (line: string) => void; ended: () => void },
) {
  const config = loadConfig(environment);
  if (config.http !== undefined) throw new Error('The pages are shown of a process');
  const log = createLog({
    level: config.logLevel,
    secrets: [config.discord.token, config.runcomfy.token],
    output: {
      write,
      flush(written) {
        written();
      },
    },
  });
  const { store: location, retention, discord } = config;
  const storage = await openStorage({ location, retention, application: botIdOf(discord.token), clock, log });
  const connected = connectBot({ config, storage, monitoring: noMonitoring, clock, log, ended });
  return { ...connected, storage };
}

/**
 * Starts the bot with this environment; it is at work when it has written that it is ready.
 *
 * @param hear is told each line that it writes.
 */
export function startBotInTest(
  environment: Record<string, string>,
  clock: PassingClock,
  hear: (line: string) => void = () => undefined,
): Bot {
  const output = createBotOutput();
  const { promise: exited, resolve } = Promise.withResolvers<number>();
  let running = true;

  function over(code: number): void {
    output.end();
    resolve(code);
  }

  const opening = open(environment, {
    clock,
    write(line) {
      output.add(line);
      hear(line);
    },
    ended: () => void close(1, 0),
  });

  /** @param patience how long steps that are under way may take (milliseconds). */
  async function close(code: number, patience: number): Promise<void> {
    if (!running) return;
    running = false;
    const opened = await opening.catch(() => undefined);
    if (opened !== undefined) {
      const { bot, storage, close: disconnect } = opened;
      await bot.stop(patience);
      const closing = () => Promise.all([disconnect(), storage.close()]);
      await withDeadline(systemClock, CLOSED_WITHIN, closing).catch(() => undefined);
    }
    clock.end();
    over(code);
  }

  async function run(): Promise<void> {
    const { bot, login } = await opening;
    const refusal = await bot.prepare();
    if (refusal !== undefined) {
      output.add(refusal);
      await close(1, 0);
      return;
    }
    bot.start();
    if (!(await login())) await close(1, 0);
  }

  run().catch((error: unknown) => {
    output.add(String(error));
    running = false;
    over(1);
  });
  return {
    output: output.text,
    wrote: output.wrote,
    runs: () => running,
    async stop() {
      await close(0, STEPS_WITHIN);
      return exited;
    },
    end: () => close(0, ENDED_WITHIN),
    exited,
  };
}
