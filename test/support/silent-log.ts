/** A log of the tests' own that nobody reads. */
import { createLog, type Log } from '../../src/services/log.ts';

export const createSilentLog = (): Log => createLog({ level: 'silent', secrets: [] });
