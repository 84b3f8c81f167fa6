/**
 * A network between the process that is measured and its stand-ins, in a process of its own, so that it costs neither of
 * them anything. Every address it opens stands for one at the other end of the same access line: each direction delays
 * by `delayMs` and takes `bytesPerMs`, shared evenly by all connections. Told over the IPC channel what to open and
 * where it leads.
 */
import { connect, createServer } from 'node:net';
import { performance } from 'node:perf_hooks';

/** What a connection sends before it is the next one's turn (bytes). */
const TURN = 16 * 1024;

/** The line takes bytes so far ahead (milliseconds). What is beyond waits with its sender, as TCP has it. */
const AHEAD = 8;

/** Bytes that a receiver may be behind, before its sender waits. */
const BEHIND = 1024 * 1024;

const { delayMs, bytesPerMs } = JSON.parse(process.argv[2] ?? '{}');

/** One direction of the line. */
class Direction {
  /** Connections with bytes to send, in turn. */
  #waiting = new Set();
  /** What is on its way, in order: when it arrives, and where. */
  #underWay = [];
  /** When the line has sent what it took. */
  #busyUntil = 0;
  #timer;

  /** Carries everything that `from` receives to `to`, its end included. */
  carry(from, to) {
    const connection = { from, to };
    const wake = () => {
      this.#waiting.add(connection);
      this.#run();
    };
    from.on('readable', wake);
    to.on('drain', wake);
    from.on('end', () => this.#send(to, undefined));
    from.on('close', () => {
      this.#waiting.delete(connection);
      if (!from.readableEnded) to.destroy();
    });
    wake();
  }

  #send(to, chunk) {
    this.#busyUntil = Math.max(this.#busyUntil, performance.now()) + (chunk?.length ?? 0) / bytesPerMs;
    this.#underWay.push({ at: this.#busyUntil + delayMs, to, chunk });
    this.#plan();
  }

  #takeTurns() {
    while (this.#waiting.size > 0 && this.#busyUntil < performance.now() + AHEAD) {
      const [connection] = this.#waiting;
      this.#waiting.delete(connection);
      const { from, to } = connection;
      if (to.destroyed || to.writableLength > BEHIND) continue;
      const chunk = from.read(Math.min(TURN, from.readableLength));
      if (chunk === null) continue;
      this.#waiting.add(connection);
      this.#send(to, chunk);
    }
  }

  #arrive() {
    const now = performance.now();
    while (this.#underWay.length > 0 && this.#underWay[0].at <= now) {
      const { to, chunk } = this.#underWay.shift();
      if (to.destroyed) continue;
      if (chunk === undefined) to.end();
      else to.write(chunk);
    }
  }

  #run() {
    this.#arrive();
    this.#takeTurns();
    this.#plan();
  }

  #plan() {
    if (this.#timer !== undefined || (this.#underWay.length === 0 && this.#waiting.size === 0)) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#run();
    }, 1);
  }
}

const [up, down] = [new Direction(), new Direction()];

function open() {
  let target;
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true, noDelay: true }, (client) => {
    client.on('error', () => client.destroy());
    // A connection stands at the other end, and its client knows, after once there and back.
    setTimeout(() => {
      if (client.destroyed) return;
      const there = connect({ ...target, allowHalfOpen: true, noDelay: true });
      there.on('error', () => there.destroy());
      up.carry(client, there);
      down.carry(there, client);
    }, 2 * delayMs);
  });
  return {
    lead(port) {
      target = { host: '127.0.0.1', port };
    },
    listening: new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve(server.address().port));
    }),
  };
}

const ways = new Map();
process.on('message', async ({ id, lead }) => {
  if (lead !== undefined) {
    ways.get(lead.from).lead(lead.to);
    process.send?.({ id });
    return;
  }
  const way = open();
  const port = await way.listening;
  ways.set(port, way);
  process.send?.({ id, port });
});
process.on('disconnect', () => process.exit(0));
