/** The simulator's store does what every store does: the suites of the real ones run against it. */
import { describe } from 'vitest';
import { createDiary } from '../../../simulator/kernel/diary.ts';
import { createProcess } from '../../../simulator/kernel/process.ts';
import { createRandom } from '../../../simulator/kernel/random.ts';
import { createVirtualTime, type VirtualTime } from '../../../simulator/kernel/virtual-time.ts';
import { createConnection } from '../../../simulator/world/store/connection.ts';
import { createContents, type Contents } from '../../../simulator/world/store/contents.ts';
import { createLink } from '../../../simulator/world/store/link.ts';
import { createLedger } from '../../../simulator/world/store/ledger.ts';
import { createRecordsAdapter } from '../../../simulator/world/store/records.ts';
import { createStore } from '../../../src/services/storage/store.ts';
import { systemClock } from '../../../src/services/clock.ts';
import { createSilentLog } from '../../support/silent-log.ts';
import { describeLedger } from '../../support/storage-suites/ledger.ts';
import { describeRecords } from '../../support/storage-suites/records.ts';

const diary = createDiary({ now: () => Date.now(), all: false });
const faults = { trouble: () => undefined, cutOff: () => false, fate: () => undefined };

/** Longer than a call takes (milliseconds). */
const CALL = 10;

/** Virtual time that passes as soon as there is something to come. */
function createPromptTime(): VirtualTime {
  const time = createVirtualTime(createRandom(1));
  let coming = 0;
  let passing = false;

  async function pass(): Promise<void> {
    if (passing) return;
    passing = true;
    while (coming > 0) await time.runUntil(time.now() + CALL);
    passing = false;
  }

  return {
    ...time,
    after(ms, call) {
      coming += 1;
      void pass();
      return time.after(ms, () => {
        coming -= 1;
        call();
      });
    },
  };
}

/** A process that has just begun, connected to these contents; records expire by the machine's clock. */
function connect(contents: Contents, local: boolean) {
  const time = createPromptTime();
  const process = createProcess({ name: 'bot 1', incarnation: 1, time });
  const random = createRandom(1);
  const link = createLink({ process, time, random, outages: { away: [], cuts: [], losses: [] } });
  const of = { process, ground: { time, random, faults, diary }, counts: new Map<string, number>() };
  const connection = createConnection(local ? of : { ...of, link });
  const parts = { contents, connection, now: () => Date.now() };
  return { process, connection, adapterFor: (namespace: string) => createRecordsAdapter({ namespace, ...parts }) };
}

describe.each([
  ['within the process', true],
  ['beside it', false],
])("the simulator's store %s", (_, local) => {
  describeRecords('its records', (log) => {
    const contents = createContents({ now: () => Date.now(), random: createRandom(1), diary });
    const { adapterFor } = connect(contents, local);
    return Promise.resolve({
      store: createStore({ adapterFor, clock: systemClock, log }),
      plant(namespace, id, text) {
        contents.records(namespace).set(id, { text, expires: undefined });
        return Promise.resolve();
      },
      texts: (namespace) =>
        Promise.resolve(new Map([...contents.records(namespace)].map(([id, { text }]) => [id, text]))),
      dispose: () => Promise.resolve(),
    });
  });

  describeLedger('its ledger', () => {
    const contents = createContents({ now: () => Date.now(), random: createRandom(1), diary });
    const { adapterFor, connection } = connect(contents, local);
    const ledgerOver = (over: typeof connection) => createLedger({ contents, connection: over, retention: 0 });
    return Promise.resolve({
      ledger: ledgerOver(connection),
      store: createStore({ adapterFor, clock: systemClock, log: createSilentLog() }),
      reopen: () => Promise.resolve(ledgerOver(connect(contents, local).connection)),
      dispose: () => Promise.resolve(),
    });
  });
});
