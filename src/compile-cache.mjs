/**
 * Keeps compiled code between starts (`--import` it, as `npm start` does). Plain JavaScript, and before the first `.ts` file:
 * so the bot's entry, too, is found stripped of its types, and Node need not load what strips them (0.1 s and 17 MiB).
 */
import { enableCompileCache } from 'node:module';

enableCompileCache();
