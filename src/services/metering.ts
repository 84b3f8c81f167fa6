/** Measures everything that {@link Measuring} names with Prometheus' metrics. */
import packageJson from '../../package.json' with { type: 'json' };
import type { Clock } from './clock.ts';
import { measureDiscord } from './measured-discord.ts';
import { measureJobs } from './measured-jobs.ts';
import { measuredLedger, measuredRunComfy, measuredStore } from './measured.ts';
import type { Measuring } from './measuring.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createPolls } from './polls.ts';

/** @param pricePerImageUsd - what the host says a picture costs, in US dollars. */
export function createMetering({
  pricePerImageUsd,
  clock,
}: {
  pricePerImageUsd: number;
  clock: Clock;
}): Measuring & { metrics: Metrics } {
  const metrics = createMetrics();
  metrics.info.set({ version: packageJson.version }, 1);
  const polls = createPolls();
  return {
    metrics,
    runComfy: (api) => measuredRunComfy(api, { metrics, polls, clock }),
    store: (store) => measuredStore(store, { metrics }),
    ledger: (ledger) => measuredLedger(ledger, { metrics }),
    ...measureDiscord({ metrics }),
    happened: measureJobs({ metrics, polls, pricePerImageUsd, clock }),
  };
}
