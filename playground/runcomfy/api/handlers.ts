/** What each call of the Model API does. */
import type { IncomingMessage } from 'node:http';
import { CODES, refuse, refuseUnknown, type Answer } from './answer.ts';
import { answerCancel, answerResult, answerStatus, answerSubmit } from './answers.ts';
import type { Behaviour } from '../behaviour.ts';
import type { ApiCall, ApiFault } from '../faults.ts';
import { parseInput, type Input } from '../input/input.ts';
import type { Jobs, StandInJob } from '../jobs/jobs.ts';
import type { Catalogue } from '../models/catalogue.ts';
import { isObject } from '../models/check-body.ts';
import type { Model } from '../models/model.ts';
import { answerCategories, answerModel, answerModels } from '../models/pages.ts';
import { priceOf } from '../models/price.ts';
import type { Route } from './routes.ts';
import { MODERATION_ERROR, rateLimit } from './apply-fault.ts';
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

/** Makes a job of a valid submit; the sentence that says what is wrong with a reference, where it is refused for one. */
export type TakeJob = (submit: {
  model: Model;
  input: Input;
  body: unknown;
  priceMicroUsd: number;
}) => Promise<StandInJob | { refused: string }>;

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
  catalogue,
  jobs,
  takeJob,
  reportViolation,
  now,
}: {
  base: () => string;
  behaviour: () => Behaviour;
  catalogue: Catalogue;
  jobs: Jobs;
  takeJob: TakeJob;
  reportViolation: (request: IncomingMessage, call: ApiCall | undefined, problems: string[], body?: string) => void;
  now: () => number;
}): HandleCall {
  /** What is left, in millionths of a US dollar. */
  const balance = () => Math.round(behaviour().balanceUsd * 1e6) - jobs.billedMicroUsd;

  const isFull = () => {
    const { takenAtOnce } = behaviour();
    if (takenAtOnce === Infinity) return false;
    jobs.advance();
    return jobs.all.filter(({ state }) => state === 'in_queue' || state === 'in_progress').length >= takenAtOnce;
  };

  const refuseModel = (id = '') => refuse(404, CODES.notFound, `Model ${id} not found`);

  async function submit({ request, route }: Call): Promise<{ answer: Answer; job?: StandInJob }> {
    const id = route.model ?? '';
    const model = catalogue.find(id);
    if (!model) {
      // A client may have known a model that is gone.
      if (!catalogue.wasOffered(id)) reportViolation(request, 'submit', [`no model ${id}`]);
      return { answer: refuseModel(id) };
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
    const parsed = parseInput(body.value, model);
    if ('problems' in parsed) return reject(422, parsed.problems);
    const { input } = parsed;
    const priceMicroUsd = priceOf(model, input.images, isObject(body.value) ? body.value : {});
    if (balance() < priceMicroUsd) {
      return { answer: refuseAccount(behaviour(), 402, CODES.balance, 'Insufficient balance') };
    }
    if (isFull()) return { answer: rateLimit(behaviour().retryAfterSeconds, 'seconds', now()) };
    const job = await takeJob({ model, input, body: body.value, priceMicroUsd });
    if ('refused' in job) return { answer: refuse(422, CODES.input, job.refused) };
    return { answer: answerSubmit(job, base()), job };
  }

  /** A query that is documented nowhere. */
  function checkQuery({ request, route, query }: Call): void {
    const known = (name: string, value: string) =>
      route.call === 'result' && name === 'include_cost' && ['true', 'false'].includes(value);
    const others = [...query].filter(([name, value]) => !known(name, value)).map(([name]) => name);
    if (others.length > 0) reportViolation(request, route.call, [`query: ${others.join(', ')}`]);
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
      case 'model': {
        const model = catalogue.find(route.model ?? '');
        return model ? answerModel(model) : refuseModel(route.model);
      }
      case 'models':
        return answerModels(catalogue.all(), query);
      case 'categories':
        return answerCategories(catalogue.all());
      case 'balance': {
        const left = balance();
        return { status: 200, body: { balance_usd: left / 1e6, balance_microdollars: left, currency: 'USD' } };
      }
      case 'status':
      case 'result':
      case 'cancel':
        checkQuery(call);
        if (!job || job.lost) return refuseUnknown(route.requestId);
        if (failure) jobs.fail(job, failure.error);
        if (route.call === 'cancel') return answerCancel(job, jobs.cancel(job));
        return route.call === 'status'
          ? answerStatus(job, jobs.position(job), base())
          : answerResult(job, behaviour(), query.get('include_cost') === 'true');
    }
  };
}
