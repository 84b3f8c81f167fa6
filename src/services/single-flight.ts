/** One at a time per key: whoever asks while the same is under way gets what that comes to. */
export class SingleFlight<Key, Value> {
  readonly #underWay = new Map<Key, Promise<Value>>();

  /** Runs `act`, or joins the one that is under way for this key. Gives and throws what that one does. */
  run(key: Key, act: () => Promise<Value>): Promise<Value> {
    const known = this.#underWay.get(key);
    if (known !== undefined) return known;
    const running = act().finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, running);
    return running;
  }

  /** What is under way for this key, if something is. */
  underWay(key: Key): Promise<Value> | undefined {
    return this.#underWay.get(key);
  }
}
