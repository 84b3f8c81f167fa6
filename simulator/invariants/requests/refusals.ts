/** What RunComfy answered to a submit is what its request comes to: a refusal is no unknown outcome, and is refused for what it says. */
import type { CallTruth, JobRecord, Truth } from '../../world/truth.ts';
import type { Tolerance } from '../clocks.ts';
import { requestsIn, type Jobs, type RecordedRequest } from '../jobs.ts';
import type { Judge } from '../judge.ts';

/** What was heard is written by then (milliseconds). */
const WRITTEN_WITHIN = 10_000;

/** Failures of the host's account: submits that it must be refused until others are unsent, and for how long after the last (milliseconds). */
const ACCOUNT = new Set(['authentication', 'balance']);
const REFUSED_IN_A_ROW = 3;
const PAUSED_MOST = 65_000;

/** Answers by which a request is surely taken by nobody, and will not be. */
const REFUSALS = new Set<CallTruth['said']>(['refused', 'authentication', 'balance', 'gone']);

/** The seed after the largest is 0. */
const SEEDS = 2 ** 31;

export function judgeRefusals({
  truth,
  jobs,
  processes,
  isKept,
  tolerance,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  /** How many share what they know of the account. */
  processes: number;
  /** Whether a process that has heard something at a moment could write it down, and others wait for that from one to another. */
  isKept: (process: string, span: { from: number; heard: number; until: number }) => boolean;
  tolerance: Pick<Tolerance, 'clocks'>;
  judge: Judge;
}) {
  const broken = (id: string, sentence: string) => {
    judge.broken('a refusal is believed', id, sentence);
  };

  function judgeUnknown(id: string, { by, said, answeredAt }: CallTruth): void {
    if (answeredAt === undefined || !REFUSALS.has(said)) return;
    const [process = ''] = by.split(' (');
    if (!isKept(process, { from: answeredAt - WRITTEN_WITHIN, heard: answeredAt, until: answeredAt + WRITTEN_WITHIN }))
      return;
    broken(
      id,
      `A request of job ${id} ended as unknown, though RunComfy had answered that it is not taken (${said ?? ''}).`,
    );
  }

  /** The account may have been refused to another job right before: then nothing is sent. */
  function judgeFailed(id: string, failure: string, submits: readonly CallTruth[]): void {
    const isAccount = failure === 'authentication' || failure === 'balance';
    const heard = isAccount ? truth.calls.filter(({ name }) => name === 'submit') : submits;
    if (!REFUSALS.has(failure as CallTruth['said']) || heard.some(({ said }) => said === failure)) return;
    broken(id, `A request of job ${id} failed as ${failure}, and RunComfy has never answered that.`);
  }

  const isSent = (record: JobRecord, number: number) => {
    const seed = (Number(record['seed']) + number - 1) % SEEDS;
    const words = new Set(String(record['text']).match(/\p{L}+/gu));
    return truth.calls.some(({ subject }) => [...words].some((word) => subject === `submit ${word} ${seed}`));
  };

  /** The most submits that were refused for the account one after another, the last of them so shortly before a moment that others are unsent. */
  function inARowBefore(until: number, off: number): number {
    const answered = truth.calls
      .filter(
        ({ name, account, answeredAt = Infinity }) =>
          name === 'submit' && account !== undefined && answeredAt <= until + off,
      )
      .toSorted((one, other) => (one.answeredAt ?? 0) - (other.answeredAt ?? 0));
    let [row, most] = [0, 0];
    for (const { account, answeredAt = 0 } of answered) {
      row = account === 'refused' ? row + 1 : 0;
      if (until - answeredAt <= PAUSED_MOST + off) most = Math.max(most, row);
    }
    return most;
  }

  /** Nothing is refused unsent for the account but for a while after that was refused several times. */
  function judgePaused(record: JobRecord, { number, state: { failure }, finishedAt = 0 }: RecordedRequest): void {
    const words = new Set(String(record['text']).match(/\p{L}+/gu));
    const refused = truth.calls.filter(({ name, account }) => name === 'submit' && account === 'refused');
    // Where seeds tell them apart, others of the job were sent and this one was not; no clock was set, by which it ended.
    const sent = requestsIn(record).filter((each) => isSent(record, each.number));
    const isSet = tolerance.clocks(truth.endedAt()) > 0;
    // What was known of the model may have had no seed then.
    const isTold = truth.calls.every(
      ({ name, subject }) =>
        name !== 'submit' || !words.has(subject.split(' ')[1] ?? '') || !subject.includes(' call '),
    );
    const isUnsent = !isSet && isTold && sent.length > 0 && sent.every((each) => each.number !== number);
    if (!isUnsent && refused.some(({ subject, said }) => said === failure && words.has(subject.split(' ')[1] ?? '')))
      return;
    const off = tolerance.clocks(finishedAt);
    const before = refused.flatMap(({ answeredAt = Infinity }) => (answeredAt <= finishedAt + off ? [answeredAt] : []));
    const since = finishedAt - Math.max(...before);
    const inARow = processes > 1 ? before.length : inARowBefore(finishedAt, off);
    if (inARow >= REFUSED_IN_A_ROW && since <= PAUSED_MOST + off) return;
    broken(
      record.id,
      `A request of job ${record.id} failed as ${failure ?? ''} unsent, and RunComfy had refused the account ${inARow} times, last ${Math.round(since / 1000)} s before.`,
    );
  }

  return {
    atEnd() {
      const { finished } = truth.jobs();
      const submits = Map.groupBy(
        truth.calls.filter(({ name }) => name === 'submit'),
        ({ subject }) => subject,
      );
      /** Requests by what their submits are known by: some may be of two jobs, as a seed can be typed. */
      const bySubject = new Map<string, { record: JobRecord; recorded: RecordedRequest }[]>();
      for (const record of finished)
        for (const recorded of requestsIn(record)) {
          if (ACCOUNT.has(recorded.state.failure ?? '')) judgePaused(record, recorded);
          const seed = (Number(record['seed']) + recorded.number - 1) % SEEDS;
          for (const word of new Set(String(record['text']).match(/\p{L}+/gu))) {
            const subject = `submit ${word} ${seed}`;
            if (submits.has(subject)) bySubject.set(subject, [...(bySubject.get(subject) ?? []), { record, recorded }]);
          }
        }
      for (const [subject, [first, second]] of bySubject) {
        const last = submits.get(subject)?.at(-1);
        if (first === undefined || second !== undefined || last === undefined) continue;
        const { record, recorded } = first;
        const isTaken = jobs.byId.get(record.id)?.requests.some((each) => jobs.numberOf(each) === recorded.number);
        if (isTaken === true) continue;
        if (recorded.state.name === 'unknown') judgeUnknown(record.id, last);
        if (recorded.state.name === 'failed')
          judgeFailed(record.id, recorded.state.failure ?? '', submits.get(subject) ?? []);
      }
    },
  };
}
