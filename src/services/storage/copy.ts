/** Copies everything that one store holds into another, whatever they stand on. */
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { StoreError } from './storage.ts';

/** A record as it is stored: keyv's text, with its expiry (milliseconds since the epoch) where it has one. */
export interface StoredRecord {
  namespace: string;
  id: string;
  text: string;
  expires: number | undefined;
}

/** A reservation with all that its ledger knows of it; `day` and `month` are UTC, as `2026-11-23` and `2026-11`. */
export interface StoredReservation {
  jobId: string;
  guildId: string;
  userId: string;
  images: number;
  at: number;
  day: string;
  month: string;
  state: 'held' | 'settled' | 'released';
  /** Whether the member's name is to go once the day is over. */
  forgetting: boolean;
}

/** What is compared in the end: records, reservations by state, and the images of those that count. */
export interface Counts {
  records: number;
  held: number;
  settled: number;
  released: number;
  images: number;
}

/** A store, open for nobody else where that can be had. Every call rejects with `StoreError` when it fails. */
export interface CopyableStore {
  /** In parts of some hundred; a record may be listed twice. */
  records(): AsyncIterable<StoredRecord[]>;
  reservations(): AsyncIterable<StoredReservation[]>;
  count(): Promise<Counts>;
  putRecords(records: StoredRecord[]): Promise<void>;
  putReservations(reservations: StoredReservation[]): Promise<void>;
  /** Deletes the mark of an unfinished copy: it holds everything now. */
  removeMark(): Promise<void>;
  /** Deletes all of it. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** The record that stands in a store as long as it is not known to hold everything. */
export const MARK = { namespace: 'copying', id: 'unfinished' } as const;

export const markSchema = z.object({ version: z.literal(1), from: z.string() });

const envelopeSchema = z.object({ value: markSchema });

export interface Progress {
  what: 'records' | 'reservations';
  done: number;
  of: number;
}

const isMark = ({ namespace, id }: StoredRecord) => namespace === MARK.namespace && id === MARK.id;
const reservationsOf = ({ held, settled, released }: Counts) => held + settled + released;

function showReservations({ held, settled, released, images }: Counts): string {
  return `${held} held, ${settled} settled and ${released} released reservations of ${images} images`;
}

/** The source that the mark of an unfinished copy names; `undefined` where there is no mark. */
async function markOf(target: CopyableStore): Promise<string | undefined> {
  for await (const part of target.records()) {
    const mark = part.find(isMark);
    if (mark !== undefined) return envelopeSchema.safeParse(JSON.parse(mark.text)).data?.value.from ?? '';
  }
  return undefined;
}

/**
 * Copies a store into an empty one and compares the two. A target that holds an unfinished copy of the same store is
 * emptied first.
 *
 * @param name - what the source is called in the mark; no secrets.
 * @throws StoreError that says why it cannot be done. A copy that was begun is then marked as unfinished, and no bot uses it.
 */
export async function copyStore({
  source,
  target,
  name,
  clock,
  show,
}: {
  source: CopyableStore;
  target: CopyableStore;
  name: string;
  clock: Pick<Clock, 'now'>;
  show: (progress: Progress) => void;
}): Promise<Counts> {
  const there = await target.count();
  if (there.records + reservationsOf(there) > 0) {
    const from = await markOf(target);
    if (from === undefined) {
      throw new StoreError('The target is not empty. Name an empty one; what is in this one has been left as it is.');
    }
    if (from !== name) {
      throw new StoreError(`The target holds an unfinished copy of ${from}. Name an empty one.`);
    }
    await target.clear();
  }
  if ((await markOf(source)) !== undefined) throw new StoreError('The source is itself an unfinished copy.');
  const mark = { value: { version: 1, from: name } };
  await target.putRecords([{ ...MARK, text: JSON.stringify(mark), expires: undefined }]);

  const planned = await source.count();
  const copied = new Map<string, number | undefined>();
  for await (const part of source.records()) {
    await target.putRecords(part);
    for (const { namespace, id, expires } of part) copied.set(`${namespace} ${id}`, expires);
    show({ what: 'records', done: copied.size, of: planned.records });
  }
  const reserved = new Set<string>();
  for await (const part of source.reservations()) {
    await target.putReservations(part);
    for (const { jobId } of part) reserved.add(jobId);
    show({ what: 'reservations', done: reserved.size, of: reservationsOf(planned) });
  }

  // Records may expire while they are counted: there must be at most as many as before the count, at least as many as after.
  const living = () => [...copied.values()].filter((expires) => expires === undefined || expires > clock.now()).length;
  const most = living();
  const found = await target.count();
  const records = found.records - 1;
  if (records > most || records < living()) {
    throw new StoreError(`Of ${most} records the target has ${records}. Run the copy again.`);
  }
  if (showReservations(found) !== showReservations(planned)) {
    throw new StoreError(
      `The source has ${showReservations(planned)}, the target ${showReservations(found)}. Run the copy again.`,
    );
  }
  await target.removeMark();
  return { ...found, records };
}
