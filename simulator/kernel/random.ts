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

/** Where FNV-1a begins. Source: http://www.isthe.com/chongo/tech/comp/fnv/ */
const BASIS = 0x811c9dc5;

/** FNV-1a over a text, going on from what the texts before it came to. */
function hashOn(before: number, text: string): number {
  let value = before;
  for (let index = 0; index < text.length; index += 1) {
    value ^= text.charCodeAt(index);
    value = Math.imul(value, 0x01000193);
  }
  return value;
}

/** Mixed once more as in MurmurHash3: names that differ in their last letter alone begin far apart. */
function mixed(hash: number): number {
  let value = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** Numbers from the hash of a name: mulberry32, which needs no more than 32 bits of state. A history makes thousands of these. */
class NamedRandom implements Random {
  readonly #hash: number;
  #state: number;

  constructor(hash: number) {
    this.#hash = hash;
    this.#state = mixed(hash);
  }

  next(): number {
    const state = (this.#state + 0x6d2b79f5) | 0;
    this.#state = state;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  }

  integer(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  around(median: number, spread: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
    return median * Math.exp(spread * normal);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[this.integer(0, from.length - 1)];
    if (picked === undefined) throw new RangeError('Nothing to pick from');
    return picked;
  }

  of(...names: (string | number)[]): Random {
    return new NamedRandom(names.reduce<number>((hash, name) => hashOn(hash, `/${name}`), this.#hash));
  }
}

/** Numbers from a seed or a name. */
export function createRandom(seed: number | string): Random {
  return new NamedRandom(hashOn(BASIS, String(seed)));
}
