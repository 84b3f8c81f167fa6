/** What the store holds durably: it outlives every process, and is changed by whole acts alone. */
import { JOB_RECORDS } from '../../../src/services/storage/records.ts';
import { createReservations, type Reservations } from './reservations.ts';

/** A record as it is stored. */
export interface StoredText {
  text: string;
  /** Milliseconds since the epoch; `undefined` for ever. */
  expires: number | undefined;
}

export interface Contents {
  /** The records of a namespace, by id; expired ones may be among them. */
  records(namespace: string): Map<string, StoredText>;
  namespaces(): Iterable<[string, ReadonlyMap<string, StoredText>]>;
  reservations: Reservations;
}

export function createContents(): Contents {
  const spaces = new Map<string, Map<string, StoredText>>();

  function records(namespace: string): Map<string, StoredText> {
    const found = spaces.get(namespace) ?? new Map<string, StoredText>();
    spaces.set(namespace, found);
    return found;
  }

  return {
    records,
    namespaces: () => spaces.entries(),
    reservations: createReservations({
      isRecorded: (jobId) => JOB_RECORDS.some((namespace) => records(namespace).has(jobId)),
    }),
  };
}
