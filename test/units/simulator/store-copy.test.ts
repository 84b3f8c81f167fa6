/** The contents of the simulator's store are copied whole, as those of the real ones are. */
import { createDiary } from '../../../simulator/kernel/diary.ts';
import { createRandom } from '../../../simulator/kernel/random.ts';
import { createContents, type Contents } from '../../../simulator/world/store/contents.ts';
import { createLedger } from '../../../simulator/world/store/ledger.ts';
import { MARK, type CopyableStore, type Counts } from '../../../src/services/storage/copy.ts';
import { StoreError } from '../../../src/services/storage/storage.ts';
import { describeCopy } from '../../support/storage-suites/copy.ts';

const now = () => Date.now();

/** Calls that take no time. */
const direct = {
  read: <T>(_what: string, _id: string, act: () => T) => Promise.resolve(act()),
  write: <T>(_what: string, _id: string, act: () => T) => Promise.resolve(act()),
};

/** What a store holds, as a copy reads and writes it. */
function copyable(contents: Contents, namespaces: Set<string>): CopyableStore {
  const { reservations } = contents;
  const stored = () =>
    [...namespaces].flatMap((namespace) =>
      [...contents.records(namespace)]
        .filter(([, { expires }]) => expires === undefined || expires > now())
        .map(([id, { text, expires }]) => ({ namespace, id, text, expires })),
    );
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- the interface is that of stores that wait
    async *records() {
      yield stored();
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- likewise
    async *reservations() {
      yield [...reservations.all()].map((reservation) => ({ ...reservation }));
    },
    count() {
      const counts: Counts = { records: stored().length, held: 0, settled: 0, released: 0, images: 0 };
      for (const { state, images } of reservations.all()) {
        counts[state] += 1;
        if (state !== 'released') counts.images += images;
      }
      return Promise.resolve(counts);
    },
    putRecords(all) {
      for (const { namespace, id, text, expires } of all) {
        namespaces.add(namespace);
        contents.records(namespace).set(id, { text, expires });
      }
      return Promise.resolve();
    },
    putReservations(all) {
      for (const reservation of all) reservations.put(reservation);
      return Promise.resolve();
    },
    removeMark() {
      contents.records(MARK.namespace).delete(MARK.id);
      return Promise.resolve();
    },
    clear() {
      for (const namespace of namespaces) contents.records(namespace).clear();
      reservations.clear();
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

describeCopy("a copy between the simulator's stores", () => {
  const create = () => {
    const contents = createContents({ now, random: createRandom(1), diary: createDiary({ now, all: false }) });
    return { contents, namespaces: new Set<string>() };
  };
  const stores = { source: create(), target: create() };
  let inUse: string | undefined;
  return Promise.resolve({
    open(which) {
      if (which === inUse) return Promise.reject(new StoreError('The store is in use: stop the bot first.'));
      const { contents, namespaces } = stores[which];
      return Promise.resolve(copyable(contents, namespaces));
    },
    withLedger: (which, act) =>
      act(createLedger({ contents: stores[which].contents, connection: direct, retention: 0 })),
    async whileInUse(which, act) {
      inUse = which;
      await act();
      inUse = undefined;
    },
    dispose: () => Promise.resolve(),
  });
});
