/**
 * The store could not do what was asked. The message is for the person who runs the bot: which store, what is wrong
 * and, where they can help, what to do. It holds no record's contents.
 */
export class StoreError extends Error {
  override name = 'StoreError';
}
