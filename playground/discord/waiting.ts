/**
 * Lets others wait for a condition over something that changes: `changed` must be called after each change.
 */
export function createWaiting<Subject>(subject: Subject, describe: () => string) {
  const waiters = new Set<() => void>();
  return {
    changed: (): void => {
      for (const look of [...waiters]) look();
    },

    /**
     * Resolves as soon as the predicate holds.
     *
     * @throws Error (rejects) when it does not within `timeoutMs`, or when the predicate throws
     */
    until(predicate: (subject: Subject) => boolean, timeoutMs = 45_000): Promise<Subject> {
      return new Promise((resolve, reject) => {
        const settle = (finish: () => void): void => {
          clearTimeout(timer);
          waiters.delete(look);
          finish();
        };
        const look = (): void => {
          try {
            if (predicate(subject))
              settle(() => {
                resolve(subject);
              });
          } catch (error) {
            settle(() => {
              reject(error instanceof Error ? error : new Error(String(error)));
            });
          }
        };
        const giveUp = (): void => {
          settle(() => {
            reject(new Error(`Waited ${timeoutMs} ms without result for ${describe()}`));
          });
        };
        const timer = setTimeout(giveUp, timeoutMs);
        waiters.add(look);
        look();
      });
    },
  };
}
