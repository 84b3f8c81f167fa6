/** The Model API: what each call does to the requests, and what is answered where nothing goes wrong. */
import { parseInput } from '../../../playground/runcomfy/input/input.ts';
import { answerModel } from '../../../playground/runcomfy/models/pages.ts';
import type { RequestTruth } from '../truth.ts';
import type { FileHost, Ground } from '../world.ts';
import { createAccount, tellBalance, type Account } from './account.ts';
import { drawCourse } from './course.ts';
import { createModels } from './models.ts';
import { createQueue } from './queue.ts';
import { cancelOf, createRequest, isKnown, resultOf, statusOf, type Request } from './request.ts';
import { answered, refused, unknown, type ApiCall, type HttpAnswer } from './troubles.ts';

const models = createModels();

/** Below it stand the models, by their ids. */
const MODELS = '/models/';

/** A result is asked with it what the request was billed. */
const WITH_COST = '?include_cost=true';

/** Who calls. */
interface Caller {
  name: string;
}

export interface Api {
  account: Account;
  /** Requests that were taken, in order. */
  readonly requests: RequestTruth[];
  /** Does a call. A submit that makes a request says which. */
  handle(call: ApiCall, caller: Caller): { answer: HttpAnswer; made?: RequestTruth };
  /** A request by its id. */
  find(id: string): Request | undefined;
  /** The request that a look or a cancel is about. */
  lookedAt(call: ApiCall): Request | undefined;
  /** What a call is about, which stays the same whatever else is in the history: the word of a prompt, or an id. */
  subjectOf(call: ApiCall): string;
}

/** A submit as it is written into the diary. */
export function describeSubmit({ body = '' }: ApiCall): string {
  const fields = parsed(body);
  const { text, prompt = text, num_images: few = 1, sequential_image_generation_options: count = few, seed } = fields;
  const seeded = typeof seed === 'number' ? `, seed ${seed}` : '';
  const { image = [], images = image } = fields;
  const from = [images].flat().length;
  return `"${String(prompt)}" (count ${String(count)}${seeded}${from === 0 ? '' : `, from ${from} pictures`})`;
}

function parsed(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** The id in the path of a look or a cancel: `/requests/{id}/status`. */
const idIn = (path: string) => decodeURIComponent(path.split('/')[2] ?? '');

/** Words of prompts that belong to one act each. */
function markersOf({ acts }: Ground['plan']): Set<string> {
  return new Set(acts.flatMap((act) => ('marker' in act ? [act.marker] : [])));
}

/** @param host - where references are read. */
export function createApi({ time, random, diary, plan, faults }: Ground, host: FileHost): Api {
  const requests: RequestTruth[] = [];
  const byId = new Map<string, Request>();
  const taken = new Map<string, number>();
  /** What was last told of a request, for the diary. */
  const told = new Map<string, string>();
  const markers = markersOf(plan);
  const workers = random.of('runcomfy', 'workers').integer(2, 6);
  const queue = createQueue<Request>({ now: () => time.now(), workers });
  const account = createAccount({
    ...{ requests, random: random.of('runcomfy', 'account') },
    now: () => time.now(),
  });

  const markerIn = (text: string) => text.match(/\p{L}+/gu)?.find((word) => markers.has(word));

  function page({ path }: ApiCall): HttpAnswer {
    const model = models.find(path.slice(MODELS.length));
    return model === undefined ? unknown(`Model ${path}`) : answered(200, answerModel(model).body);
  }

  function submit({ path, body = '' }: ApiCall, caller: Caller): { answer: HttpAnswer; made?: RequestTruth } {
    const model = models.find(path.slice(MODELS.length));
    if (model === undefined) return { answer: unknown(`Model ${path}`) };
    const fields = parsed(body);
    const checked = parseInput(fields, model);
    if ('problems' in checked) {
      const problems = checked.problems.join('; ');
      diary.write('RunComfy', `refuses what no client may send: ${problems}`);
      return { answer: refused(422, undefined, problems) };
    }
    const { text, images: asked, standard, references: addresses } = checked.input;
    const marker = markerIn(text);
    const name = marker ?? 'request';
    const number = (taken.get(name) ?? 0) + 1;
    taken.set(name, number);
    const id = `${name}-${number}`;
    const course = drawCourse(random.of('runcomfy', 'course', id), {
      asked,
      standard,
      fate: faults.fate(name, number),
    });
    const references = addresses.map((address) => ({
      address,
      picture: host.pictureAt(address),
      served: host.heldUntil(address) > time.now(),
    }));
    const request = createRequest(
      {
        ...{ id, by: caller.name, model: model.id, body: fields, marker, at: time.now(), asked, references },
        price: model.priceUsd,
      },
      {
        course,
        host,
        advance: () => {
          queue.advance();
        },
      },
    );
    requests.push(request.truth);
    byId.set(id, request);
    queue.add(request);
    return { answer: answered(200, { request_id: id }), made: request.truth };
  }

  /** Writes into the diary what a look finds, where it is new. */
  function note(what: string, { name }: Caller, said: Record<string, unknown> | undefined): void {
    const state = said === undefined ? 'not ready' : String(said['outcome'] ?? said['status']);
    if (told.get(what) === state) return;
    told.set(what, state);
    diary.write(name, `learns of ${what}: ${state.replace('_', ' ')}`);
  }

  function look({ name, path }: ApiCall, caller: Caller): HttpAnswer {
    queue.advance();
    const id = idIn(path);
    const request = byId.get(id);
    if (request === undefined || !isKnown(request, time.now())) return unknown(`Request ${id}`);
    if (name === 'cancel') {
      const said = cancelOf(request, queue.cancel(request));
      note(`the cancel of ${id}`, caller, said);
      return answered(202, said);
    }
    const isStatus = name === 'status';
    const place = queue.position(request);
    if (isStatus && request.state === 'in_queue') request.truth.places.add(place);
    const said = isStatus
      ? statusOf(request, place)
      : resultOf(request, time.now(), { withCost: path.endsWith(WITH_COST) });
    note(isStatus ? id : `the result of ${id}`, caller, said);
    return said === undefined ? refused(400, 400005, 'The result is not ready') : answered(200, said);
  }

  return {
    requests,
    account,
    handle(call, caller) {
      if (call.name === 'submit') return submit(call, caller);
      if (call.name === 'balance') return { answer: tellBalance(account.balances().at(-1)?.balance ?? 0) };
      return { answer: call.path.startsWith(MODELS) ? page(call) : look(call, caller) };
    },
    find: (id) => byId.get(id),
    lookedAt: ({ path }) => byId.get(idIn(path)),
    subjectOf({ name, path, body = '' }) {
      const [below = ''] = path.split('?');
      return `${name} ${name === 'submit' ? (markerIn(body) ?? below) : below}`;
    },
  };
}
