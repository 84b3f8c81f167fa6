/** Other customers of the RunComfy stand-in: they keep its queue as long as wished, so that a job has to wait its turn. */
import { MODEL } from './runcomfy/routes.ts';
import type { RunComfyStandIn } from './runcomfy.ts';
import { z } from 'zod';

const INPUT = JSON.stringify({ text: 'Generate 1 image for somebody else', sequential_image_generation_options: 1 });

const submitAnswer = z.object({ request_id: z.string() });

export interface OtherCustomers {
  /** Jobs of theirs that a new job finds before it. */
  readonly ahead: number;
  /** Keeps this many of their jobs queued or running. */
  keepAhead(jobs: number): Promise<void>;
  /** Whether a request id is one of theirs. */
  owns(requestId: string): boolean;
  stop(): void;
}

/** Builds them; they ask for nothing until told how many jobs to keep. */
export function createOtherCustomers({
  runcomfy,
  token,
}: {
  runcomfy: RunComfyStandIn;
  token: string;
}): OtherCustomers {
  const own = new Set<string>();
  let wanted = 0;
  let filling = Promise.resolve();

  const live = () =>
    runcomfy.jobs.filter(({ requestId, finishedAt }) => finishedAt === undefined && own.has(requestId));

  async function fill(): Promise<void> {
    for (let missing = wanted - live().length; missing > 0; missing -= 1) {
      const response = await fetch(`${runcomfy.url}/models/${MODEL}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: INPUT,
      });
      own.add(submitAnswer.parse(await response.json()).request_id);
    }
  }

  /** One filling at a time; a stand-in that refuses right now is filled again when a job ends. */
  function refill(): Promise<void> {
    filling = filling.then(fill).catch(() => undefined);
    return filling;
  }

  const end = runcomfy.on((event) => {
    if (event.type === 'job' && own.has(event.requestId) && event.state === 'succeeded') void refill();
  });

  return {
    get ahead() {
      return wanted;
    },
    async keepAhead(jobs) {
      wanted = jobs;
      for (const { requestId } of live().slice(wanted).toReversed()) runcomfy.finish(requestId);
      await refill();
    },
    owns: (requestId) => own.has(requestId),
    stop() {
      wanted = 0;
      end();
    },
  };
}
