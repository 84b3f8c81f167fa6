/** A clock for the bot's process that a test sets, while the stand-ins keep real time. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BotProcess } from '../bot.ts';

const PRELOAD = new URL('shifted-date.ts', import.meta.url).href;

export interface BotClock {
  /** What the bot must be started with. */
  environment: Record<string, string>;
  /** Sets a running bot's clock to a moment (milliseconds since the epoch), from which it goes on. */
  set(bot: BotProcess, at: number): Promise<void>;
  dispose(): void;
}

/** A clock that says `at` now. */
export function createBotClock(at: number): BotClock {
  const folder = mkdtempSync(join(tmpdir(), 'clock-'));
  const file = join(folder, 'offset');
  const write = (moment: number) => {
    writeFileSync(file, String(moment - Date.now()));
  };
  write(at);
  return {
    environment: { NODE_OPTIONS: `--import=${PRELOAD}`, CLOCK_FILE: file },
    async set(bot, moment) {
      write(moment);
      bot.process.kill('SIGUSR2');
      await bot.wrote(`the clock says ${new Date(moment).toISOString().slice(0, 16)}`);
    },
    dispose() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
