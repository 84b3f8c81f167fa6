/** Everything that happens in the stand-in, as plain objects; tokens are masked. `at` is in milliseconds. */
export type StandInEvent = { readonly at: number } & (
  | {
      readonly type: 'request';
      readonly id: number;
      readonly method: string;
      readonly path: string;
      readonly bytes: number;
    }
  | {
      readonly type: 'response';
      readonly id: number;
      readonly method: string;
      readonly path: string;
      readonly status: number;
      readonly code: number | null;
    }
  | {
      readonly type: 'message';
      readonly change: 'create' | 'update' | 'delete';
      readonly messageId: string;
      readonly channelId: string;
      readonly interactionId: string | null;
      /** The user who alone sees it. */
      readonly visibleTo: string | null;
    }
  | {
      readonly type: 'interaction';
      readonly change: 'sent' | 'acknowledged' | 'modal' | 'choices' | 'expired';
      readonly interactionId: string;
      readonly userId: string;
      readonly channelId: string;
      readonly afterMs: number;
    }
  | {
      readonly type: 'gateway';
      readonly change: 'open' | 'close' | 'identify' | 'resume' | 'invalid';
      readonly shard: number | null;
      readonly code: number | null;
    }
  | {
      readonly type: 'rateLimit';
      readonly scope: 'user' | 'global';
      readonly bucket: string;
      readonly retryAfterMs: number;
    }
);

type Omitting<Event> = Event extends StandInEvent ? Omit<Event, 'at'> : never;

/** Passes every event to the listeners, in order, and then calls `afterwards`. */
export function createEvents({ now, afterwards }: { now: () => number; afterwards: () => void }) {
  const listeners = new Set<(event: StandInEvent) => void>();
  return {
    emit(event: Omitting<StandInEvent>): void {
      if (listeners.size > 0) {
        const dated: StandInEvent = { ...event, at: now() };
        for (const listener of [...listeners]) listener(dated);
      }
      afterwards();
    },
    /** Listens to every event; returns the function that ends it. */
    listen: (listener: (event: StandInEvent) => void): (() => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export type Events = ReturnType<typeof createEvents>;
