/** Whether the bot can do its work now, and if not, why. */
import { setTimeout as delay } from 'node:timers/promises';

/** The store must answer within this (milliseconds): a load balancer or an orchestrator waits for the page. */
const STORE_WITHIN = 1000;

/** One of this process's gateway shards and its status in discord.js's word. */
export interface Shard {
  id: number;
  status: string;
}

/** What stands in the way; empty when nothing does. Never rejects. */
export type Readiness = () => Promise<string[]>;

export function createReadiness({
  shards,
  ping,
  stopping,
}: {
  /** This process's shards; none before they are known. */
  shards: () => Shard[];
  /** Rejects or stays out when the store does not answer. */
  ping: () => Promise<void>;
  stopping: () => boolean;
}): Readiness {
  async function storeTrouble(): Promise<string[]> {
    const late = new AbortController();
    const silent = delay(STORE_WITHIN, [`The store did not answer within ${STORE_WITHIN} ms.`], {
      signal: late.signal,
    });
    const answered = ping().then(
      () => [],
      () => ['The store failed.'],
    );
    try {
      return await Promise.race([answered, silent]);
    } finally {
      late.abort();
      silent.catch(() => undefined);
    }
  }

  function gatewayTrouble(): string[] {
    const held = shards();
    if (held.length === 0) return ["Discord's gateway is not connected yet."];
    const away = held.filter(({ status }) => status !== 'Ready');
    if (away.length === 0) return [];
    const named = away.slice(0, 10).map(({ id, status }) => `${id} (${status})`);
    const more = away.length > named.length ? ` and ${away.length - named.length} more` : '';
    return [`Gateway shards that are not ready: ${named.join(', ')}${more}.`];
  }

  return async () => {
    if (stopping()) return ['The bot is stopping.'];
    return [...gatewayTrouble(), ...(await storeTrouble())];
  };
}
