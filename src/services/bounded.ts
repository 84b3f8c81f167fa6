/** Memories that do not grow for ever: the newest so many are kept, and the oldest makes room. */

/** A map of at most `max` entries. An entry that is set again is the newest again. */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #max: number;

  constructor(max: number) {
    super();
    this.#max = max;
  }

  override set(key: Key, value: Value): this {
    this.delete(key);
    super.set(key, value);
    if (this.size > this.#max) for (const oldest of this.keys().take(1)) this.delete(oldest);
    return this;
  }
}

/** A set of at most `max` values. A value that is added again is the newest again. */
export class BoundedSet<Value> extends Set<Value> {
  readonly #max: number;

  constructor(max: number) {
    super();
    this.#max = max;
  }

  override add(value: Value): this {
    this.delete(value);
    super.add(value);
    if (this.size > this.#max) for (const oldest of this.values().take(1)) this.delete(oldest);
    return this;
  }
}
