/** Measures everything that {@link Monitoring} names with Prometheus' metrics. */
import packageJson from '../../../package.json' with { type: 'json' };
import type { Clock } from '../clock.ts';
import { measureDiscord } from './wrap-discord.ts';
import { measureJobs } from './wrap-jobs.ts';
import { measuredLedger, measuredRunComfy, measuredStore } from './wrap-services.ts';
import type { Monitoring } from './monitoring.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createLookCounter } from './look-counter.ts';

/** @param pricePerImageUsd - what the host says a picture costs, in US dollars. */
export function createMonitoring({
  pricePerImageUsd,
  clock,
}: {
  pricePerImageUsd: number;
  clock: Clock;
}): Monitoring & { metrics: Metrics } {
  const metrics = createMetrics();
  metrics.info.set({ version: packageJson.version }, 1);
  const lookCounter = createLookCounter();
  return {
    metrics,
    runComfy: (api) => measuredRunComfy(api, { metrics, lookCounter, clock }),
    store: (store) => measuredStore(store, { metrics }),
    ledger: (ledger) => measuredLedger(ledger, { metrics }),
    ...measureDiscord({ metrics }),
    happened: measureJobs({ metrics, lookCounter, pricePerImageUsd, clock }),
  };
}
