/** What is made is what was asked for, and what is somebody's is ended or taken away by nobody but them and moderators. */
import type { Plan } from '../../plan.ts';
import { idOf } from '../../world/discord/discord.ts';
import type { InteractionTruth, Truth } from '../../world/truth.ts';
import type { Tolerance } from '../clocks.ts';
import { madeBy } from '../galleries/made.ts';
import type { Jobs, KnownJob } from '../jobs.ts';
import type { Judge } from '../judge.ts';

/** The seed after the largest is 0. */
const SEEDS = 2 ** 31;

/** What is given up at its deadline is not cancelled before that by more than this (milliseconds). */
const JUST_BEFORE = 1000;

/** What Discord hides behind a blur bears this in its file's name. */
const HIDDEN = 'SPOILER_';

export function judgeAsked({
  truth,
  plan: { people = [] },
  jobs,
  tolerance,
  judge,
}: {
  truth: Truth;
  plan: Pick<Plan, 'people'>;
  jobs: Jobs;
  tolerance: Pick<Tolerance, 'clocks'>;
  judge: Judge;
}) {
  const differs = (job: KnownJob, what: string, asked: unknown, made: unknown) => {
    judge.broken(
      'what is made was asked for',
      `${job.id} ${what}`,
      `Job ${job.id} was asked for with ${what} ${String(asked)}, and is made with ${String(made)}.`,
    );
  };

  /** What was typed: a prompt may say otherwise only by a flag. */
  function judgeTyped(job: KnownJob, { options }: InteractionTruth): void {
    const { count, seed, prompt } = options;
    const isFlagged = String(prompt).includes('--');
    if (typeof count === 'number' && !isFlagged && count !== job.count) differs(job, 'count', count, job.count);
    for (const request of job.requests) {
      const { seed: made } = request.body;
      const own = (Number(seed) + (jobs.numberOf(request) ?? 1) - 1) % SEEDS;
      if (seed !== undefined && !isFlagged && made !== undefined && made !== own) differs(job, 'seed', own, made);
    }
    const isHidden = options['spoiler'] === true;
    if (isHidden !== job.spoiler) differs(job, 'spoiler', isHidden, job.spoiler);
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

  /** What is to be hidden is, and nothing else. */
  function judgeHidden(): void {
    const made = madeBy(jobs);
    for (const { pictures } of truth.messages.values())
      for (const { picture, fileName } of pictures) {
        const job = made.get(picture)?.job;
        if (job !== undefined && fileName.startsWith(HIDDEN) !== job.spoiler)
          differs(job, 'spoiler', job.spoiler, fileName);
      }
  }

  return {
    atEnd() {
      for (const job of jobs.byId.values()) {
        const asked = truth.interactions.get(job.id);
        if (asked?.name === 'seedream' && asked.kind === 'command') judgeTyped(job, asked);
        else if (asked?.kind === 'button') judgePressed(job, asked);
        judgeCancels(job);
      }
      judgeHidden();
    },
  };
}
