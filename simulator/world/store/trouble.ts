/** How a call to the store may go wrong. Which call meets which is drawn into the plan; what it then does stands here. */

export const STORE_TROUBLES = [
  /** It fails, and nothing is written. */
  'failed',
  /** It is done, and its answer is an error. */
  'lost_answer',
  /** It is done after the bot's deadline (2 s) has passed. */
  'slow',
  /** There is no room: writes fail, reads work. */
  'full',
  /**
   * The store cannot be reached: every call fails at once. One that meets every call (its probability is 1) also ends the
   * connections, and keeps a process that starts meanwhile from opening the store.
   */
  'away',
] as const;
export type StoreTrouble = (typeof STORE_TROUBLES)[number];

/** @throws RangeError where a plan names trouble that the store does not know. */
export function asStoreTrouble(name: string | undefined): StoreTrouble | undefined {
  if (name === undefined) return undefined;
  const known = STORE_TROUBLES.find((trouble) => trouble === name);
  if (known === undefined) throw new RangeError(`The store has no trouble called ${name}`);
  return known;
}
