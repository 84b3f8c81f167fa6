/** The text of `/metrics`: what was counted, and what is read from the store when somebody asks. */
import type { Clock } from '../clock.ts';
import type { JobRecords } from '../job/records.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import { SingleFlight } from '../single-flight.ts';
import { countJobs } from './wrap-jobs.ts';
import type { Metrics } from './metrics.ts';
import type { PageSources } from './monitoring.ts';
import type { Readiness, Shard } from './readiness.ts';

/** How long numbers from the store are fresh (milliseconds): several scrapers must not read it over and over. */
const FRESH_FOR = 5000;

export interface MetricsPage {
  contentType: string;
  /** Does not reject where the store fails: then the numbers that come from it are absent. */
  text(): Promise<string>;
}

export function createMetricsPage({
  metrics,
  readiness,
  shards,
  models,
  records,
  ledger,
  ceiling,
  clock,
  log,
}: {
  metrics: Metrics;
  readiness: Readiness;
  shards: () => Shard[];
  models: PageSources['models'];
  records: Pick<JobRecords, 'live'>;
  ledger: Pick<Ledger, 'usage'>;
  /** Images over all guilds per UTC month; `undefined` is none. */
  ceiling: number | undefined;
  clock: Pick<Clock, 'now' | 'monotonic'>;
  log: Log;
}): MetricsPage {
  let readAt = -Infinity;
  const composing = new SingleFlight<'page', string>();
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
    if (clock.monotonic() - readAt < FRESH_FOR) return;
    const read = await Promise.allSettled([countJobs(records.live(), { metrics }), countImages()]);
    const failed = read.find((outcome) => outcome.status === 'rejected');
    if (failed === undefined) readAt = clock.monotonic();
    else log.warn({ err: failed.reason as unknown }, 'the store could not be read for the metrics');
  }

  async function compose(): Promise<string> {
    const [reasons] = await Promise.all([readiness(), readStore()]);
    metrics.ready.set(reasons.length === 0 ? 1 : 0);
    metrics.shards.reset();
    for (const { status } of shards()) metrics.shards.inc({ status });
    for (const { id, offered } of models()) metrics.modelOffered.set({ model: id }, offered ? 1 : 0);
    return metrics.registry.metrics();
  }

  return {
    contentType: metrics.registry.contentType,
    text: () => composing.run('page', compose),
  };
}
