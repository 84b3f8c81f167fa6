/** A gallery that fills: the first picture soon, few edits, and at each moment it says how many pictures are there. */
import type { RequestTruth, Told, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { Jobs, KnownJob } from '../jobs.ts';
import type { Judge } from '../judge.ts';
import { madeBy, numbersSaid } from './made.ts';

/**
 * From the answer that says that a job's first picture is made until it is seen, where nothing is wrong (milliseconds): an edit
 * comes two seconds after the one before, and pictures are fetched meanwhile, five at a time.
 */
const FIRST_WITHIN = 3500;
const FETCHED_WITHIN = 1500;
const FETCHED_AT_ONCE = 5;

/** Pictures that a message holds at most. */
const PER_MESSAGE = 10;

/** Between two edits that add pictures while others are being made: three seconds, but for what their ways to Discord differ (milliseconds). */
const FILLS_APART = 2400;

/** Edits of a job's messages where nothing is wrong. */
const EDITS_MOST = 10;

/**
 * Denials of a request are told once there is nothing else for so long (milliseconds; less what its answers' ways differ), and that it
 * is known again; that happens so often at most.
 */
const DENIALS_TOLD = 5000 - 500;
const TELLINGS_MOST = 3;
const EDITS_A_TELLING = 2;

/** Edits that say that RunComfy does not know one of a job's requests, and that it does again. */
function editsForDenials({ requests }: KnownJob): number {
  const tellings = requests.flatMap(({ denials }) =>
    denials.filter(({ from, to }) => to - from >= DENIALS_TOLD),
  ).length;
  return EDITS_A_TELLING * Math.min(tellings, TELLINGS_MOST);
}

/** What was seen of a job's gallery. */
interface Seen {
  job: KnownJob;
  /** By message, the pictures in it. */
  pictures: Map<string, readonly string[]>;
  lastAt: number;
}

export function judgeFilling({
  truth,
  jobs,
  isCalm,
  isClosed,
  isBrief,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  isCalm: IsCalm;
  /** Whether something in the world keeps the bot from a message's channel. */
  isClosed: (messageId: string) => boolean;
  /** Whether pictures of a job may not be there to be fetched. */
  isBrief: (job: KnownJob) => boolean;
  judge: Judge;
}) {
  const galleries = new Map<string, Seen>();
  let seen = 0;

  function judgeFirst(job: KnownJob, { at, interaction, pictures: shown }: Told): void {
    // The messages of a gallery are filled evenly and one after the other: what belongs into a later one waits for the first.
    const inFirst = Math.ceil(job.count / Math.ceil(job.count / PER_MESSAGE));
    const before = (request: RequestTruth) =>
      job.shares.slice(0, (jobs.numberOf(request) ?? 1) - 1).reduce((sum, images) => sum + images, 0);
    const heard = job.requests.flatMap((request) =>
      request.pictures.length === 0 || before(request) >= inFirst ? [] : (request.heardAt ?? []),
    );
    const first = Math.min(...heard);
    const within = FIRST_WITHIN + FETCHED_WITHIN * Math.floor(shown.length / FETCHED_AT_ONCE);
    // What Discord refused, or its member asked for again, comes by another interaction; spoilers come in order.
    if (job.spoiler || isBrief(job) || interaction !== job.id || at - first <= within || !isCalm(job.askedAt, at))
      return;
    judge.broken(
      'the first picture is shown soon',
      job.id,
      `The first picture of job ${job.id} was known to be made ${Math.round(at - first)} ms before it was seen, though all was well.`,
    );
  }

  /** What its member asked for again, once it had been seen, is a gallery of its own. */
  function isAskedAgain(interaction = ''): boolean {
    return truth.interactions.get(interaction)?.name.startsWith('deliver:') ?? false;
  }

  /** How many pictures are in these messages. */
  const count = (messages: (readonly string[])[]) => new Set(messages.flat()).size;

  function judgeNumber({ job, pictures }: Seen, { at, messageId, text, interaction = '' }: Told): void {
    // What went with its channel is counted still.
    const messages = [truth.interactions.get(job.id)?.replyId ?? '', ...pictures.keys()];
    const isWhole = messages.every((id) => truth.messages.get(id)?.deletedAt === undefined && !isClosed(id));
    const there = count([...pictures.values()]);
    const isAgain = isAskedAgain(interaction);
    const again = [...pictures].filter(([id]) => truth.messages.get(id)?.interaction === interaction);
    const own = isAgain ? count(again.map(([, shown]) => shown)) : there;
    const said = numbersSaid(text);
    if (!isWhole || said.length === 0 || said.includes(there) || said.includes(own) || !isCalm(job.askedAt, at)) return;
    judge.broken(
      'no sentence lies',
      `${job.id} so far`,
      `Message ${messageId} of job ${job.id} says that ${said.join(' and ')} pictures are there, and ${there} are.`,
    );
  }

  function judgeGap({ job, pictures: before, lastAt }: Seen, { at, messageId, pictures }: Told): void {
    // What RunComfy has forgotten is over for the bot.
    const goesOn = ({ endedAt = Infinity, forgottenAt }: RequestTruth) => forgottenAt === undefined && endedAt > at;
    const isMaking = at < job.deadline && job.requests.some(goesOn);
    const isMore = pictures.length > (before.get(messageId)?.length ?? 0);
    if (!isMaking || !isMore || at - lastAt >= FILLS_APART || !isCalm(job.askedAt, at)) return;
    judge.broken(
      'few edits',
      `${job.id} gap`,
      `Pictures were added to the gallery of job ${job.id} ${Math.round(at - lastAt)} ms after the last time.`,
    );
  }

  function note(told: Told, job: KnownJob): void {
    const gallery = galleries.get(job.id) ?? { job, pictures: new Map(), lastAt: -Infinity };
    if (gallery.pictures.size === 0) judgeFirst(job, told);
    else judgeGap(gallery, told);
    galleries.set(job.id, gallery);
    gallery.pictures.set(told.messageId, told.pictures);
    gallery.lastAt = told.at;
    judgeNumber(gallery, told);
  }

  return {
    now() {
      const news = truth.told
        .slice(seen)
        .filter(({ pictures, messageId }) => pictures.length > 0 && !isClosed(messageId));
      seen = truth.told.length;
      if (news.length === 0) return;
      const made = madeBy(jobs);
      for (const told of news) {
        const job = made.get(told.pictures[0] ?? '')?.job;
        if (job !== undefined) note(told, job);
      }
    },
    atEnd() {
      for (const { job, pictures, lastAt } of galleries.values()) {
        const isOf = ({ interaction, messageId }: Told) =>
          interaction === job.id || (pictures.has(messageId) && !isAskedAgain(interaction));
        const written = truth.told.filter((told) => told.at <= lastAt && isOf(told));
        // The reply stands before anything is written into it; a further message is posted, not edited, the first time.
        const posted = new Set(written.map(({ messageId }) => messageId)).size - 1;
        const edits = written.length - posted;
        const most = EDITS_MOST + editsForDenials(job);
        if (job.shares.length === 1 || edits <= most || !isCalm(job.askedAt, lastAt)) continue;
        judge.broken(
          'few edits',
          job.id,
          `The messages of job ${job.id} were edited ${edits} times, though all was well.`,
        );
      }
    },
  };
}
