/** What every language has: the keys of the English sentences. */
import type { en } from './en.ts';

export type Sentences = typeof en;
