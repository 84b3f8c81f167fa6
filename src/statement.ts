/**
 * `npm run statement -- --month 2026-11 [--csv]`: what all servers used in a month and what RunComfy billed for it, beside the
 * balance's change. It only reads, and can run beside the bot.
 */
import { parseArgs } from 'node:util';
import { ConfigError, loadConfig } from './config.ts';
import { systemClock as clock } from './services/clock.ts';
import { utcMonth } from './services/ledger/limits.ts';
import { StoreError } from './services/storage/storage.ts';
import { csvOf } from './statement/csv.ts';
import { gatherStatement } from './statement/gather.ts';
import { textOf } from './statement/text.ts';

const USAGE = 'npm run statement -- --month 2026-11, or npm run --silent statement -- --month 2026-11 --csv\n';
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** What the command line asks for; `undefined` where it makes no sense. */
function readOptions(): { month: string; csv: boolean } | undefined {
  try {
    const { month = utcMonth(clock.now()), csv = false } = parseArgs({
      options: { month: { type: 'string' }, csv: { type: 'boolean' } },
    }).values;
    return MONTH.test(month) ? { month, csv } : undefined;
  } catch {
    return undefined;
  }
}

async function print({ month, csv }: { month: string; csv: boolean }): Promise<void> {
  try {
    const statement = await gatherStatement(loadConfig(), { month, clock });
    process.stdout.write(csv ? csvOf(statement) : textOf(statement));
  } catch (error) {
    if (!(error instanceof StoreError) && !(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

const options = readOptions();
if (options === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 1;
} else await print(options);
