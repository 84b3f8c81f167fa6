/** The processes that a test file starts end with it: at the time limit of a test nobody else ends them. */
import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

/** Kills those that still run. `after-each-file.ts` calls it. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

process.once('exit', endAll);

/** Has this process killed, if it still runs, once all tests of the file are over. */
export function endWithTests(child: ChildProcess): void {
  running.add(child);
  child.once('exit', () => running.delete(child));
}
