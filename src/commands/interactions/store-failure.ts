/** What a person is told where the store fails. */
import { StoreError } from '../../services/storage/storage.ts';

/** Returns what `act` does, or what `fallback` makes of the failure where the store failed; any other error is thrown. */
export async function unlessStoreFails<T>(act: () => Promise<T>, fallback: (error: StoreError) => T): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return fallback(error);
  }
}
