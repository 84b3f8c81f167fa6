/**
 * Keeps compiled code between starts (`--import` it, as `npm start` and the image do). Plain JavaScript, and before the first
 * `.ts` file: so the bot's entry, too, is found stripped of its types, and Node need not load what strips them (0.1 s and
 * 17 MiB).
 *
 * What is found there runs with the bot's tokens, so the folder is the bot's own, beside the packages it runs on, and it is
 * used by nobody else: one that is not this user's alone is left as it is, and the bot starts without.
 */
import { lstatSync, mkdirSync } from 'node:fs';
// Whole, as a Node that is too old lacks what is used of it, and would say that before the next import is run.
import nodeModule from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import './node-version.mjs';

const FOLDER = join(import.meta.dirname, '../node_modules/.cache/seedream-bot');

/** Makes the folder if need be. @returns whether it is a folder of this user's that no other user can look into. */
function isOwn(folder) {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = lstatSync(folder);
    return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
  } catch {
    // Installed for several users to run, say: here it cannot be made.
    return false;
  }
}

if (isOwn(FOLDER)) nodeModule.enableCompileCache(FOLDER);
