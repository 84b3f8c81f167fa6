/** Services that measure each of their calls and pass it on. */
import { RunComfyError, type RunComfy } from '../runcomfy/runcomfy.ts';
import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LimitName } from '../ledger/limits.ts';
import type { Metrics } from './metrics.ts';
import type { LookCounter } from './look-counter.ts';
import type { Store } from '../storage/storage.ts';

/** Starts to measure; what it returns gives the seconds since then. */
function stopwatch(clock: Pick<Clock, 'monotonic'>): () => number {
  const begun = clock.monotonic();
  return () => (clock.monotonic() - begun) / 1000;
}

/** @param lookCounter - hears of each status call. */
export function measuredRunComfy(
  api: RunComfy,
  {
    metrics,
    lookCounter,
    clock,
  }: { metrics: Metrics; lookCounter: LookCounter; clock: Pick<Clock, 'now' | 'monotonic'> },
): RunComfy {
  async function measured<T>(
    call: 'submit' | 'status' | 'result' | 'cancel' | 'model' | 'balance',
    run: () => Promise<T>,
  ): Promise<T> {
    const seconds = stopwatch(clock);
    let outcome: string = 'ok';
    try {
      return await run();
    } catch (error) {
      outcome = error instanceof RunComfyError ? error.kind : 'defect';
      throw error;
    } finally {
      metrics.runComfyDuration.observe({ call }, seconds());
      metrics.runComfyCalls.inc({ call, outcome });
    }
  }
  return {
    submit: (request) => measured('submit', () => api.submit(request)),
    status(requestId) {
      lookCounter.count(requestId);
      return measured('status', () => api.status(requestId));
    },
    async result(requestId) {
      const result = await measured('result', () => api.result(requestId));
      if (result.status === 'succeeded' && result.finishedAt !== undefined) {
        metrics.detectionLag.observe(Math.max(0, clock.now() - result.finishedAt) / 1000);
      }
      return result;
    },
    cost: (requestId) => measured('result', () => api.cost(requestId)),
    balance: () => measured('balance', () => api.balance()),
    cancel: (requestId) => measured('cancel', () => api.cancel(requestId)),
    model: (id) => measured('model', () => api.model(id)),
    close: () => api.close(),
  };
}

type TimedCall = <T>(call: string, run: () => Promise<T>) => Promise<T>;

function timing({ metrics, clock }: { metrics: Metrics; clock: Pick<Clock, 'monotonic'> }): TimedCall {
  return async (call, run) => {
    const seconds = stopwatch(clock);
    try {
      return await run();
    } catch (error) {
      metrics.storeFailures.inc({ call });
      throw error;
    } finally {
      metrics.storeDuration.observe({ call }, seconds());
    }
  };
}

export function measuredStore(store: Store, measures: { metrics: Metrics; clock: Pick<Clock, 'monotonic'> }): Store {
  const timed = timing(measures);
  return {
    collection(namespace, schema) {
      const collection = store.collection(namespace, schema);
      return {
        get: (id) => timed('get', () => collection.get(id)),
        set: (id, value, options) => timed('set', () => collection.set(id, value, options)),
        delete: (id, options) => timed('delete', () => collection.delete(id, options)),
        retake: (id, value, claim) => timed('set', () => collection.retake(id, value, claim)),
        // How long reading them all takes is up to the reader, not to the store.
        entries: () => collection.entries(),
      };
    },
    purge: () => timed('purge', () => store.purge()),
    ping: () => timed('ping', () => store.ping()),
    close: () => store.close(),
  };
}

/** How each limit is named as a label: as its environment variable is. */
const LIMIT_LABELS: Record<LimitName, string> = {
  userActiveJobs: 'user_active_jobs',
  guildActiveJobs: 'guild_active_jobs',
  userDailyImages: 'user_daily_images',
  guildDailyImages: 'guild_daily_images',
  guildMonthlyImages: 'guild_monthly_images',
  totalMonthlyImages: 'total_monthly_images',
};

export function measuredLedger(
  ledger: Ledger,
  { metrics, clock }: { metrics: Metrics; clock: Pick<Clock, 'monotonic'> },
): Ledger {
  const timed = timing({ metrics, clock });
  return {
    ...ledger,
    async reserve(reservation, limits) {
      const answer = await timed('reserve', () => ledger.reserve(reservation, limits));
      metrics.reservations.inc({ outcome: answer.outcome });
      if (answer.outcome === 'reserved') metrics.imagesReserved.inc(reservation.images);
      if (answer.outcome === 'refused') metrics.refusals.inc({ limit: LIMIT_LABELS[answer.refusal.limit] });
      return answer;
    },
    reduce: (jobId, images) => timed('reduce', () => ledger.reduce(jobId, images)),
    settle: (jobId, images) => timed('settle', () => ledger.settle(jobId, images)),
    release: (jobId) => timed('release', () => ledger.release(jobId)),
    usage: (guildId, userId, at) => timed('usage', () => ledger.usage(guildId, userId, at)),
    held: (before) => timed('held', () => ledger.held(before)),
  };
}
