/** The bot, from the command line: `node src/index.ts`. What it is made of is put together in bot.ts. */
import { enableCompileCache, flushCompileCache } from 'node:module';

// TypeScript is stripped and compiled once, not at every start; without a place to keep it the bot starts all the same.
enableCompileCache();
await import('./bot.ts');
flushCompileCache();
