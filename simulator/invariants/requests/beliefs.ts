/** What the bot believes of a request is what RunComfy said of it, often enough; and none is given up without a try to cancel it. */
import type { CallTruth, RequestTruth, Truth } from '../../world/truth.ts';
import type { Tolerance } from '../clocks.ts';
import { requestsIn, type Jobs, type KnownJob, type RecordedRequest } from '../jobs.ts';
import type { Judge } from '../judge.ts';

/** How often, and over how long (milliseconds), RunComfy must have said that it does not know a request. */
const DENIALS = 3;
const DENIED_FOR = 30_000;

/** How long a submit takes at most, and what was heard is written by then (milliseconds). */
const SUBMIT_MOST = 60_000;

/** What was denied for so long is believed by then, and a call takes no longer (milliseconds). */
const LONG_DENIED = 3 * DENIED_FOR;
const CALLED_WITHIN = 20_000;

const WRITTEN_WITHIN = 10_000;

/** What a record says of a request in the end: its id stands in it where it was told. */
function endOf({ state }: RecordedRequest): 'unknown' | 'deadline' | undefined {
  if (state.requestId === undefined) return undefined;
  if (state.name === 'unknown') return 'unknown';
  return state.failure === 'deadline' ? 'deadline' : undefined;
}

export function judgeBeliefs({
  truth,
  jobs,
  isKept,
  tolerance,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  /** Whether a process that has heard something at a moment could write it down, and others wait for that from one to another. */
  isKept: (process: string, span: { from: number; heard: number; until: number }) => boolean;
  tolerance: Pick<Tolerance, 'clocks'>;
  judge: Judge;
}) {
  /** What a process was told in between and could not write any more is known to nobody: what had been denied before counts on. */
  function countedOn({ id, denials }: RequestTruth): Pick<RequestTruth['denials'][number], 'from' | 'to' | 'times'>[] {
    const isWritten = ({ by, subject, isUseful, answeredAt = 0 }: CallTruth, from: number, to: number) =>
      subject === id &&
      isUseful === true &&
      answeredAt > from &&
      answeredAt < to &&
      isKept(by.split(' (')[0] ?? '', { from: answeredAt, heard: answeredAt, until: answeredAt + WRITTEN_WITHIN });
    return denials.flatMap(({ from, to, times }, index) => {
      let [begin, sum] = [from, times];
      for (const before of denials.slice(0, index).reverse()) {
        if (truth.calls.some((call) => isWritten(call, before.to, begin))) break;
        begin = before.from;
        sum += before.times;
      }
      return [{ from: begin, to, times: sum }];
    });
  }

  /** Whoever looks once more, hours later, may be told of it after all: what had been said before stays said. */
  function judgeDenials(id: string, taken: RequestTruth): void {
    const { id: request } = taken;
    const denials = countedOn(taken);
    const isEnough = ({ from, to, times }: (typeof denials)[number]) =>
      times >= DENIALS && to - from >= DENIED_FOR - tolerance.clocks(to);
    if (denials.some(isEnough)) return;
    const { from, to, times } = denials.at(-1) ?? { from: 0, to: 0, times: 0 };
    judge.broken(
      'a request is not given up too soon',
      id,
      `A request of job ${id} ended as unknown, though RunComfy had said only ${times} times, over ${Math.round((to - from) / 1000)} s, that it does not know request ${request}.`,
    );
  }

  /** RunComfy had told its id to a process that went on, in time for it to write that down. */
  function judgeUnknown(id: string, { id: request, by, at, answeredAt }: RequestTruth): void {
    if (answeredAt === undefined || answeredAt > at + SUBMIT_MOST || tolerance.clocks(answeredAt) > 0) return;
    if (!isKept(by, { from: at - WRITTEN_WITHIN, heard: answeredAt, until: at + SUBMIT_MOST + WRITTEN_WITHIN })) return;
    judge.broken(
      'a request is not given up too soon',
      id,
      `A request of job ${id} ended as unknown, though RunComfy had told that it is ${request}.`,
    );
  }

  const callsOf = (name: string, { id }: RequestTruth) =>
    truth.calls.filter((call) => call.name === name && call.subject === id);

  /** At its deadline a request is cancelled, or what became of it is asked for. */
  function judgeGivenUp(job: KnownJob, request: RequestTruth, { finishedAt = 0 }: RecordedRequest): void {
    const broken = (sentence: string) => {
      judge.broken('what is given up is cancelled', job.id, `Job ${job.id} was given up at its deadline, ${sentence}.`);
    };
    const { id, endedAt = Infinity, denials, cancelAsked } = request;
    if (!cancelAsked) broken(`and nobody asked RunComfy to cancel request ${id}`);
    // Hours later it is asked what it was billed.
    const about = tolerance.clocks(finishedAt) + CALLED_WITHIN;
    const isOver = endedAt < finishedAt - about;
    if (isOver && !callsOf('result', request).some(({ at }) => at >= endedAt && at <= finishedAt + about))
      broken(`and nobody asked what had become of request ${id}, which was ${request.state}`);
    const isPressed = callsOf('cancel', request).some(({ at }) => at + tolerance.clocks(at) < job.deadline);
    const isLong = denials.some(({ from, moments }) => {
      const before = moments.filter((at) => at < job.deadline);
      return before.length >= 2 * DENIALS && (before.at(-1) ?? from) - from >= LONG_DENIED;
    });
    if (isLong && !isPressed && tolerance.clocks(finishedAt) === 0)
      broken(`though RunComfy had said for long before that it does not know request ${id}`);
  }

  return {
    atEnd() {
      for (const record of truth.jobs().finished) {
        const job = jobs.byId.get(record.id);
        const taken = job?.requests ?? [];
        for (const recorded of requestsIn(record)) {
          const end = endOf(recorded);
          const request = taken.find((each) => jobs.numberOf(each) === recorded.number);
          if (request === undefined) continue;
          if (recorded.state.name === 'unknown' && end === undefined) judgeUnknown(record.id, request);
          if (end === undefined) continue;
          if (end === 'unknown') judgeDenials(record.id, request);
          else if (job !== undefined) judgeGivenUp(job, request, recorded);
        }
      }
    },
  };
}
