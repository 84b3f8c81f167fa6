/** What a gallery says of its job beside the pictures: whose it is, its size and seed, which pictures these are, where they come from. */
import type { Told, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { Tolerance } from '../clocks.ts';
import type { Jobs, KnownJob } from '../jobs.ts';
import type { Judge } from '../judge.ts';
import { createCancellable } from './cancellable.ts';
import { judgeDirect } from './direct.ts';
import { madeBy } from './made.ts';
import { wrongTime } from './took.ts';

/** The seed after the largest is 0. */
const SEEDS = 2 ** 31;

/** The fields of models' bodies that hold a size, and the ratio in one. */
const SIZE_FIELDS = ['image_size', 'aspect_ratio', 'size'];
const RATIO = /\b(\d{1,2}:\d{1,2})\b(?!\d)/;

/** The ratio of a job's pictures (`16:9`), by what was sent for it; `undefined` where its model has no sizes. */
export function ratioOf({ requests }: KnownJob): string | undefined {
  const body = requests[0]?.body ?? {};
  return ratioIn(SIZE_FIELDS.map((field) => body[field]).find((value) => typeof value === 'string'));
}

/** The ratio that a size names. */
export const ratioIn = (size: unknown) => (typeof size === 'string' ? RATIO.exec(size)?.[1] : undefined);

/** The seed of a job, by what was sent for its request of some number. */
function seedOf(job: KnownJob, jobs: Jobs): number | undefined {
  const [request] = job.requests;
  const seed = request?.body['seed'];
  if (request === undefined || typeof seed !== 'number') return undefined;
  return (seed - (jobs.numberOf(request) ?? 1) + 1 + SEEDS) % SEEDS;
}

const SEED_TOLD = /^Seed \*\*(\d+)\*\*/;

/** The buttons of a gallery that is whole. */
const BUTTONS = ['again', 'edit', 'remove'];

export function judgeFacts({
  truth,
  jobs,
  isCalm,
  isClosed,
  tolerance,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  isCalm: IsCalm;
  /** Whether something in the world keeps the bot from a message's channel. */
  isClosed: (messageId: string) => boolean;
  tolerance: Pick<Tolerance, 'clocks'>;
  judge: Judge;
}) {
  const cancellable = createCancellable({ truth, jobs, isCalm, judge });
  let seen = 0;

  function wrong({ messageId, text }: Told, { id }: KnownJob, what: string, why: string): void {
    judge.broken(
      'a gallery says what it is',
      `${messageId} ${what}`,
      `Message ${messageId} of job ${id} reads "${text.replaceAll('\n', ' / ').slice(0, 300)}", but ${why}.`,
    );
  }

  /** The quiet line: number, size and seed are those that were sent, and the time is what it took. */
  function judgeLine(told: Told, job: KnownJob): void {
    const asked = /^\d+(?: of |, for )(\d+)(?: asked)?(?: · |$)/m.exec(told.text)?.[1];
    if (asked !== undefined && Number(asked) !== job.count) wrong(told, job, 'asked', `it was asked for ${job.count}`);
    const said = / · seed (\d+)(?: · |$)/m.exec(told.text)?.[1];
    const seed = seedOf(job, jobs);
    if (said !== undefined && seed !== undefined && Number(said) !== seed)
      wrong(told, job, 'seed', `its seed is ${seed}`);
    const ratio = ratioOf(job);
    const named = / · (?:(?:Landscape|Portrait|Ultrawide) (\d+:\d+)|Square)(?: · |$)/m.exec(told.text);
    if (named !== null && ratio !== undefined && (named[1] ?? '1:1') !== ratio)
      wrong(told, job, 'size', `it was asked for as ${ratio}`);
    const time = wrongTime(told, job, { truth, isCalm, tolerance });
    if (time !== undefined) wrong(told, job, 'time', time);
  }

  /** Which pictures these are. */
  function judgePart(told: Told, job: KnownJob, places: readonly number[]): void {
    const [, from, to = from] = /^-# <@\d+> · Pictures? (\d+)(?: to (\d+))?$/m.exec(told.text) ?? [];
    if (from === undefined) return;
    const [first, last] = [Math.min(...places), Math.max(...places)];
    if (Number(from) !== first || Number(to) !== last) wrong(told, job, 'part', `these are ${first} to ${last}`);
  }

  /** Whose job it is, where Discord does not show who used the command. */
  function judgeWhose(told: Told, job: KnownJob): void {
    const { guild, interaction } = truth.messages.get(told.messageId) ?? {};
    const asked = truth.interactions.get(job.id);
    const isReply = interaction === job.id && asked?.kind === 'command' && asked.name === 'seedream';
    if (guild !== undefined && told.onlyFor === undefined && !isReply && !told.text.includes(`<@${job.member}>`))
      wrong(told, job, 'requester', `it does not name ${job.member}`);
  }

  /** Each button is about the job that the message shows. */
  function judgeButtons(told: Told, job: KnownJob): void {
    const stranger = told.buttons.find((id) => !id.endsWith(`:${job.id}`));
    if (stranger !== undefined) wrong(told, job, 'button', `it has the button ${stranger}`);
  }

  /** What the Seed button tells, to ask for the same again. */
  function judgeSeed(told: Told): void {
    const [, job] = (truth.interactions.get(told.interaction ?? '')?.name ?? '').split(':');
    const known = jobs.byId.get(job ?? '');
    const said = SEED_TOLD.exec(told.text)?.[1];
    const seed = known && seedOf(known, jobs);
    if (known === undefined) return;
    if (said !== undefined && seed !== undefined && Number(said) !== seed)
      wrong(told, known, 'seed', `its seed is ${seed}`);
    const command = told.text.split('\n').find((line) => line.startsWith('/seedream ')) ?? '';
    const count = / count:(\d+)\b/.exec(command)?.[1];
    if (Number(count) !== known.count) wrong(told, known, 'count', `it was asked for with ${known.count}`);
    const [request] = known.requests;
    const { marker, model, references = [] } = request ?? {};
    if (marker !== undefined && !command.includes(marker)) wrong(told, known, 'prompt', `its prompt has ${marker}`);
    const other = / model:(\S+)/.exec(command)?.[1];
    if (other !== undefined && model !== undefined && references.length === 0 && other !== model)
      wrong(told, known, 'model', `its model is ${model}`);
    const quality = / quality:(\w+)/.exec(command)?.[1];
    const sent = request?.body['optimize_prompt_options'] as string | undefined;
    if (quality !== undefined && sent !== undefined && quality !== sent)
      wrong(told, known, 'quality', `its quality is ${sent}`);
    const [size, ratio] = [ratioIn(/ size:(.+?)(?= \w+:|$)/.exec(command)?.[1]), ratioOf(known)];
    if (size !== undefined && ratio !== undefined && size !== ratio) wrong(told, known, 'size', `its size is ${ratio}`);
    if (command.includes(' spoiler:True') !== known.spoiler)
      wrong(told, known, 'spoiler', `it was ${known.spoiler ? '' : 'not '}to be hidden`);
  }

  /** A link is called by the place of the picture that it leads to. */
  function judgeLinks(told: Told): void {
    const links = [...told.text.matchAll(/\[(\d+)\]\(<(https[^>]+)>\)|^(\d+): (https\S+)$/gm)];
    if (links.length === 0) return;
    const places = new Map([...madeBy(jobs).values()].map((made) => [made.url, made]));
    for (const [, number, url = '', listed = number, inFile = url] of links) {
      const made = places.get(inFile);
      if (made !== undefined && made.place !== Number(listed))
        wrong(told, made.job, 'link', `${listed} leads to picture ${made.place}`);
    }
  }

  function judgeDescribed(made: ReturnType<typeof madeBy>): void {
    for (const { id, pictures } of truth.messages.values())
      for (const { picture, description } of pictures) {
        const { job, request } = made.get(picture) ?? {};
        if (job === undefined || request?.marker === undefined || description?.includes(request.marker)) continue;
        judge.broken(
          'a gallery says what it is',
          `${id} description`,
          `Picture ${picture} of job ${job.id} is described as "${description ?? ''}" in message ${id}.`,
        );
      }
  }

  return {
    now() {
      const all = truth.told.slice(seen);
      for (const told of all) {
        cancellable(told);
        if (SEED_TOLD.test(told.text)) judgeSeed(told);
        if (told.text.includes('https://')) judgeLinks(told);
      }
      const news = all.filter(({ pictures }) => pictures.length > 0);
      seen = truth.told.length;
      if (news.length === 0) return;
      const made = madeBy(jobs);
      for (const told of news) {
        const shown = told.pictures.flatMap((picture) => made.get(picture) ?? []);
        const [first] = shown;
        if (first === undefined) continue;
        judgeLine(told, first.job);
        const places = shown.map(({ place }) => place);
        judgePart(told, first.job, places);
        // Where the bot lacks Embed Links, Discord leaves out what is said there (discord-api-docs #2601).
        if (!isClosed(told.messageId)) judgeWhose(told, first.job);
        judgeButtons(told, first.job);
      }
    },

    /** A gallery that is whole has its buttons, and whoever cannot see its pictures is told what they are to show. */
    atEnd() {
      const made = madeBy(jobs);
      judgeDescribed(made);
      judgeDirect({ truth, judge });
      const last = new Map(truth.told.map((told) => [told.messageId, told]));
      const delivered = new Set(
        truth
          .jobs()
          .finished.flatMap(({ id, state }) => ((state as { name: string }).name === 'delivered' ? [id] : [])),
      );
      const firsts = new Set<string>();
      for (const { id, guild, onlyFor, deletedAt, pictures } of truth.messages.values()) {
        const job = made.get(pictures[0]?.picture ?? '')?.job;
        const told = last.get(id);
        if (job === undefined || told === undefined || firsts.has(job.id)) continue;
        firsts.add(job.id);
        // What one person alone sees can't be edited once its token is dead.
        const isJudged =
          guild !== undefined &&
          onlyFor === undefined &&
          deletedAt === undefined &&
          delivered.has(job.id) &&
          !isClosed(id);
        if (!isJudged || !isCalm(job.askedAt, told.at)) continue;
        const missing = BUTTONS.find((button) => !told.buttons.includes(`${button}:${job.id}`));
        if (missing !== undefined) wrong(told, job, 'buttons', `it has no button ${missing}`);
      }
    },
  };
}
