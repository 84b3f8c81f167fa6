/** The bot, from the command line: `node src/index.ts`. */
import { flushCompileCache } from 'node:module';
// Before anything else is compiled; `npm start` has loaded it before this file.
import './compile-cache.mjs';

await import('./bot/main.ts');

// Node writes what it compiled at an orderly end: a bot that is killed shall find it, too.
flushCompileCache();
