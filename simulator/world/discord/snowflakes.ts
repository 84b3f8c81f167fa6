/** Ids of what is made in a history. Each comes of the moment and of what made it, so that others stay as they are without it. */
import type { Random } from '../../kernel/random.ts';

/** The first millisecond of 2015, from which Discord counts. Source: Discord, reference, "Snowflakes". */
const EPOCH = 1_420_070_400_000n;

/** The lower bits of an id: worker, process and increment. */
const LOWER = 22n;

export type Snowflakes = (madeBy: string) => string;

export function createSnowflakes({ now, random }: { now: () => number; random: Random }): Snowflakes {
  const given = new Set<bigint>();
  return (madeBy) => {
    const moment = (BigInt(Math.floor(now())) - EPOCH) << LOWER;
    let id = moment | BigInt(random.of(madeBy).integer(0, 2 ** Number(LOWER) - 1));
    while (given.has(id)) id += 1n;
    given.add(id);
    return String(id);
  };
}
