/** Randomness from a seed. Every use has a name of its own, so that taking one thing out of a history leaves the rest as it was. */

export interface Random {
  /** The next number, 0 to 1. */
  next(): number;
  /** A whole number from `least` to `most`, both among them. */
  integer(least: number, most: number): number;
  /** A number of a log-normal spread around a median: most near it, a few far above. */
  around(median: number, spread: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** The randomness of something within this, by name: the same name gives the same numbers, whatever else was drawn. */
  of(...names: (string | number)[]): Random;
}

/** FNV-1a over a text (http://www.isthe.com/chongo/tech/comp/fnv/), mixed once more as in MurmurHash3. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value ^= text.charCodeAt(index);
    value = Math.imul(value, 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** Numbers from a seed or a name: mulberry32, which needs no more than 32 bits of state. */
export function createRandom(seed: number | string): Random {
  const name = String(seed);
  let state = hash(name);
  const random: Random = {
    next() {
      state = (state + 0x6d2b79f5) | 0;
      let value = Math.imul(state ^ (state >>> 15), 1 | state);
      value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
      return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
    },
    integer: (least, most) => least + Math.floor(random.next() * (most - least + 1)),
    around(median, spread) {
      const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
      return median * Math.exp(spread * normal);
    },
    chance: (probability) => random.next() < probability,
    pick(from) {
      const picked = from[random.integer(0, from.length - 1)];
      if (picked === undefined) throw new RangeError('Nothing to pick from');
      return picked;
    },
    of: (...names) => createRandom([name, ...names].join('/')),
  };
  return random;
}
