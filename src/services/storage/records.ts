/** What a store keeps its records in, namespace by namespace: one adapter over SQLite, one over Redis. */
import type { KeyvStoreAdapter } from 'keyv';
import type { Claim } from './storage.ts';

/**
 * An adapter as keyv 5 expects them, of one namespace. It keeps namespaces apart by itself: keyv's key prefix is off, as
 * it breaks namespaces that hold a colon and ids that start like their namespace.
 */
export interface RecordsAdapter extends KeyvStoreAdapter {
  /** What keyv has no argument for: writes under a claim. Missing where there are no claims. */
  claimed?: ClaimedWrites;
}

/** Writes that are made only while a claim holds. Each rejects with `LostClaimError` where it does not. */
interface ClaimedWrites {
  /** @param ttl - in milliseconds. */
  set(id: string, text: string, ttl: number | undefined, claim: Claim): Promise<void>;
  /**
   * @param release - whether the claim ends in the same act.
   * @returns whether there was one.
   */
  delete(id: string, claim: Claim, release: boolean): Promise<boolean>;
  /** Makes a claim hold again, if the record is this text still. @returns whether it was. */
  retake(id: string, text: string, claim: Claim): Promise<boolean>;
}

/** The namespaces in which a job's record may stand under the job's id. */
export const JOB_RECORDS = ['jobs', 'finished', 'set-aside:jobs', 'set-aside:finished'] as const;
