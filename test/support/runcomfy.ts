/** The jobs that RunComfy has been given, found by what was asked for. */
import type { StandInJob } from '../../playground/runcomfy/stand-in.ts';
import { plainText } from '../../src/services/plain-text.ts';
import type { Stage } from './bot.ts';
import { PATIENCE } from './waiting.ts';

/** Waits until something of RunComfy's is found; looked for at each of its calls. */
function found<Thing>(
  { runcomfy }: Stage,
  { what, find, patience = PATIENCE }: { what: string; find: () => Thing | undefined; patience?: number | undefined },
): Promise<Thing> {
  const { promise, resolve, reject } = Promise.withResolvers<Thing>();
  const look = () => {
    const thing = find();
    if (thing !== undefined) resolve(thing);
  };
  const stopListening = runcomfy.on(look);
  const timer = setTimeout(() => {
    reject(new Error(`Waited ${patience} ms in vain for ${what}`));
  }, patience);
  look();
  return promise.finally(() => {
    clearTimeout(timer);
    stopListening();
  });
}

/**
 * RunComfy's jobs of a prompt, the oldest first: those that were sent exactly this prompt, on one line, alone or with its
 * number worded in before it. A prompt that begins or ends like another one is not taken for it.
 *
 * @param prompt the whole prompt, as its member typed it.
 */
export function jobsOf({ runcomfy }: Pick<Stage, 'runcomfy'>, prompt: string): StandInJob[] {
  const typed = plainText(prompt);
  return runcomfy.jobs.filter(({ input: { text, images } }) => {
    return text === typed || text === `Generate ${images} ${images === 1 ? 'image' : 'images'}: ${typed}`;
  });
}

/** How often RunComfy made a job of this whole prompt. */
export function submits(stage: Pick<Stage, 'runcomfy'>, prompt: string): number {
  return jobsOf(stage, prompt).length;
}

/**
 * Waits for RunComfy's first job of this whole prompt.
 *
 * @param patience how long, in milliseconds.
 */
export function submitted(stage: Stage, prompt: string, patience?: number): Promise<StandInJob> {
  return found(stage, { what: `the submit of "${prompt}"`, find: () => jobsOf(stage, prompt)[0], patience });
}

/**
 * Waits until RunComfy has taken so many requests of this whole prompt, which a model of single pictures is asked for; gives
 * them, the oldest first.
 */
export function requests(stage: Stage, prompt: string, count: number): Promise<StandInJob[]> {
  const find = () => {
    const taken = jobsOf(stage, prompt);
    return taken.length >= count ? taken : undefined;
  };
  return found(stage, { what: `${count} requests of "${prompt}"`, find });
}

/** Waits until the bot has asked for a job's state so many times more. */
export async function looks(stage: Stage, { polls }: StandInJob, more: number): Promise<void> {
  const enough = polls.status + more;
  await found(stage, { what: `${more} looks`, find: () => (polls.status >= enough ? true : undefined) });
}
