import { describe, expect, it } from 'vitest';
import { measure } from '../../../bench/polling.ts';
import { SCENARIOS } from '../../../bench/polling-scenarios.ts';

describe('polls and lag over simulated jobs, learnt from the bot’s own looks', () => {
  /** No schedule within the bounds does with 35 there: see the bench, which computes the fewest possible. */
  const beyond35: Record<string, number> = { '300 s, spread 0.4': 38.5, '300 s, spread 0.5': 42 };
  const size = { histories: 3, warmUp: 60, learning: 60, measured: 12 };

  it.each(SCENARIOS)('$name: fewer polls than the 2 s loop at its lag, and both promises as shipped', (scenario) => {
    const { share, shipped } = measure(scenario, size);
    expect(share).toBeLessThanOrEqual(scenario.shareAtMost);
    // What was learnt differs from history to history: the mean of three is sure to about 4 %.
    expect(shipped.lagMs).toBeLessThanOrEqual(1.04 * Math.max(1000, 0.015 * scenario.medianMs));
    expect(shipped.polls).toBeLessThanOrEqual(beyond35[scenario.name] ?? 35);
  });
});
