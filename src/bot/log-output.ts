/**
 * Where the log's lines go: standard output, which may be read slowly, or by nobody, or closed. A bot must not wait for it:
 * lines that find no room are dropped, and counted.
 */
import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import type { Clock } from '../services/clock.ts';
import type { LogOutput } from '../services/log.ts';

/** So much waits for its reader at most (characters and bytes, whichever the stream counts). */
const WAITING_MAX = 1024 * 1024;

/** Pino's number for a warning. */
const WARNING = 40;

/**
 * Writes to a stream as long as less than a mebibyte waits in it. How many lines were dropped is the next line that is written.
 *
 * @param format - what a line looks like.
 */
export function createStreamOutput(
  stream: Writable,
  { format, clock }: { format: (line: string) => string; clock: Pick<Clock, 'now'> },
): LogOutput {
  let dropped = 0;

  function sayDropped(): void {
    if (dropped === 0 || stream.writableLength > WAITING_MAX) return;
    const msg = 'lines of this log were dropped, as nothing read them';
    const line = JSON.stringify({ level: WARNING, time: clock.now(), dropped, msg });
    dropped = 0;
    stream.write(format(`${line}\n`));
  }

  // Whoever read it is gone. That is no reason to end.
  stream.on('error', () => undefined);
  stream.on('drain', sayDropped);
  return {
    write(line) {
      sayDropped();
      if (!stream.writable) return;
      if (stream.writableLength > WAITING_MAX) dropped += 1;
      else stream.write(format(line));
    },
    flush(written) {
      if (!stream.writable || stream.writableLength === 0) written();
      else
        stream.write('', () => {
          written();
        });
    },
  };
}

/** Writes to an open file. One that takes nothing now, on a full disk, may later: each line is tried. */
function createFileOutput(descriptor: number): LogOutput {
  return {
    write(line) {
      try {
        writeSync(descriptor, line);
      } catch {
        // There is nowhere to say it.
      }
    },
    flush(written) {
      written();
    },
  };
}

/** What is exported and not declared: it makes a line readable at once, in this thread, where nothing of it can be lost. */
interface Prettifying {
  prettyFactory: (options: object) => (line: string) => string | undefined;
}

/** This process's standard output: readable lines on a terminal; lines as they are in a pipe, a socket or a file. */
export async function createStandardOutput(clock: Pick<Clock, 'now'>): Promise<LogOutput> {
  const { stdout } = process;
  if (!(stdout instanceof Socket)) return createFileOutput(1);
  if (!stdout.isTTY) return createStreamOutput(stdout, { format: (line) => line, clock });
  const pretty = ((await import('pino-pretty')).default as unknown as Prettifying).prettyFactory({});
  // Node has a terminal block the whole process while nothing reads it (Ctrl+S); pipes and sockets do not block on Linux.
  const { _handle: handle } = stdout as { _handle?: { setBlocking?: (blocking: boolean) => void } };
  handle?.setBlocking?.(false);
  return createStreamOutput(stdout, { format: (line) => pretty(line) ?? '', clock });
}
