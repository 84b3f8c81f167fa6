/**
 * What Node is given before one of our programs, so that it finds it compiled, as `npm start` does. Without it the programs for
 * whoever hosts the bot are run in `test/setup/production-install.test.ts` and `test/units/node-version.test.ts`.
 */
export const COMPILED = ['--import', new URL('../../src/compile-cache.mjs', import.meta.url).href] as const;
