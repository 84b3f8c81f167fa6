/**
 * A process that reserves one image a job in bursts of 40 until it has asked `count` times, and prints the job id of
 * each reservation that the ledger confirmed. Usage: node reserving-process.ts <file> <name> <count> <limit>
 */
import { systemClock } from '../../../../src/services/clock.ts';
import { createSqliteLedger } from '../../../../src/services/storage/sqlite/ledger.ts';
import { openDatabase } from '../../../../src/services/storage/sqlite/connection.ts';
import { reservation, UNLIMITED } from '../../../support/sample-reservation.ts';

const [path = '', name = '', count = '0', limit = '0'] = process.argv.slice(2);
const database = openDatabase({ clock: systemClock, path });
const ledger = createSqliteLedger({ database });
for (let asked = 0; asked < Number(count); asked += 40) {
  await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const jobId = `${name}-${asked + index}`;
      const limits = { ...UNLIMITED, guildDailyImages: Number(limit) };
      const { outcome } = await ledger.reserve(reservation(jobId, { images: 1 }), limits);
      if (outcome === 'reserved') process.stdout.write(`${jobId}\n`);
    }),
  );
}
await database.close();
