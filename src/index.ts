/** The bot, from the command line: `node src/index.ts`. What it is made of is put together in bot.ts. */
import { flushCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
// TypeScript is stripped and compiled once, not at every start; without a place to keep it the bot starts all the same.
import './compile-cache.mjs';

// Loading makes garbage enough for V8 to grow the memory of its young objects to 32 MB, and an idle bot would keep it.
// Under load it may grow, and at once to what a burst of commands needs.
setFlagsFromString('--semi-space-growth-factor=1');
await import('./bot/main.ts');
setFlagsFromString('--semi-space-growth-factor=8');
flushCompileCache();
