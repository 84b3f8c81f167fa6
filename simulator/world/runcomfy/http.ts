/** The way to the Model API from one process: how long calls take, what befalls them, and when they are given up. */
import { NoAnswerError, type RunComfyHttp } from '../../../src/services/runcomfy/runcomfy.ts';
import type { SimulatedProcess } from '../../kernel/process.ts';
import type { CallTruth, RequestTruth } from '../truth.ts';
import type { Ground } from '../world.ts';
import { describeSubmit, type Api } from './api.ts';
import { codeOf, hasEnded, isDenial, isMade, isUnderWay, isUseful, readsId, saidBy } from './said.ts';
import { troubleOf, type ApiCall, type HttpAnswer } from './troubles.ts';

/** As the bot's own client gives up (milliseconds). */
const DEADLINES = { submit: 60_000, look: 15_000 };

/** How long a call is under way there, and its answer back (milliseconds). */
const LATENCY = { median: 60, spread: 0.6 };

export function createHttp({
  process,
  api,
  counts,
  calls,
  ground: { time, random, diary, faults },
}: {
  process: SimulatedProcess;
  api: Api;
  /** How often each call was made, by whichever process. */
  counts: Map<string, number>;
  /** Every call about a request, to be added to. */
  calls: CallTruth[];
  ground: Ground;
}): RunComfyHttp {
  const pending = new Set<(error: Error) => void>();
  /** Requests that are finished by the status that this process has heard last. */
  const finished = new Set<string>();
  let closed = false;

  /** What a call comes to: its answer, or `undefined` where none ever comes; and the request that it made. */
  async function happen(call: ApiCall, subject: string): Promise<{ answer: HttpAnswer; made?: RequestTruth }> {
    const name = faults.trouble('runcomfy', subject);
    const trouble = troubleOf(name, call);
    const { answer: right, made } =
      trouble === undefined || trouble.taken ? api.handle(call, process) : { answer: undefined, made: undefined };
    if (call.name === 'submit') {
      const outcome = made === undefined ? 'not taken' : `taken as ${made.id}`;
      diary.write(process.name, `submits ${describeSubmit(call)}: ${outcome}${trouble ? ` (${String(name)})` : ''}`);
    }
    if (trouble?.later !== undefined) await time.sleep(trouble.later);
    const looked = api.lookedAt(call)?.truth;
    if (looked !== undefined && call.name === 'cancel') looked.cancelAsked = true;
    const answer = trouble === undefined ? right : trouble.answer(right);
    if (looked !== undefined && isDenial(answer)) {
      looked.denied.push(time.now());
      const [from = 0] = looked.denied;
      if (looked.denials.at(-1)?.from !== from) looked.denials.push({ from, to: from, times: 0, moments: [] });
      const moments = [...looked.denied];
      Object.assign(looked.denials.at(-1) ?? {}, { to: time.now(), times: moments.length, moments });
    }
    // Nothing comes: the deadline ends it.
    if (answer === undefined) return new Promise(() => undefined);
    return made === undefined ? { answer } : { answer, made };
  }

  function note(call: ApiCall): CallTruth {
    const noted: CallTruth = {
      by: `${process.name} (start ${process.incarnation})`,
      name: call.name,
      subject: api.lookedAt(call)?.id ?? `${api.subjectOf(call)} ${seedIn(call) ?? `call ${calls.length}`}`,
      at: time.now(),
      answeredAt: undefined,
      waitUntil: undefined,
      said: undefined,
      account: undefined,
    };
    calls.push(noted);
    return noted;
  }

  /** RunComfy knows a request after all: what it had denied before counts for nothing, but for whoever asked for a cancel. */
  function forgive(call: ApiCall): void {
    const looked = api.lookedAt(call)?.truth;
    if (looked?.cancelAsked === false) looked.denied.length = 0;
  }

  /**
   * A request is known that is finished by its status, also where its result then comes to nothing: only that it is not known is a
   * denial once more.
   */
  function noteFinished(call: ApiCall, answer?: HttpAnswer): void {
    const id = api.lookedAt(call)?.id;
    if (id === undefined) return;
    if (call.name === 'status' && answer !== undefined && hasEnded(answer)) finished.add(id);
    const isOver = call.name === 'result' && finished.delete(id);
    if (isOver && (answer === undefined || !isDenial(answer))) forgive(call);
  }

  /** An answer reaches the process. */
  function hear(noted: CallTruth, answer: HttpAnswer): void {
    noted.answeredAt = time.now();
    if (noted.name === 'submit') noted.said = saidBy(answer);
    if (noted.name === 'model' && isDenial(answer)) noted.said = 'gone';
    noted.isUseful = isUseful(noted, answer);
    if (answer.retryAfter !== undefined) noted.waitUntil = time.now() + Number(answer.retryAfter) * 1000;
    noted.account = ACCOUNT_REFUSED.test(`${answer.httpStatus} ${JSON.stringify(codeOf(answer))}`)
      ? 'refused'
      : readsId(answer) || (answer.httpStatus >= 400 && answer.httpStatus < 500 && answer.httpStatus !== 429)
        ? 'taken'
        : undefined;
  }

  function exchange(call: ApiCall, deadline: number): Promise<HttpAnswer> {
    if (closed) return Promise.reject(new NoAnswerError('closed', false));
    const subject = api.subjectOf(call);
    const number = (counts.get(subject) ?? 0) + 1;
    counts.set(subject, number);
    const drawn = random.of('runcomfy', 'latency', subject, number);
    const noted = note(call);
    return new Promise((resolve, reject) => {
      const settle = (then: () => void) => {
        pending.delete(fail);
        timer.cancel();
        noted.overAt = time.now();
        then();
      };
      const fail = (error: Error) => {
        noteFinished(call);
        settle(() => {
          reject(error);
        });
      };
      const timer = process.clock.setTimeout(() => {
        fail(new NoAnswerError('timed out', true));
      }, deadline);
      pending.add(fail);
      process
        .call({
          name: `runcomfy ${call.name}`,
          there: drawn.around(LATENCY.median, LATENCY.spread),
          back: drawn.around(LATENCY.median, LATENCY.spread),
          act: () => happen(call, subject),
        })
        .then(({ answer, made }) => {
          if (!pending.has(fail)) return;
          hear(noted, answer);
          if (made !== undefined && readsId(answer)) made.answeredAt = time.now();
          if (isUnderWay(answer)) forgive(call);
          noteFinished(call, answer);
          const looked = isMade(answer) ? api.lookedAt(call)?.truth : undefined;
          if (looked !== undefined) looked.heardAt ??= time.now();
          settle(() => {
            resolve(answer);
          });
        }, fail);
    });
  }

  return {
    submit: (call) => exchange(call, DEADLINES.submit),
    send: (call) => exchange(call, DEADLINES.look),
    close() {
      closed = true;
      for (const fail of [...pending]) fail(new NoAnswerError('closed', true));
      return Promise.resolve();
    },
  };
}

/** Answers that have something against the host's account, by their HTTP status or their code. */
const ACCOUNT_REFUSED = /^(401|402|403) | (400002|400004)$/;

/** The seed of a submit, by which one of a job's requests is told from the others. */
function seedIn({ body = '' }: ApiCall): string | undefined {
  return /"seed":(\d+)/.exec(body)?.[1];
}
