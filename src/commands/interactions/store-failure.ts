/** What a person is told where the store fails. */
import type { Translate } from '../../languages/languages.ts';
import { LostRecordsError, StoreError } from '../../services/storage/storage.ts';

/**
 * Returns what `act` does; where the store failed, the sentence of `fallback` for a failure that may pass, or the one for records
 * that are gone. Any other error is thrown.
 */
export async function unlessStoreFails<T>(
  t: Translate,
  act: () => Promise<T>,
  fallback: (error: StoreError) => string,
): Promise<T | string> {
  try {
    return await act();
  } catch (error) {
    // That has been logged once.
    if (error instanceof LostRecordsError) return t('refusal.recordsLost');
    if (!(error instanceof StoreError)) throw error;
    return fallback(error);
  }
}
