/** Asks RunComfy to cancel a job's requests, and writes what it said. */
import { isUnderWay, runComfyIdOf, type Job, type JobRequest } from '../job/job.ts';
import type { Cancellation, JobRecords } from '../job/records.ts';
import type { Log } from '../log.ts';
import { RunComfyError, type RunComfy } from '../runcomfy/runcomfy.ts';

/** What RunComfy said to the cancelling of requests, by their numbers. */
export interface Asked {
  cancelled: number[];
  /** It had begun them. */
  late: number[];
  /** It did not answer, and nothing has changed. */
  trouble: number[];
}

export interface AskCancel {
  /**
   * Asks for every request that RunComfy has, once for each that it has answered.
   *
   * @throws StoreError
   */
  ask(job: Job, cancellation: Cancellation): Promise<Asked>;
}

type Outcome = 'cancelled' | 'late' | 'trouble';

export function createAskCancel({
  api,
  records,
  log,
}: {
  api: Pick<RunComfy, 'status' | 'cancel'>;
  records: Pick<JobRecords, 'cancellations'>;
  log: Log;
}): AskCancel {
  async function isCancelled(requestId: string): Promise<boolean> {
    if ((await api.cancel(requestId)) === 'cancelled') return true;
    // It may also not be cancellable because it is cancelled: by a press whose answer was lost.
    return (await api.status(requestId)).status === 'cancelled';
  }

  async function askFor(job: Job, request: JobRequest): Promise<Outcome> {
    const requestId = runComfyIdOf(request) ?? '';
    try {
      return (await isCancelled(requestId)) ? 'cancelled' : 'late';
    } catch (error) {
      if (!(error instanceof RunComfyError)) throw error;
      log.warn({ job: job.id, request: requestId, kind: error.kind, err: error }, 'a cancel failed');
      return 'trouble';
    }
  }

  /** Writes what is known now, and no wish where nothing is left of it. */
  async function write(job: Job, cancellation: Cancellation, answers: [number, Outcome][]): Promise<void> {
    const known = answers.filter(([, outcome]) => outcome !== 'trouble');
    const isDone = job.requests.every(({ state }) => state.name !== 'reserved' && state.name !== 'submitting');
    if (isDone && known.length === answers.length && known.every(([, outcome]) => outcome === 'late')) {
      await records.cancellations.delete(job.id);
      return;
    }
    const outcomes = Object.fromEntries(known) as Cancellation['outcomes'];
    await records.cancellations.set(job.id, { ...cancellation, outcomes: { ...cancellation.outcomes, ...outcomes } });
  }

  return {
    async ask(job, cancellation) {
      const { outcome, outcomes = {} } = cancellation;
      const underWay = job.requests.filter(isUnderWay);
      const knownOf = ({ number }: JobRequest) => outcome ?? outcomes[number];
      const unknown = underWay.filter((request) => knownOf(request) === undefined);
      const answers = await Promise.all(
        unknown.map(async (request): Promise<[number, Outcome]> => [request.number, await askFor(job, request)]),
      );
      if (answers.length > 0) await write(job, cancellation, answers);
      const all = new Map([...underWay.map((each) => [each.number, knownOf(each)] as const), ...answers]);
      const those = (wanted: Outcome) => [...all].flatMap(([number, said]) => (said === wanted ? [number] : []));
      return { cancelled: those('cancelled'), late: those('late'), trouble: those('trouble') };
    },
  };
}
