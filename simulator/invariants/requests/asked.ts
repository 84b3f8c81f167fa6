/** What is made is what was asked for, and what is somebody's is ended or taken away by nobody but them and moderators. */
import { en } from '../../../src/languages/en.ts';
import type { Plan } from '../../plan.ts';
import { idOf } from '../../world/discord/discord.ts';
import type { InteractionTruth, Truth } from '../../world/truth.ts';
import type { Tolerance } from '../clocks.ts';
import { createMarkerOf } from '../answers/markers.ts';
import { ratioIn, ratioOf } from '../galleries/facts.ts';
import { flagsIn, isSuggested } from '../reasons/typed.ts';
import type { Jobs, KnownJob } from '../jobs.ts';
import type { Judge } from '../judge.ts';
import { judgeHidden } from './hidden.ts';

/** Most pictures of a job. */
const COUNT_MAX = 15;

/** The seed after the largest is 0. */
const SEEDS = 2 ** 31;

/** What is given up at its deadline is not cancelled before that by more than this (milliseconds). */
const JUST_BEFORE = 1000;

/** By this it is told that another model is taken. */
const [, NO_LONGER = ''] = /}}([^{]+)/.exec(en.model.next) ?? [];

/** The quality that was sent; `undefined` where the model has none. */
const qualityOf = ({ requests }: KnownJob) => requests[0]?.body['optimize_prompt_options'];

export function judgeAsked({
  truth,
  plan: { acts, people = [] },
  jobs,
  tolerance,
  judge,
}: {
  truth: Truth;
  plan: Pick<Plan, 'acts' | 'people'>;
  jobs: Jobs;
  tolerance: Pick<Tolerance, 'clocks'>;
  judge: Judge;
}) {
  const markerOf = createMarkerOf(truth, acts);
  const differs = (job: KnownJob, what: string, asked: unknown, made: unknown) => {
    judge.broken(
      'what is made was asked for',
      `${job.id} ${what}`,
      `Job ${job.id} was asked for with ${what} ${String(asked)}, and is made with ${String(made)}.`,
    );
  };

  /** What was typed: a prompt may say otherwise only by a flag. */
  function judgeTyped(job: KnownJob, { options: typed }: InteractionTruth): void {
    const prompt = String(typed['prompt']);
    // What a suggestion stands for may say anything.
    if (isSuggested(prompt)) return;
    const options: InteractionTruth['options'] = { ...typed, ...flagsIn(prompt) };
    const { count, seed } = options;
    if (typeof count === 'number' && count !== job.count) differs(job, 'count', count, job.count);
    if (seed !== undefined) judgeSeed(job, Number(seed));
    const isHidden = options['spoiler'] === true;
    if (isHidden !== job.spoiler) differs(job, 'spoiler', isHidden, job.spoiler);
    judgeModel(job, options['model']);
    judgeSize(job, options['size']);
    const { quality = 'fast' } = options;
    const made = qualityOf(job);
    if (made !== undefined && made !== quality) differs(job, 'quality', quality, made);
  }

  /** A size of the model's own has the ratio of the one that was chosen. */
  function judgeSize(job: KnownJob, size: unknown): void {
    const [asked, made] = [ratioIn(size), ratioOf(job)];
    if (asked !== undefined && made !== undefined && asked !== made) differs(job, 'size', asked, made);
  }

  const isToldOther = ({ id }: KnownJob) =>
    truth.told.some(({ interaction, text }) => interaction === id && text.includes(NO_LONGER));

  /** It is made with the model that was chosen, but for one that starts from pictures, and where another is told. */
  function judgeModel(job: KnownJob, model: unknown): void {
    const other = job.requests.find((request) => request.model !== model && request.references.length === 0);
    if (model === undefined || other === undefined) return;
    if (!isToldOther(job)) differs(job, 'model', model, other.model);
  }

  /** What was sent with a form. */
  function judgeSent(job: KnownJob, { options }: InteractionTruth): void {
    const { count, size } = { ...options, ...flagsIn(String(options['prompt'])) };
    if (count !== undefined && Number(count) !== job.count) differs(job, 'count', count, job.count);
    judgeSize(job, size);
  }

  /** The text that is sent is what somebody typed for it, now or before. */
  function judgePrompt(job: KnownJob): void {
    const marker = markerOf(job.id);
    const other = job.requests.find((request) => request.marker !== marker);
    if (marker !== undefined && other !== undefined) differs(job, 'the prompt', marker, other.marker);
  }

  /** What a button of another job's asks for: the number that stands on it, and another seed. */
  function judgePressed(job: KnownJob, { name }: InteractionTruth): void {
    const [action = '', of = ''] = name.split(':');
    const number = /^count(\d+)$/.exec(action)?.[1];
    if (number !== undefined && Number(number) !== job.count) differs(job, 'count', number, job.count);
    const seedOf = (each: KnownJob | undefined) =>
      each?.requests.find((request) => jobs.numberOf(request) === 1)?.body['seed'];
    const before = seedOf(jobs.byId.get(of));
    if (action.startsWith('again') && before !== undefined && before === seedOf(job))
      differs(job, 'another seed than', before, before);
    if (action.startsWith('again')) judgeSame(job, jobs.byId.get(of));
    if (number !== undefined || action === 'without') judgeMended(job, of, number);
  }

  /**
   * What mends a refusal, or says yes to what /history asks, changes what it says and nothing else: its number, or the flags that
   * nobody understands.
   */
  function judgeMended(job: KnownJob, of: string, number: string | undefined): void {
    const { kind, name = '', options: typed = {} } = truth.interactions.get(of) ?? {};
    const again = jobs.byId.get(/^askagain:(\d+)$/.exec(name)?.[1] ?? '');
    if (again !== undefined) judgeSame(job, again);
    if (kind !== 'command' || name !== 'seedream' || isSuggested(String(typed['prompt']))) return;
    const { count, quality, seed, size, spoiler = false } = { ...typed, ...flagsIn(String(typed['prompt'])) };
    // What no client offers is given back as what is nearest to it.
    const isOffered = Number(count) >= 1 && Number(count) <= COUNT_MAX;
    if (number === undefined && isOffered && count !== job.count) differs(job, 'count', count, job.count);
    if (Number(seed) >= 0) judgeSeed(job, Number(seed));
    if (spoiler !== job.spoiler) differs(job, 'spoiler', spoiler, job.spoiler);
    if (typed['private'] === true && !job.private) differs(job, 'private', true, false);
    judgeSize(job, size);
    const made = qualityOf(job);
    if (made !== undefined && (quality === 'standard') !== (made === 'standard'))
      differs(job, 'quality', quality, made);
  }

  function judgeSeed(job: KnownJob, seed: number): void {
    for (const request of job.requests) {
      const { seed: made } = request.body;
      const own = (seed + (jobs.numberOf(request) ?? 1) - 1) % SEEDS;
      if (made !== undefined && made !== own) differs(job, 'seed', own, made);
    }
  }

  /** Again asks for the same, with the same model where that is still offered. */
  function judgeSame(job: KnownJob, before: KnownJob | undefined): void {
    if (before === undefined) return;
    if (before.count !== job.count) differs(job, 'count', before.count, job.count);
    if (before.spoiler !== job.spoiler) differs(job, 'spoiler', before.spoiler, job.spoiler);
    if (before.private && !job.private) differs(job, 'private', true, false);
    const [one, other] = [before.requests[0], job.requests[0]];
    if (one?.model !== other?.model) {
      const isPlain = one?.references.length === 0 && other?.references.length === 0;
      if (isPlain && !isToldOther(job)) differs(job, 'model', one.model, other.model);
      return;
    }
    judgeSize(job, ratioOf(before));
    // What was not known of a model when it was first asked for may be known now.
    const [asked, made] = [qualityOf(before), qualityOf(job)];
    if (asked !== undefined && made !== undefined && asked !== made) differs(job, 'quality', asked, made);
  }

  /** Whether somebody may end or remove what a member asked for. */
  function mayManage({ member, guild }: InteractionTruth, job: KnownJob): boolean {
    const person = people.find(({ name, guild: of }) => idOf(name) === member && idOf(of) === guild);
    return member === job.member || (person !== undefined && person.role !== 'member');
  }

  const pressesOf = (action: string, job: KnownJob) =>
    [...truth.interactions.values()].filter(({ name }) => name === `${action}:${job.id}`);

  /** What was cancelled before its time was up has been cancelled by somebody who may. */
  function judgeCancels(job: KnownJob): void {
    const early = job.requests.find(
      ({ state, endedAt = Infinity }) =>
        state === 'cancelled' && endedAt + tolerance.clocks(endedAt) < job.deadline - JUST_BEFORE,
    );
    if (early === undefined || pressesOf('cancel', job).some((press) => mayManage(press, job))) return;
    judge.broken(
      'what others asked for stays',
      job.id,
      `Request ${early.id} of job ${job.id} was cancelled, and nobody who may do that pressed Cancel.`,
    );
  }

  return {
    atEnd() {
      for (const job of jobs.byId.values()) {
        const asked = truth.interactions.get(job.id);
        if (asked?.name === 'seedream' && asked.kind === 'command') judgeTyped(job, asked);
        else if (asked?.kind === 'button') judgePressed(job, asked);
        else if (asked?.kind === 'form') judgeSent(job, asked);
        judgePrompt(job);
        judgeCancels(job);
      }
      judgeHidden({ truth, jobs, judge });
    },
  };
}
