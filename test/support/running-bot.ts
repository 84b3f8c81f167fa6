/** A bot that runs, wherever it does: as a process of its own, or in the process of the test. */

export interface Bot {
  /** Everything it wrote so far. */
  output: () => string;
  /** Resolves once a line of its output holds this text. */
  wrote: (text: string) => Promise<void>;
  /** Whether it has not ended. */
  runs: () => boolean;
  /** Stops it as SIGTERM does; resolves with its exit code. */
  stop(): Promise<number | null>;
  /** Ends it at once, whatever it is at. */
  end(): Promise<void>;
  /** Resolves with its exit code when it ends by itself. */
  exited: Promise<number | null>;
}

export interface BotOutput {
  add(text: string): void;
  text: () => string;
  wrote: (text: string) => Promise<void>;
  /** Nothing comes any more: whoever waits for something waits in vain. */
  end(): void;
}

export function createBotOutput(): BotOutput {
  let output = '';
  let ended = false;
  const waiting = new Set<() => void>();
  const look = () => {
    for (const each of waiting) each();
  };
  return {
    add(text) {
      output += text;
      look();
    },
    text: () => output,
    wrote(text) {
      return new Promise((resolve, reject) => {
        const find = () => {
          if (output.includes(text)) resolve();
          else if (ended) reject(new Error(`The bot ended without writing "${text}":\n${output}`));
          else return;
          waiting.delete(find);
        };
        waiting.add(find);
        find();
      });
    },
    end() {
      ended = true;
      look();
    },
  };
}
