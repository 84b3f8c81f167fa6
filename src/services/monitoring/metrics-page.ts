/** The text of `/metrics`: what was counted, and what is looked up when somebody asks. */
import type { Clock } from '../clock.ts';
import type { JobRecords } from '../job/records.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import { countJobs } from './wrap-jobs.ts';
import type { Metrics } from './metrics.ts';
import type { Readiness, Shard } from './readiness.ts';

/** How long numbers read from the store hold (milliseconds): several scrapers must not read it over and over. */
const FRESH_FOR = 5000;

export interface MetricsPage {
  contentType: string;
  /** Never rejects for a store that fails: then what would be read from it is absent. */
  text(): Promise<string>;
}

export function createMetricsPage({
  metrics,
  readiness,
  shards,
  records,
  ledger,
  ceiling,
  clock,
  log,
}: {
  metrics: Metrics;
  readiness: Readiness;
  shards: () => Shard[];
  records: Pick<JobRecords, 'live'>;
  ledger: Pick<Ledger, 'usage'>;
  /** Images over all guilds per UTC month; `undefined` is none. */
  ceiling: number | undefined;
  clock: Clock;
  log: Log;
}): MetricsPage {
  let readAt = -Infinity;
  let running: Promise<string> | undefined;
  if (ceiling === undefined) metrics.imagesCeiling.remove();
  else metrics.imagesCeiling.set(ceiling);

  async function countImages(): Promise<void> {
    try {
      const { totalMonthlyImages } = await ledger.usage('', '', clock.now());
      metrics.imagesThisMonth.set(totalMonthlyImages);
    } catch (error) {
      metrics.imagesThisMonth.remove();
      throw error;
    }
  }

  async function readStore(): Promise<void> {
    if (performance.now() - readAt < FRESH_FOR) return;
    const read = await Promise.allSettled([countJobs(records.live(), { metrics }), countImages()]);
    const failed = read.find((outcome) => outcome.status === 'rejected');
    if (failed === undefined) readAt = performance.now();
    else log.warn({ err: failed.reason as unknown }, 'the store could not be read for the metrics');
  }

  async function compose(): Promise<string> {
    const [reasons] = await Promise.all([readiness(), readStore()]);
    metrics.ready.set(reasons.length === 0 ? 1 : 0);
    metrics.shards.reset();
    for (const { status } of shards()) metrics.shards.inc({ status });
    return metrics.registry.metrics();
  }

  return {
    contentType: metrics.registry.contentType,
    text() {
      running ??= compose().finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}
