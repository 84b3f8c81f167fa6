/** What the bot believes of a request is what RunComfy said of it, often enough; and none is given up without a try to cancel it. */
import type { JobRecord, RequestTruth, Truth } from '../../world/truth.ts';
import type { Tolerance } from '../clocks.ts';
import type { Jobs } from '../jobs.ts';
import type { Judge } from '../judge.ts';

/** How often, and over how long (milliseconds), RunComfy must have said that it does not know a request. */
const DENIALS = 3;
const DENIED_FOR = 30_000;

/** What a record says of its request in the end: `requestId` stands in it where it was told. */
function endOf(record: JobRecord): 'unknown' | 'deadline' | undefined {
  const state = JSON.stringify([record['state'], record['requests']]);
  if (!state.includes('"requestId"')) return undefined;
  if (state.includes('"name":"unknown"')) return 'unknown';
  return state.includes('"failure":"deadline"') ? 'deadline' : undefined;
}

export function judgeBeliefs({
  truth,
  jobs,
  tolerance,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  tolerance: Pick<Tolerance, 'clocks'>;
  judge: Judge;
}) {
  function judgeDenials(id: string, { id: request, denied }: RequestTruth): void {
    const [first = 0, last = 0] = [denied[0], denied.at(-1)];
    if (denied.length >= DENIALS && last - first >= DENIED_FOR - tolerance.clocks(last)) return;
    judge.broken(
      'a request is not given up too soon',
      id,
      `Job ${id} ended as unknown, though RunComfy had said only ${denied.length} times, over ${Math.round((last - first) / 1000)} s, that it does not know request ${request}.`,
    );
  }

  return {
    atEnd() {
      for (const record of truth.jobs().finished) {
        const end = endOf(record);
        const requests = jobs.byId.get(record.id)?.requests ?? [];
        const [request] = requests;
        // Of several requests each has an end of its own.
        if (end === undefined || request === undefined || requests.length > 1) continue;
        if (end === 'unknown') judgeDenials(record.id, request);
        else if (!request.cancelAsked)
          judge.broken(
            'what is given up is cancelled',
            record.id,
            `Job ${record.id} was given up at its deadline, and nobody asked RunComfy to cancel request ${request.id}.`,
          );
      }
    },
  };
}
