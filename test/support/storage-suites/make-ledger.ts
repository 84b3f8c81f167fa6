/** How a store gives the ledger that its suite runs against. */
import type { Ledger } from '../../../src/services/ledger/ledger.ts';
import type { Store } from '../../../src/services/storage/storage.ts';

export interface LedgerUnderTest {
  ledger: Ledger;
  /** The records beside it, on the same store. */
  store: Store;
  /** The ledger as a new process finds it after the last one died without a word. */
  reopen(): Promise<Ledger>;
  dispose(): Promise<void>;
}

/** Gives a ledger without reservations. */
export type MakeLedger = () => Promise<LedgerUnderTest>;
