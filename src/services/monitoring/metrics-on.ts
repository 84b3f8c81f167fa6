/** Measures everything that {@link Monitoring} names with Prometheus' metrics, and shows it on the pages of `HTTP_PORT`. */
import packageJson from '../../../package.json' with { type: 'json' };
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { openHttpPages } from './http-pages.ts';
import { createLookCounter } from './look-counter.ts';
import { createMetricsPage } from './metrics-page.ts';
import { createMetrics } from './metrics.ts';
import type { Monitoring } from './monitoring.ts';
import { createReadiness } from './readiness.ts';
import { measureDiscord } from './wrap-discord.ts';
import { measureJobs } from './wrap-jobs.ts';
import { measuredLedger, measuredRunComfy, measuredStore } from './wrap-services.ts';

/**
 * @param port - where the pages are opened.
 * @param ceiling - images over all guilds per UTC month; `undefined` is none.
 */
export function createMonitoring({
  port,
  ceiling,
  clock,
  log,
}: {
  port: number;
  ceiling: number | undefined;
  clock: Pick<Clock, 'now' | 'monotonic' | 'setTimeout'>;
  log: Log;
}): Monitoring {
  const metrics = createMetrics();
  metrics.info.set({ version: packageJson.version }, 1);
  const lookCounter = createLookCounter();
  return {
    runComfy: (api) => measuredRunComfy(api, { metrics, lookCounter, clock }),
    store: (store) => measuredStore(store, { metrics, clock }),
    ledger: (ledger) => measuredLedger(ledger, { metrics, clock }),
    ...measureDiscord({ metrics, clock }),
    happened: measureJobs({ metrics, lookCounter, clock }),

    async openPages({ shards, ping, stopping, records, ledger, models }) {
      const readiness = createReadiness({ shards, ping, stopping, clock });
      const metricsPage = createMetricsPage({
        metrics,
        readiness,
        shards,
        models,
        records,
        ledger,
        ceiling,
        clock,
        log,
      });
      await openHttpPages({ port, readiness, metricsPage, log });
    },
  };
}
