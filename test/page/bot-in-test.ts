/** The playground's bot in the process of the test. As a process it is shown in `command-line` and `limits-and-kill.test.ts`. */
import type { BotProcess } from '../../playground/app/bot-process.ts';
import { startBotInTest } from '../support/bot-in-test.ts';
import { createPassingClock } from '../support/clock/passing-clock.ts';
import type { Bot } from '../support/running-bot.ts';

/** Builds it, not started. */
export function createBotInTest({ environment }: { environment: Record<string, string> }): BotProcess {
  const listeners = new Set<Parameters<BotProcess['on']>[0]>();
  const readers = new Set<(line: string) => void>();
  const lines: string[] = [];
  let bot: Bot | undefined;

  function launch(): Bot {
    const launched = startBotInTest(environment, createPassingClock(), (line) => {
      lines.push(line);
      for (const read of readers) read(line.trimEnd());
    });
    void launched.exited.then((code) => {
      if (bot === launched) bot = undefined;
      for (const listener of listeners) listener({ running: false, code });
    });
    return launched;
  }

  return {
    get running() {
      return bot !== undefined;
    },
    lines,
    start() {
      if (bot !== undefined) return;
      bot = launch();
      for (const listener of listeners) listener({ running: true });
    },
    kill: async () => bot?.end(),
    async stop() {
      await bot?.stop();
    },
    onLine: (listener) => void readers.add(listener),
    on: (listener) => void listeners.add(listener),
  };
}
