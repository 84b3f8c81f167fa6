/** Every effect of the bot on the world passes through here, so that it can die, or its store fail, at any of them. */
import { StoreError } from '../../../../src/services/storage/store-error.ts';

/** What effects of a bot that is dead meet. */
export class DeadError extends Error {}

export type Side = 'before' | 'after';

export interface Effects {
  readonly dead: boolean;
  /** The bot dies at the effect that comes after so many others. */
  dieAt(effects: number, side: Side): void;
  /** The next writes to the store fail: half of them without a trace, half of them though they were written. */
  failStore(writes: number): void;
  /** Runs an effect, unless the bot is dead or dies before it. */
  run<T>(effect: () => Promise<T> | T): Promise<T>;
  /** The same for a write to the store. */
  write<T>(effect: () => Promise<T> | T): Promise<T>;
}

/** The effects of one life of the bot. */
export function createEffects(): Effects {
  let dead = false;
  let death: { left: number; side: Side } | undefined;
  let failing = 0;

  async function run<T>(effect: () => Promise<T> | T): Promise<T> {
    if (dead) throw new DeadError();
    const now = death !== undefined && death.left === 0 ? death.side : undefined;
    if (death !== undefined) death.left -= 1;
    if (now === 'before') dead = true;
    if (dead) throw new DeadError();
    if (now === 'after') dead = true;
    const given = await effect();
    if (now === 'after') throw new DeadError();
    return given;
  }

  return {
    get dead() {
      return dead;
    },
    dieAt(effects, side) {
      death ??= { left: effects, side };
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
