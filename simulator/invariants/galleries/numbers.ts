/** What a gallery says of its job in the end: how many pictures are there, and what became of the others. */
import type { MessageTruth, Told, Truth } from '../../world/truth.ts';
import type { Jobs, KnownJob } from '../jobs.ts';
import type { Judge } from '../judge.ts';
import { sentencesIn } from '../sentences.ts';
import { madeBy, numbersSaid } from './made.ts';

/** Sentences that say of a number of pictures that they are not there. */
const NOT_THERE = /^gallery\.(ends_\w+|(missing|lost|unshowable|notAllowed|unposted)_\w+)$/;

/** A gallery as it stands in the end. */
interface Gallery {
  job: KnownJob;
  /** The pictures in its messages, and the most that they say are there. */
  there: Set<string>;
  most: number;
  /** Those of them whose edit Discord has owned to: of others the bot does not know that they stand. */
  owned: Set<string>;
  /** Whether all its messages stand. */
  whole: boolean;
  ids: string[];
  text: string;
}

function galleriesOf(truth: Truth, jobs: Jobs): Gallery[] {
  const made = madeBy(jobs);
  const texts = new Map(truth.told.map(({ messageId, text }) => [messageId, text]));
  // An edit that says nothing of pictures leaves those that stand, and brings none.
  const isGallery = ({ heard, text }: Told) => heard === true && numbersSaid(text).length > 0;
  const owned = new Set(truth.told.filter(isGallery).flatMap(({ pictures }) => pictures));
  const galleries = new Map<string, Gallery>();
  const begin = (job: KnownJob): Gallery => ({
    ...{ job, there: new Set(), owned: new Set(), most: 0, whole: true, ids: [], text: '' },
  });
  const add = (job: KnownJob, { id, deletedAt, pictures }: MessageTruth) => {
    const of = galleries.get(job.id) ?? begin(job);
    galleries.set(job.id, of);
    const text = texts.get(id) ?? '';
    of.most = Math.max(of.most, ...numbersSaid(text));
    of.whole &&= deletedAt === undefined;
    of.ids.push(id);
    of.text += `\n${text}`;
    for (const { picture } of pictures) {
      of.there.add(picture);
      if (owned.has(picture)) of.owned.add(picture);
    }
  };
  for (const message of truth.messages.values()) {
    const job = made.get(message.pictures[0]?.picture ?? '')?.job;
    if (job !== undefined) add(job, message);
  }
  // What a reply, or a gallery in a closed channel, could not be made to say comes by direct message.
  for (const { interaction, onlyFor, text } of truth.told)
    for (const gallery of interaction === undefined && onlyFor !== undefined ? galleries.values() : [])
      if (gallery.job.member === onlyFor) gallery.text += `\n${text}`;
  return [...galleries.values()];
}

/** How many pictures a gallery's sentences say are not there. */
function saidNotThere(text: string): number {
  return sentencesIn(text).reduce((sum, { key, values: { count = '1', made, asked } }) => {
    if (key === 'gallery.fewer') return sum + Number(asked) - Number(made);
    return NOT_THERE.test(key) ? sum + Number(count) : sum;
  }, 0);
}

/** The number of pictures that a gallery's messages say are there is the number that is; and every other is accounted for. */
export function judgeNumbers({
  truth,
  jobs,
  isClosed,
  isOutOfReach,
  isOvertaken,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  /** Whether something in the world keeps the bot from a message's channel. */
  isClosed: (messageId: string) => boolean;
  /** Whether what became of a job could be brought to nobody. */
  isOutOfReach: (job: KnownJob) => boolean;
  /** Whether what stands in a message came over what another process had shown. */
  isOvertaken: (messageId: string) => boolean;
  judge: Judge;
}): void {
  const records = new Map(truth.jobs().finished.map((record) => [record.id, record]));
  for (const { job, there, owned, most, whole, text, ids } of galleriesOf(truth, jobs)) {
    // Where the bot lacks Embed Links, Discord leaves out what is said there (discord-api-docs #2601).
    const isSpeechless = most < there.size && ids.some(isClosed);
    if (!whole || isSpeechless || ids.some(isOvertaken)) continue;
    // To the bot there is no gallery.
    if (owned.size === 0 && most === 0) continue;
    if (most < owned.size || most > there.size)
      judge.broken(
        'no sentence lies',
        `${job.id} pictures`,
        `The gallery of job ${job.id} says that ${most} pictures are there, and ${there.size} are.`,
      );
    const record = records.get(job.id);
    const told = there.size + saidNotThere(text);
    // What was brought again by /history stands in two galleries.
    if (job.shares.length === 1 || record === undefined || record['reopenedAt'] !== undefined || told >= job.count)
      continue;
    // A gallery that the bot gave up, as Discord owned to nothing of it, is told of by the addresses of all that was made.
    const { givenUp } = record['state'] as { givenUp?: boolean };
    if (isOutOfReach(job) || (owned.size === 0 && givenUp === true)) continue;
    judge.broken(
      'an end is told whole',
      job.id,
      `The gallery of job ${job.id} shows ${there.size} pictures and says of ${told - there.size} others what became of them; ${job.count} were asked for.`,
    );
  }
}
