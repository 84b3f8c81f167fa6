/** Whether the bot can do its work now, and if not, why. */
import type { Clock } from '../clock.ts';
import { withDeadline } from '../deadline.ts';
import { LostRecordsError } from '../storage/storage.ts';

/** The store must answer within this (milliseconds): a load balancer or an orchestrator waits for the page. */
const STORE_WITHIN = 1000;

/** One of this process's gateway shards, and its status as discord.js names it. */
export interface Shard {
  id: number;
  status: string;
}

/** What keeps the bot from its work; empty when nothing does. Never rejects. */
export type Readiness = () => Promise<string[]>;

class StoreSilent extends Error {}

export function createReadiness({
  shards,
  ping,
  stopping,
  clock,
}: {
  /** This process's shards; none before they are known. */
  shards: () => Shard[];
  /** Rejects, or never settles, when the store does not answer. */
  ping: () => Promise<void>;
  stopping: () => boolean;
  clock: Pick<Clock, 'setTimeout'>;
}): Readiness {
  async function storeTrouble(): Promise<string[]> {
    try {
      await withDeadline(clock, STORE_WITHIN, ping, () => new StoreSilent());
      return [];
    } catch (error) {
      if (error instanceof LostRecordsError) return [error.message];
      const silent = error instanceof StoreSilent;
      return [silent ? `The store did not answer within ${STORE_WITHIN} ms.` : 'The store failed.'];
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
