/** One request for one picture, from its submit to its end. From the submit on it may cost money. */
import type { Config } from '../../../config.ts';
import { systemClock as clock } from '../../../services/clock.ts';
import { buildBody, exampleRequest } from '../../../services/models/models.ts';
import type { ResultAnswer } from '../../../services/runcomfy/runcomfy.ts';
import { differs, handled, met, metIf, unseen, type Found } from '../outcome.ts';
import { show } from '../shown.ts';
import { type RunComfyCalls } from './calls.ts';
import type { LiveModel } from './catalogue.ts';
import { checkResult } from './result.ts';

/** How long the picture may take (milliseconds): measured were 2 to 40 s. */
const DEADLINE = 10 * 60_000;

/** How long a result may be behind its status (milliseconds). */
const RESULT_LATE = 60_000;

/** So many answers that cannot be read are no trouble that passes. */
const UNREAD_MAX = 5;

export interface RequestCheck {
  calls: RunComfyCalls;
  found: Found;
  /** Between two looks (milliseconds). */
  lookEvery: number;
  signal: AbortSignal;
  /** Says in a line what is being done. */
  tell: (line: string) => void;
}

/** What came of it; `requestId` is missing where RunComfy took nothing. */
export interface Requested {
  requestId?: string;
  submittedAt?: number;
  /** Its end, where that was seen. */
  result?: ResultAnswer;
  /** Why there is no picture. */
  stopped?: string;
}

/** Submits, and says under which id; what was answered instead where there is none. */
export async function submitOne(
  { profile }: LiveModel,
  { base }: Pick<Config['runcomfy'], 'base'>,
  { calls, found }: RequestCheck,
): Promise<Requested> {
  const submittedAt = clock.now();
  const body = buildBody(profile, exampleRequest(profile));
  const read = await calls.read((api) => api.submit({ model: profile.id, body }));
  if ('error' in read) {
    const { kind } = read.error;
    // These say nothing of how a submit is answered: somebody has to do something first.
    const isElse = ['authentication', 'balance', 'rate', 'unavailable'].includes(kind);
    found.note('submit-answer', (isElse ? unseen : differs)(calls.shown()));
    return { stopped: `The submit was not taken as the bot knows it (${kind}): ${calls.shown()}` };
  }
  found.note('submit-answer', met(calls.shown()));
  const { requestId } = read.value;
  const told = calls.fields();
  const addresses = ['status', 'result', 'cancel'].map((name) => [name, told[`${name}_url`]] as const);
  const others = addresses.filter(([name, url]) => url !== `${base}/requests/${requestId}/${name}`);
  const shown = others.map(([name, url]) => `${name}_url: ${show(url)}`).join(', ');
  // The bot makes the addresses itself: what counts is whether they work, which the next calls show.
  found.note('request-addresses', others.length === 0 ? met('the three addresses are those') : handled(shown));
  return { requestId, submittedAt };
}

/** Follows a request to its end by every call. */
export async function followOne(requestId: string, submittedAt: number, check: RequestCheck): Promise<Requested> {
  const { calls, found } = check;
  await lookEarly(requestId, check);
  const status = await awaitEnd(requestId, check);
  if (status === 'late') {
    found.note('result-ready', unseen('status told no end'));
    return { requestId, submittedAt, stopped: `The request did not end within ${DEADLINE / 60_000} minutes` };
  }
  const result = await awaitResult(requestId, check);
  checkResult(result, { calls, found, submittedAt, now: clock.now() });
  await checkCancel(requestId, check);
  if (result?.status === 'succeeded') return { requestId, submittedAt, result };
  const reason = result?.status === 'failed' ? `: ${result.reason ?? 'without a reason'}` : '';
  const stopped = `The request came to no picture (${result?.status ?? 'unread'})${reason}`;
  return { requestId, submittedAt, stopped, ...(result && { result }) };
}

