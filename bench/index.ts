/**
 * The measured promises: `npm run bench` runs every part, `npm run bench -- acknowledge start` those named. `--runs=5`
 * repeats, `--small` shortens, `--long` has the endurance run at its full length and looks at long jobs, too.
 */
import { arch, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';

export interface Size {
  /** How often a part is repeated. */
  runs: number;
  /** Whether sizes are cut down, to see that it works. */
  small: boolean;
  /** Whether the endurance run takes its full length, and long jobs are looked at live, too. */
  long: boolean;
}

const PARTS: Record<string, { title: string; run: (size: Size) => Promise<string> }> = {
  acknowledge: { title: '1. Acknowledging', run: async (size) => (await import('./acknowledge.ts')).acknowledge(size) },
  throughput: { title: '2. Jobs a second', run: async (size) => (await import('./throughput.ts')).throughput(size) },
  'in-flight': { title: '3. Jobs in flight', run: async (size) => (await import('./in-flight.ts')).inFlight(size) },
  polling: { title: '4. Looking at the right moment', run: async () => (await import('./polling.ts')).pollingTable() },
  live: {
    title: '4. Looking at the right moment, live',
    run: async (size) => (await import('./polling-live.ts')).pollingLive(size),
  },
  delivery: { title: '5. From finished to seen', run: async (size) => (await import('./delivery.ts')).delivery(size) },
  many: {
    title: '5. Jobs of many requests',
    run: async (size) => (await import('./many-requests.ts')).manyRequests(size),
  },
  start: { title: '6. Start and idle', run: async (size) => (await import('./start.ts')).start(size) },
  endurance: { title: '7. No growth', run: async (size) => (await import('./endurance.ts')).endurance(size) },
  redis: { title: '8. Redis mode', run: async (size) => (await import('./redis.ts')).redis(size) },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '1' },
    small: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const USAGE = `npm run bench -- [part ...] [--runs=5] [--small] [--long]

--runs=5 repeats, --small cuts sizes down to see that it works, --long takes the full length and long jobs, too. Parts, all where none is named:
${Object.entries(PARTS)
  .map(([name, { title }]) => `  ${name.padEnd(12)} ${title}`)
  .join('\n')}`;
if (values.help) {
  console.log(USAGE);
  process.exit();
}
const size: Size = { runs: Number(values.runs), small: values.small, long: values.long };
const names = positionals.length === 0 ? Object.keys(PARTS) : positionals;
const unknown = names.filter((name) => PARTS[name] === undefined);
if (unknown.length > 0 || !(size.runs >= 1)) {
  console.error(USAGE);
  process.exit(1);
}

const [processor] = cpus();
console.log(`Node ${process.version}, ${arch()}, ${cpus().length} x ${processor?.model ?? 'unknown processor'}`);
console.log(`${(totalmem() / 2 ** 30).toFixed(1)} GiB, load ${loadavg()[0]?.toFixed(1) ?? '?'}, ${size.runs} run(s)\n`);
for (const name of names) {
  const part = PARTS[name];
  if (part === undefined) continue;
  const began = performance.now();
  const text = await part.run(size).catch((error: unknown) => {
    process.exitCode = 1;
    return `This part failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`${part.title} (${seconds} s, load ${loadavg()[0]?.toFixed(1) ?? '?'})\n${text}\n`);
}
process.exit();
