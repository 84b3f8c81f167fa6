/** The processes on one file: there is one. */
import type { Processes } from '../storage.ts';

export const soleProcess: Processes = {
  count: () => 1,
  pause: () => undefined,
  onPause: () => undefined,
};
