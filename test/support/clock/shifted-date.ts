/**
 * Loaded into the bot's process before anything else (`NODE_OPTIONS=--import=...`): the time is off by as many
 * milliseconds as the file `CLOCK_FILE` says, read at the start and again at each SIGUSR2.
 */
import { readFileSync } from 'node:fs';

const RealDate = Date;
const file = process.env['CLOCK_FILE'] ?? '';
const read = () => Number(readFileSync(file, 'utf8'));
let offset = read();
const now = () => RealDate.now() + offset;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: unknown[], newTarget: typeof RealDate): Date =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
  get: (target, key): unknown => (key === 'now' ? now : Reflect.get(target, key)),
});

process.on('SIGUSR2', () => {
  offset = read();
  process.stdout.write(`the clock says ${new Date().toISOString()}\n`);
});
