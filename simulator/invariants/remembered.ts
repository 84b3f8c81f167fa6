/** Answers that are remembered, for questions that are asked often. */

/** Answers each text as `ask` does, which is asked once; of `most` texts everything is forgotten and asked anew. */
export function remembered<T>(most: number, ask: (text: string) => T): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    const before = answers.get(text);
    if (before !== undefined) return before;
    if (answers.size === most) answers.clear();
    const answer = ask(text);
    answers.set(text, answer);
    return answer;
  };
}
