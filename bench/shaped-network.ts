/** A network with a delay and a bandwidth between the measured process and its stand-ins. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';

const PROCESS = new URL('shaped-network-process.mjs', import.meta.url).pathname;

/** There and back in milliseconds, and megabits a second each way. */
export const SHAPE = { roundTripMs: 20, megabits: 100 };

const answerSchema = z.object({ id: z.number(), port: z.number().optional() });

/** A way through the network. */
interface Way {
  /** What is called instead of the address that it leads to, `http://127.0.0.1:PORT`. */
  origin: string;
  /** Has it lead to the origin of this address; gives the same address by this way. */
  leadTo(address: string): Promise<string>;
}

export interface ShapedNetwork extends AsyncDisposable {
  open(): Promise<Way>;
}

/** Starts it; all ways share one access line. It ends with this process at the latest. */
export async function startShapedNetwork(): Promise<ShapedNetwork> {
  const options = { delayMs: SHAPE.roundTripMs / 2, bytesPerMs: (SHAPE.megabits * 1e6) / 8 / 1000 };
  const child = fork(PROCESS, [JSON.stringify(options)], { execArgv: [] });
  await once(child, 'spawn');
  const asked = new Map<number, (port: number) => void>();
  child.on('message', (message) => {
    const { id, port = 0 } = answerSchema.parse(message);
    asked.get(id)?.(port);
    asked.delete(id);
  });
  let orders = 0;
  function ask(order: object): Promise<number> {
    const id = (orders += 1);
    return new Promise((resolve) => {
      asked.set(id, resolve);
      child.send({ id, ...order });
    });
  }
  return {
    async open() {
      const from = await ask({});
      return {
        origin: `http://127.0.0.1:${from}`,
        async leadTo(address) {
          const url = new URL(address);
          await ask({ lead: { from, to: Number(url.port) } });
          url.port = String(from);
          return url.href;
        },
      };
    },
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
