/** Copies one store into another: `npm run store:copy -- --from sqlite://data/seedream.sqlite --to redis://127.0.0.1:6379/0`. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { storeLocation, type StoreLocation } from './config.ts';
import { systemClock as clock } from './services/clock.ts';
import { createLog } from './services/log.ts';
import { copyStore, openForCopy, type Progress } from './services/storage/open.ts';
import { StoreError } from './services/storage/storage.ts';

const USAGE = `Copies every record and every reservation of one store into another, empty one.
Stop the bot first, and start it on the new store afterwards.

  npm run store:copy -- --from sqlite://data/seedream.sqlite --to redis://127.0.0.1:6379/0
`;

const log = createLog({ level: 'silent', secrets: [] });

function locationOf(text: string | undefined, option: string): StoreLocation {
  const parsed = storeLocation.safeParse(text ?? '');
  if (parsed.success) return parsed.data;
  throw new StoreError(`${option} ${parsed.error.issues[0]?.message ?? 'is missing'}.\n\n${USAGE}`);
}

/** What a store is called, without its password. */
function nameOf(location: StoreLocation): string {
  if (location.kind === 'sqlite') return resolve(location.path);
  const { protocol, host, pathname } = new URL(location.url);
  return `${protocol}//${host}${pathname}`;
}

/** Shows progress in place on a terminal, else a line for each quarter. */
function createShow(): (progress: Progress) => void {
  let shown = '';
  return ({ what, done, of }) => {
    const line = `${what}: ${done} of ${of}`;
    const quarter = `${what} ${Math.floor((4 * done) / Math.max(1, of))}`;
    if (process.stdout.isTTY) process.stdout.write(`\r${line}${done >= of ? '\n' : ''}`);
    else if (quarter !== shown) process.stdout.write(`${line}\n`);
    shown = quarter;
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
  const [from, to] = [locationOf(values.from, '--from'), locationOf(values.to, '--to')];
  if (nameOf(from) === nameOf(to)) throw new StoreError('--from and --to name the same store.');
  const source = await openForCopy({ location: from, make: false, clock, log });
  try {
    const target = await openForCopy({ location: to, make: true, clock, log });
    try {
      const { records, held, settled, released } = await copyStore({
        source,
        target,
        name: nameOf(from),
        clock,
        show: createShow(),
      });
      const reservations = held + settled + released;
      process.stdout.write(
        `Copied and compared: ${records} records, ${reservations} reservations (${held} of them held).\n` +
          `Set STORE_URL to the new store and start the bot. ${nameOf(from)} is as it was.\n`,
      );
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

try {
  await main();
} catch (error) {
  const wrongOption = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (!(error instanceof StoreError) && !wrongOption) throw error;
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  process.stderr.write(`${error.message}${cause}\n`);
  process.exitCode = 1;
}
