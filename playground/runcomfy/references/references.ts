/** The references of jobs: read when the behaviour says so, and remembered with the job. */
import type { Behaviour } from '../behaviour.ts';
import type { Events } from '../events.ts';
import type { Input } from '../input/input.ts';
import { sizeOfRatio } from '../input/size.ts';
import type { StandInJob } from '../jobs/job.ts';
import type { Model } from '../models/model.ts';
import { readReferences, UnusableReference, type Reference } from './read.ts';

export interface References {
  /** Reads those of a submit where that is due before it is answered; gives none where they are left for later. */
  readAtSubmit(input: Input, model: Model): Promise<{ read: readonly Reference[] } | { problem: string }>;
  /** Reads those of a job that starts, and calls `ready`; `false` where there is nothing to read. */
  readAtStart(job: StandInJob, ready: (failure: { error: unknown } | undefined) => void): boolean;
  /** Reads no more. */
  stop(): void;
}

/** Where the ratio was left to the references, the first one's counts. */
function takeRatio(input: Input, [first]: readonly Reference[]): void {
  if (first && input.side !== undefined) Object.assign(input, sizeOfRatio(first.width / first.height, input.side));
}

/** Builds them. */
export function createReferences({
  now,
  behaviour,
  events,
}: {
  now: () => number;
  behaviour: () => Behaviour;
  events: Events;
}): References {
  const stopped = new AbortController();

  async function read(input: Input, model: Model, requestId: string | undefined) {
    const { references: addresses } = input;
    const tell = (problem: string | undefined) => {
      events.emit({ type: 'references', at: now(), requestId, count: addresses.length, problem });
    };
    try {
      const references = await readReferences(addresses, model, stopped.signal);
      takeRatio(input, references);
      tell(undefined);
      return { read: references };
    } catch (error) {
      if (!(error instanceof UnusableReference)) throw error;
      tell(error.message);
      return { problem: error.message };
    }
  }

  return {
    readAtSubmit: (input, model) =>
      input.references.length > 0 && behaviour().referencesReadAt === 'submit'
        ? read(input, model, undefined)
        : Promise.resolve({ read: [] }),
    readAtStart(job, ready) {
      const { input, model, requestId } = job;
      if (input.references.length === 0 || job.references.length > 0) return false;
      void read(input, model, requestId).then((outcome) => {
        if (stopped.signal.aborted) return;
        if ('read' in outcome) job.references = outcome.read;
        ready('read' in outcome ? undefined : { error: outcome.problem });
      });
      return true;
    },
    stop() {
      stopped.abort();
    },
  };
}
