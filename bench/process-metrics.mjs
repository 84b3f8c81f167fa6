/**
 * Loaded into a measured process before its program (`--import`), the bot's and the bare one's alike: answers over the
 * IPC channel what the process has used. Plain JavaScript, so that it costs a process no more than it must.
 */
import { subscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** @type {import('node:perf_hooks').IntervalHistogram | undefined} */
let delays;

/** Bytes. The most that getrusage tells is, on Linux, never less than what the parent had when it made this process. */
function peakRss() {
  try {
    const [, kibibytes] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kibibytes !== undefined) return Number(kibibytes) * 1024;
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS * 1024;
}

/** When the newest result had been read, and the processor's time then and at Discord's newest answer about a message. */
let calls;

function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Follows the calls of results, and those that make and change messages, from now on. */
function followCalls() {
  if (calls !== undefined) return;
  calls = {};
  subscribe('undici:request:trailers', ({ request: { path } }) => {
    const [address] = path.split('?');
    if (address.endsWith('/result'))
      calls = { resultAt: performance.timeOrigin + performance.now(), resultCpuMs: cpuMs() };
    else if (address.includes('/messages')) calls.postedCpuMs = cpuMs();
  });
}

function measure() {
  const kinds = {};
  for (const kind of process.getActiveResourcesInfo()) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
  return {
    cpuMs: cpuMs(),
    calls,
    rss,
    heapUsed,
    external,
    arrayBuffers,
    peakRss: peakRss(),
    resources: kinds,
    delayP50Ms: (delays?.percentile(50) ?? 0) / 1e6,
    delayP99Ms: (delays?.percentile(99) ?? 0) / 1e6,
    delayMaxMs: (delays?.max ?? 0) / 1e6,
  };
}

process.on('message', ({ id, collect, watch, follow }) => {
  if (follow) followCalls();
  if (watch) {
    delays ??= monitorEventLoopDelay({ resolution: 1 });
    delays.enable();
    delays.reset();
  }
  if (collect) {
    // The second finds what finalisers of the first let go.
    globalThis.gc?.();
    globalThis.gc?.();
  }
  process.send?.({ id, measured: measure() });
});
// Nobody is left to measure it.
process.on('disconnect', () => process.exit());
process.channel?.unref();
