/** Ends the process at the moment it must end, whatever holds it up. */
import { Worker } from 'node:worker_threads';

/** What Node does in threads that `process.exit` waits for: looking up names, work on files. Either may hang. */
const THREAD_WORK = /^(FSReq|GetAddrInfo|GetNameInfo)/;

/** Whether `process.exit` would have to wait. */
export function threadsWork(): boolean {
  return process.getActiveResourcesInfo().some((name) => THREAD_WORK.test(name));
}

/** Ends the process now: with this code, or by SIGKILL where a thread hangs. */
export function exitNow(code: number): never {
  if (threadsWork()) process.kill(process.pid, 'SIGKILL');
  process.exit(code);
}

/** Kills the process in so many milliseconds, should it still be there: from a thread of its own, as the main one may hang. */
export function killAfter(milliseconds: number): void {
  const kill = `setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${milliseconds})`;
  new Worker(kill, { eval: true, execArgv: [], env: {} }).on('error', () => undefined).unref();
}
