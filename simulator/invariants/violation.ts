/** What was promised and did not hold: the end of a history. */

export class Violation extends Error {
  override readonly name = 'Violation';
  /** The invariant that did not hold, by its name: shrinking goes on for as long as it is the same one. */
  readonly invariant: string;
  /** What the sentence was made from. */
  readonly facts: Readonly<Record<string, unknown>>;

  /** @param sentence - what happened, for a person who does not know the code. */
  constructor(invariant: string, sentence: string, facts: Readonly<Record<string, unknown>> = {}) {
    super(sentence);
    this.invariant = invariant;
    this.facts = facts;
  }
}
