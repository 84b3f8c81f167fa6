/** The bot, from the command line: `node src/index.ts`. */
import { flushCompileCache } from 'node:module';
import './bot/main.ts';

// Node writes what it compiled at an orderly end: a bot that is killed shall find it, too.
flushCompileCache();
