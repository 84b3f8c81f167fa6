/** What the store holds durably: it outlives every process, and is changed by whole acts alone. */
import { JOB_RECORDS } from '../../../src/services/storage/records.ts';
import type { Diary } from '../../kernel/diary.ts';
import type { Random } from '../../kernel/random.ts';
import { createReservations, type Reservations } from './reservations.ts';
import { createClaimBook, type ClaimBook } from './shared/claim-book.ts';
import { createQueue, type Queue } from './shared/queue.ts';

/** A record as it is stored. */
export interface StoredText {
  text: string;
  /** Milliseconds since the epoch; `undefined` for ever. */
  expires: number | undefined;
}

export interface Contents {
  /** The records of a namespace, by id; expired ones may be among them. */
  records(namespace: string): Map<string, StoredText>;
  reservations: Reservations;
  /** What stands beside them where several processes share the store. */
  claims: ClaimBook;
  queue: Queue;
  /** Deletes what has expired by a moment (milliseconds since the epoch). */
  sweep(now: number): void;
  /** How many records and reservations there are. */
  size(): number;
  /** Keeps how everything is now; what it returns brings that back. */
  snapshot(): () => void;
}

/** @param now - the store's own time (milliseconds since the epoch). */
export function createContents({ now, random, diary }: { now: () => number; random: Random; diary: Diary }): Contents {
  const spaces = new Map<string, Map<string, StoredText>>();

  function records(namespace: string): Map<string, StoredText> {
    const found = spaces.get(namespace) ?? new Map<string, StoredText>();
    spaces.set(namespace, found);
    return found;
  }

  const reservations = createReservations({
    isRecorded: (jobId) => JOB_RECORDS.some((namespace) => records(namespace).has(jobId)),
  });
  const claims = createClaimBook({
    now,
    takenOver(jobId, by, from) {
      diary.write(by.replace(/ \(.*/, ''), `takes job ${jobId} over from ${from}`);
    },
  });
  const queue = createQueue({ now, drawn: (jobId, take) => random.of('store', 'stalled', jobId, take).next() });

  return {
    records,
    reservations,
    claims,
    queue,
    sweep(moment) {
      for (const space of spaces.values()) {
        for (const [id, { expires }] of space) if (expires !== undefined && expires <= moment) space.delete(id);
      }
    },
    size: () => [...spaces.values()].reduce((sum, { size }) => sum + size, reservations.size),
    snapshot() {
      const kept = [...spaces].map(([namespace, space]) => [namespace, new Map(space)] as const);
      const reserved = [...reservations.all()].map((each) => ({ ...each }));
      const restores = [claims.snapshot(), queue.snapshot()];
      return () => {
        for (const space of spaces.values()) space.clear();
        for (const [namespace, space] of kept) for (const [id, stored] of space) records(namespace).set(id, stored);
        reservations.clear();
        for (const each of reserved) reservations.put(each);
        for (const restore of restores) restore();
      };
    },
  };
}
