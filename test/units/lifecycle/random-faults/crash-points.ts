/** Every effect of the bot on the world is a crash point: there it can be killed, or its store fail. */
import { StoreError } from '../../../../src/services/storage/storage.ts';

/** What every effect of a killed bot meets. */
export class KilledError extends Error {}

export type Side = 'before' | 'after';

export interface CrashPoints {
  readonly killed: boolean;
  /** The bot is killed at the crash point that comes after so many others. */
  killAt(after: number, side: Side): void;
  /** The next writes to the store fail: half of them without a trace, half of them though they were written. */
  failStore(writes: number): void;
  /** Runs an effect, unless the bot is killed, now or before. */
  run<T>(effect: () => Promise<T> | T): Promise<T>;
  /** The same for a write to the store. */
  write<T>(effect: () => Promise<T> | T): Promise<T>;
}

/** The crash points of one run of the bot. */
export function createCrashPoints(): CrashPoints {
  let killed = false;
  let planned: { left: number; side: Side } | undefined;
  let failing = 0;

  async function run<T>(effect: () => Promise<T> | T): Promise<T> {
    if (killed) throw new KilledError();
    const now = planned !== undefined && planned.left === 0 ? planned.side : undefined;
    if (planned !== undefined) planned.left -= 1;
    if (now === 'before') killed = true;
    if (killed) throw new KilledError();
    if (now === 'after') killed = true;
    const given = await effect();
    if (now === 'after') throw new KilledError();
    return given;
  }

  return {
    get killed() {
      return killed;
    },
    killAt(after, side) {
      planned ??= { left: after, side };
    },
    failStore(writes) {
      failing = writes;
    },
    run,
    write(effect) {
      return run(async () => {
        if (failing === 0) return await effect();
        failing -= 1;
        if (failing % 2 === 1) await effect();
        throw new StoreError('The store fails, as the test has it.');
      });
    },
  };
}
