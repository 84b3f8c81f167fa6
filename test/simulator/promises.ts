/** Runs histories and fails with the story of those that broke a promise. */
import { expect } from 'vitest';
import { runCampaign } from '../../simulator/campaign.ts';
import type { Drawing } from '../../simulator/options.ts';
import { failureText, summaryText } from '../../simulator/report.ts';

/** How many histories of each kind are run: 300 in all. */
export const KINDS: (Pick<Drawing, 'faults' | 'processes'> & { histories: number })[] = [
  { faults: 'none', processes: 1, histories: 20 },
  { faults: 'usual', processes: 1, histories: 150 },
  { faults: 'hell', processes: 1, histories: 110 },
  { faults: 'usual', processes: 3, histories: 10 },
  { faults: 'hell', processes: 3, histories: 10 },
];

/** Histories take a processor and wait for nothing: how long that is goes by what else the machine does (milliseconds). */
export const TIMEOUT = 10 * 60_000;

/** As many histories as are asked for, from a seed on; whoever reads a failure gets the command that shows it again. */
export async function expectPromisesKept({
  seed,
  histories,
  ...kind
}: Pick<Drawing, 'faults' | 'processes'> & { seed: number; histories: number }): Promise<void> {
  const drawing = { hours: 6, jobs: 20, models: 'any' as const, ...kind };
  const seeds = Array.from({ length: histories }, (_, index) => seed + index);
  const campaign = await runCampaign({ drawing, seeds });
  // A history in which nothing happens would keep every promise.
  expect(campaign.totals.pictures).toBeGreaterThan(histories);
  expect(campaign.failures.map(failureText).join('\n\n'), summaryText(campaign)).toBe('');
}
