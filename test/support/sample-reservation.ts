/** A reservation and limits to start from. */
import type { Reservation } from '../../src/services/ledger/ledger.ts';
import type { Limits } from '../../src/services/ledger/limits.ts';

export const NOON = Date.UTC(2026, 10, 23, 12);

export const UNLIMITED: Limits = {
  guildDailyImages: 1_000_000,
  guildMonthlyImages: 1_000_000,
  userDailyImages: 1_000_000,
  guildActiveJobs: 1_000_000,
  userActiveJobs: 1_000_000,
  totalMonthlyImages: undefined,
};

export function reservation(jobId: string, over: Partial<Reservation> = {}): Reservation {
  return { jobId, guildId: 'guild', userId: 'user', images: 3, at: NOON, ...over };
}
