/**
 * Run before each test file (`setupFiles`). Test files of one worker share what they import, so a hook in a module is there for
 * the first of them only: what has to be done after every file stands here.
 */
import { afterAll } from 'vitest';
import { endAll } from './child-processes.ts';

// Registered before the hooks of the file, and so run after them.
afterAll(endAll);
