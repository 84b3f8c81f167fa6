/**
 * Does something one at a time. Asked again meanwhile, it is done once more for all who asked: what they found changed was there
 * before it begins.
 */
export function onceMore(act: () => Promise<void>): () => void {
  let last = Promise.resolve();
  let isAhead = false;
  return () => {
    if (isAhead) return;
    isAhead = true;
    last = last.then(() => {
      isAhead = false;
      return act();
    });
  };
}
