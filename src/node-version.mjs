/**
 * Ends the process with one sentence where Node is too old for the bot. Plain JavaScript that any Node of the last years can
 * load, before the first `.ts` file: what an older one says of that helps nobody. (`--import` it, as the npm scripts do.)
 */
import { writeSync } from 'node:fs';
import process from 'node:process';

/** As `engines` in package.json has it: the first that strips types, has `node:sqlite` and is maintained for years. */
const NEEDED = 24;

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  const ways =
    'install it from https://nodejs.org, or run npm ci without --omit=dev, which brings it along for npm scripts';
  writeSync(2, `seedream-bot needs Node ${NEEDED} or newer, and this is Node ${process.versions.node}: ${ways}.\n`);
  process.exit(1);
}
