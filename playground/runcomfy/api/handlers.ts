/** What each call of the Model API does. */
import type { IncomingMessage } from 'node:http';
import {
  answerCancel,
  answerModel,
  answerResult,
  answerStatus,
  answerSubmit,
  CODES,
  PRICE_USD,
  refuse,
  refuseUnknown,
  type Answer,
} from './answers.ts';
import type { Behaviour } from '../behaviour.ts';
import type { ApiCall, ApiFault } from '../faults.ts';
import { parseInput, type Input } from '../input/input.ts';
import type { Jobs, StandInJob } from '../jobs/jobs.ts';
import { MODEL, type Route } from './routes.ts';
import { MODERATION_ERROR } from './apply-fault.ts';
import { parseJson, readBody } from './http-replies.ts';

/** A request for a call that the API has, with a valid token. */
export interface Call {
  request: IncomingMessage;
  query: URLSearchParams;
  route: Extract<Route, { call: ApiCall }>;
  job: StandInJob | undefined;
}

/** Does a call and returns the right answer; a `fault` counts here only where it decides how a job ends. */
export type HandleCall = (call: Call, fault: ApiFault | undefined) => Promise<Answer>;

/** A refusal for the state of the account: by HTTP status or as HTTP 200, as the behaviour says. */
export function refuseAccount(behaviour: Behaviour, httpStatus: number, code: number, message: string): Answer {
  return refuse(behaviour.refusalsAs === 'http-200' ? 200 : httpStatus, code, message);
}

/** How a fault has a job end. */
function failureOf(fault: ApiFault | undefined): { error: unknown } | undefined {
  if (fault?.kind === 'failed') return { error: fault.error };
  return fault?.kind === 'moderation' ? { error: MODERATION_ERROR } : undefined;
}

/** Builds what handles the calls, over the jobs. */
export function createHandlers({
  base,
  behaviour,
  jobs,
  createJob,
  reportViolation,
}: {
  base: () => string;
  behaviour: () => Behaviour;
  jobs: Jobs;
  createJob: (input: Input, body: unknown) => StandInJob;
  reportViolation: (request: IncomingMessage, call: ApiCall | undefined, problems: string[], body?: string) => void;
}): HandleCall {
  const balance = () => behaviour().balanceUsd - jobs.billedImages * PRICE_USD;

  async function submit({ request, route }: Call): Promise<{ answer: Answer; job?: StandInJob }> {
    if (route.model !== MODEL) {
      reportViolation(request, 'submit', [`no model ${route.model ?? ''}`]);
      return { answer: refuse(404, CODES.notFound, `Model ${route.model ?? ''} not found`) };
    }
    const text = await readBody(request);
    if (text === undefined) return { answer: refuse(413, CODES.input, 'Body too large') };
    const reject = (status: number, problems: string[]): { answer: Answer } => {
      reportViolation(request, 'submit', problems, text);
      return { answer: refuse(status, CODES.input, problems.join('; ')) };
    };
    if (!/^application\/json(\s*;\s*charset="?utf-8"?)?$/i.test(request.headers['content-type'] ?? '')) {
      return reject(415, [`content-type: ${request.headers['content-type'] ?? 'none'}, not application/json`]);
    }
    const body = parseJson(text);
    if (!body) return reject(400, ['body: not JSON']);
    const parsed = parseInput(body.value);
    if ('problems' in parsed) return reject(422, parsed.problems);
    if (balance() < parsed.input.images * PRICE_USD) {
      return { answer: refuseAccount(behaviour(), 402, CODES.balance, 'Insufficient balance') };
    }
    const job = createJob(parsed.input, body.value);
    return { answer: answerSubmit(job, base()), job };
  }

  return async (call, fault) => {
    const { route, job, query } = call;
    const failure = failureOf(fault);
    switch (route.call) {
      case 'submit': {
        const { answer, job: made } = await submit(call);
        if (made && failure) made.plannedFailure = failure;
        return answer;
      }
      case 'model':
        return route.model === MODEL
          ? answerModel()
          : refuse(404, CODES.notFound, `Model ${route.model ?? ''} not found`);
      case 'balance':
        return { status: 200, body: { balance_usd: balance() } };
      case 'status':
      case 'result':
      case 'cancel':
        if (!job || job.lost) return refuseUnknown(route.requestId);
        if (failure) jobs.fail(job, failure.error);
        if (route.call === 'cancel') return answerCancel(job, jobs.cancel(job));
        return route.call === 'status'
          ? answerStatus(job, jobs.position(job), base())
          : answerResult(job, behaviour(), query.get('include_cost') === 'true');
    }
  };
}
