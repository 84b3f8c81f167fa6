/** The processes that a test file starts end with it: at the time limit of a test nobody else ends them. */
import type { ChildProcess } from 'node:child_process';
import { afterAll } from 'vitest';

const running = new Set<ChildProcess>();

function endAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

// Registered before the hooks of the file that imports this, and so run after them. The bench has no tests.
if (process.env['VITEST'] !== undefined) afterAll(endAll);
process.once('exit', endAll);

/** Has this process killed, if it still runs, once all tests of the file are over. */
export function endWithTests(child: ChildProcess): void {
  running.add(child);
  child.once('exit', () => running.delete(child));
}
