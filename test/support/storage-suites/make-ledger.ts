/** How a store gives the ledger that its suite runs against. */
import type { Ledger } from '../../../src/services/ledger/ledger.ts';

export interface LedgerUnderTest {
  ledger: Ledger;
  /** The ledger as a new process finds it after the last one died without a word. */
  reopen(): Promise<Ledger>;
  dispose(): Promise<void>;
}

/** Gives a ledger without reservations. */
export type MakeLedger = () => Promise<LedgerUnderTest>;