/** Asks for the result at once. */
async function lookEarly(requestId: string, { calls, found }: RequestCheck): Promise<void> {
  const read = await calls.read((api) => api.result(requestId));
  if (calls.last() === undefined) found.note('result-early', unseen(calls.shown()));
  else if ('error' in read) found.note('result-early', differs(calls.shown()));
  else if (read.value.status === 'in_queue' || read.value.status === 'in_progress') {
    found.note('result-early', met(calls.shown()));
  } else found.note('result-early', unseen(`it was finished already: ${calls.shown()}`));
}

const DOCUMENTED = ['in_queue', 'in_progress', 'completed', 'cancelled'];

/** Asks for the status until it tells an end; where it cannot be read, until the result is no longer on its way. */
async function awaitEnd(requestId: string, check: RequestCheck): Promise<'ended' | 'late'> {
  const { calls, found, signal, tell } = check;
  const words: string[] = [];
  found.note('queue-position', unseen('the request was not met in the queue'));
  const endsAt = clock.monotonic() + DEADLINE;
  for (;;) {
    signal.throwIfAborted();
    const read = await calls.read((api) => api.status(requestId));
    const word = calls.fields()['status'];
    const { httpStatus } = calls.last() ?? { httpStatus: 503 };
    // Trouble passes, and says nothing of the words.
    if (httpStatus !== 429 && httpStatus < 500) {
      if (typeof word === 'string' && !words.includes(word)) {
        words.push(word);
        tell(`RunComfy says ${word}`);
      }
      if (typeof word === 'string' && DOCUMENTED.includes(word)) found.note('status-words', met(words.join(', ')));
      // A word that the bot knows without documentation is read all the same.
      else found.note('status-words', ('value' in read ? handled : differs)(calls.shown()));
    }
    if ('value' in read) {
      const { value } = read;
      if (value.status === 'in_queue') notePosition(check);
      if (value.status !== 'in_queue' && value.status !== 'in_progress') return 'ended';
    } else if (await hasResult(requestId, calls)) return 'ended';
    if (clock.monotonic() > endsAt) return 'late';
    await clock.sleep(check.lookEvery);
  }
}

function notePosition({ calls, found }: RequestCheck): void {
  const position = calls.fields()['queue_position'];
  const isWhole = Number.isInteger(position) && Number(position) >= 0;
  found.note('queue-position', (isWhole ? met : handled)(calls.shown()));
}

async function hasResult(requestId: string, calls: RunComfyCalls): Promise<boolean> {
  const read = await calls.read((api) => api.result(requestId));
  return 'value' in read
    ? read.value.status !== 'in_queue' && read.value.status !== 'in_progress'
    : read.error.kind === 'unreadable';
}

/** The result of what has ended, `undefined` where it cannot be read. The last answer is its own. */
async function awaitResult(requestId: string, check: RequestCheck): Promise<ResultAnswer | undefined> {
  const { calls, found, signal, lookEvery } = check;
  const lateAt = clock.monotonic() + RESULT_LATE;
  for (let unread = 0; ;) {
    signal.throwIfAborted();
    const read = await calls.read((api) => api.result(requestId));
    const isLate = clock.monotonic() > lateAt;
    if ('error' in read) {
      unread += 1;
      if (read.error.kind === 'unreadable' || unread === UNREAD_MAX) return undefined;
    } else if (read.value.status !== 'in_queue' && read.value.status !== 'in_progress') {
      found.note('result-ready', met('at once'));
      return read.value;
    } else {
      found.note('result-ready', (isLate ? differs : handled)(calls.shown()));
      if (isLate) return undefined;
    }
    await clock.sleep(lookEvery);
  }
}

/** Cancels what is finished, to hear how that is answered. */
async function checkCancel(requestId: string, { calls, found }: RequestCheck): Promise<void> {
  const read = await calls.read((api) => api.cancel(requestId));
  if (calls.last() === undefined) found.note('cancel-finished', unseen(calls.shown()));
  else found.note('cancel-finished', metIf('value' in read && read.value === 'not_cancellable', calls.shown()));
}
