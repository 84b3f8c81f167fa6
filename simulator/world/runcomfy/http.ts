/** The way to the Model API from one process: how long calls take, what befalls them, and when they are given up. */
import { NoAnswerError, type RunComfyHttp } from '../../../src/services/runcomfy/runcomfy.ts';
import type { SimulatedProcess } from '../../kernel/process.ts';
import type { RequestTruth } from '../truth.ts';
import type { Ground } from '../world.ts';
import { describeSubmit, type Api } from './api.ts';
import { troubleOf, UNKNOWN, type ApiCall, type HttpAnswer } from './troubles.ts';

/** As the bot's own client gives up (milliseconds). */
const DEADLINES = { submit: 60_000, look: 15_000 };

/** How long a call is under way there, and its answer back (milliseconds). */
const LATENCY = { median: 60, spread: 0.6 };

export function createHttp({
  process,
  api,
  counts,
  ground: { time, random, diary, faults },
}: {
  process: SimulatedProcess;
  api: Api;
  /** How often each call was made, by whichever process. */
  counts: Map<string, number>;
  ground: Ground;
}): RunComfyHttp {
  const pending = new Set<(error: Error) => void>();
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
    if (looked !== undefined && isDenial(answer)) looked.denied.push(time.now());
    // Nothing comes: the deadline ends it.
    if (answer === undefined) return new Promise(() => undefined);
    return made === undefined ? { answer } : { answer, made };
  }

  function exchange(call: ApiCall, deadline: number): Promise<HttpAnswer> {
    if (closed) return Promise.reject(new NoAnswerError('closed', false));
    const subject = api.subjectOf(call);
    const number = (counts.get(subject) ?? 0) + 1;
    counts.set(subject, number);
    const drawn = random.of('runcomfy', 'latency', subject, number);
    return new Promise((resolve, reject) => {
      const settle = (then: () => void) => {
        pending.delete(fail);
        timer.cancel();
        then();
      };
      const fail = (error: Error) => {
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
          if (made !== undefined && readsId(answer)) made.answered = true;
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

/** Whether an answer says that there is no such request. */
function isDenial(answer: HttpAnswer | undefined): boolean {
  const body = answer?.body;
  return typeof body === 'object' && body !== null && 'error_code' in body && body.error_code === UNKNOWN;
}

/** Whether an answer tells that pictures are made, and where they are. */
function isMade({ body }: HttpAnswer): boolean {
  return typeof body === 'object' && body !== null && 'output' in body;
}

/** Whether an answer tells the id of what was taken. */
function readsId({ body }: HttpAnswer): boolean {
  return typeof body === 'object' && body !== null && 'request_id' in body;
}
