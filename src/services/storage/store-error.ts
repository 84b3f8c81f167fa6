/**
 * The store could not do what was asked. The message is for the person who runs the bot: which store, what is wrong
 * and, where they can help, what to do. It holds no record's contents.
 */
export class StoreError extends Error {
  override name = 'StoreError';
}

/** A newer version of the bot has written this record: it is left to that version, which may run beside this one. */
export class NewerRecordError extends StoreError {
  override name = 'NewerRecordError';
}

/** A record stands in the store that can neither be read nor be set aside. */
export class UnreadableRecordError extends StoreError {
  override name = 'UnreadableRecordError';
}

/**
 * The records that this process began with are gone, in whole or in part: nothing that is asked of them now means anything,
 * and no new job may begin. It stays so until the process is started again.
 */
export class LostRecordsError extends StoreError {
  override name = 'LostRecordsError';
}

/**
 * Another process has taken over what this one was doing, as this one seemed dead (cut off from the store, or standing
 * still). Whatever it still has in mind for the job is void.
 */
export class LostClaimError extends Error {
  override name = 'LostClaimError';
}
