/** The SQLite database as the source or target of a copy. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock as clock } from '../../../../src/services/clock.ts';
import { openDatabase } from '../../../../src/services/storage/sqlite/connection.ts';
import { openSqliteForCopy } from '../../../../src/services/storage/sqlite/copy.ts';
import { createSqliteLedger } from '../../../../src/services/storage/sqlite/ledger.ts';
import { describeCopy } from '../../../support/storage-suites/copy.ts';

describeCopy('a copy between SQLite databases', () => {
  const folder = mkdtempSync(join(tmpdir(), 'copy-'));
  const pathOf = (which: string) => join(folder, `${which}.sqlite`);
  return Promise.resolve({
    open: (which) => Promise.resolve(openSqliteForCopy({ path: pathOf(which), make: true, clock })),
    async withLedger(which, act) {
      const database = openDatabase({ path: pathOf(which), clock });
      try {
        return await act(createSqliteLedger({ database }));
      } finally {
        await database.close();
      }
    },
    async whileInUse(which, act) {
      const database = openDatabase({ path: pathOf(which), clock });
      try {
        await act();
      } finally {
        await database.close();
      }
    },
    dispose() {
      rmSync(folder, { recursive: true });
      return Promise.resolve();
    },
  });
});
