/** Every picture once, in order, seen by those it is for; or said to be missing, with its link. */
import type { JobRecord, MessageTruth, Truth } from '../world/truth.ts';
import type { Jobs, KnownJob } from './jobs.ts';
import type { Judge } from './judge.ts';

/** Sentences that say that pictures are missing without a link of each. */
const MISSING =
  /could not be (fetched(?! yet)|posted|brought|shown)|cannot be shown|may not fetch from|refused to show/;

/** A picture of a job: its place among the job's pictures (from 1), and where it can be had. */
interface Made {
  job: KnownJob;
  place: number;
  url: string;
}

/** Every picture of the jobs' requests, by the name that its bytes bear: its address without host and ending. */
function madeBy(jobs: Jobs): Map<string, Made> {
  const made = new Map<string, Made>();
  for (const job of jobs.byId.values()) {
    const urls = job.requests.flatMap(({ pictures }) => pictures);
    for (const [index, url] of urls.entries()) made.set(nameOf(url), { job, place: index + 1, url });
  }
  return made;
}

function nameOf(url: string): string {
  return url.replaceAll(/^https?:\/\/[^/]+\/|\.\w+(\?.*)?$/g, '');
}

const stands = ({ deletedAt, pictures }: MessageTruth) => deletedAt === undefined && pictures.length > 0;

/**
 * Whether a picture may stand in both: a private reply can be read by its token alone, for 15 minutes. Where Discord took the
 * pictures and answered nothing for so long, they come once more by direct message, rather than not at all.
 */
function mayRepeat(job: KnownJob | undefined, one: MessageTruth | undefined, other: MessageTruth): boolean {
  return job?.private === true && [one, other].filter((message) => message?.guild === undefined).length === 1;
}

/** @param disturbed - whether anything goes wrong in the history. */
export function judgePictures({
  truth,
  jobs,
  judge,
  disturbed,
}: {
  truth: Truth;
  jobs: Jobs;
  judge: Judge;
  disturbed: boolean;
}) {
  function now(): void {
    const made = madeBy(jobs);
    const seen = new Map<string, string>();
    for (const message of truth.messages.values()) {
      if (!stands(message)) continue;
      let before = 0;
      for (const { picture } of message.pictures) {
        const earlier = seen.get(picture);
        seen.set(picture, message.id);
        const repeats = disturbed && mayRepeat(made.get(picture)?.job, truth.messages.get(earlier ?? ''), message);
        if (earlier !== undefined && !repeats)
          judge.broken(
            'every picture once',
            picture,
            `Picture ${picture} stands twice in Discord: in message ${earlier} and in message ${message.id}.`,
          );
        const of = made.get(picture);
        if (of === undefined) continue;
        if (of.place <= before)
          judge.broken(
            'pictures in order',
            message.id,
            `Message ${message.id} shows picture ${of.place} of job ${of.job.id} after picture ${before}.`,
          );
        before = of.place;
        if (of.job.private && message.guild !== undefined && message.onlyFor !== of.job.member)
          judge.broken(
            'private stays private',
            picture,
            `Picture ${picture} of the private job ${of.job.id} is seen by others in message ${message.id}.`,
          );
      }
    }
  }

  /** The number of pictures that a gallery's messages say are there is the number that is. */
  function judgeNumbers(): void {
    const made = madeBy(jobs);
    const texts = new Map(truth.told.map(({ messageId, text }) => [messageId, text]));
    const said = new Map<string, { most: number; there: Set<string>; whole: boolean }>();
    for (const message of truth.messages.values()) {
      const job = made.get(message.pictures[0]?.picture ?? '')?.job.id;
      if (job === undefined) continue;
      const of = said.get(job) ?? { most: 0, there: new Set<string>(), whole: true };
      said.set(job, of);
      const numbers = [...(texts.get(message.id) ?? '').matchAll(/^(\d+)(?: of |, for )\d+(?: · |$)/gm)];
      of.most = Math.max(of.most, ...numbers.map(([, number]) => Number(number)));
      of.whole &&= message.deletedAt === undefined;
      for (const { picture } of message.pictures) of.there.add(picture);
    }
    for (const [job, { most, there, whole }] of said)
      if (whole && most !== there.size)
        judge.broken(
          'no sentence lies',
          `${job} pictures`,
          `The gallery of job ${job} says that ${most} pictures are there, and ${there.size} are.`,
        );
  }

  return {
    now,
    atEnd() {
      now();
      judgeNumbers();
      const shown = new Set(
        [...truth.messages.values()].flatMap(({ pictures }) => pictures.map(({ picture }) => picture)),
      );
      const records = new Map(truth.jobs().finished.map((record) => [record.id, record]));
      const told = new Map<string, string>();
      for (const { interaction, text } of truth.told)
        if (interaction !== undefined) told.set(interaction, `${told.get(interaction) ?? ''}\n${text}`);
      // A message of the bot's own making, such as a direct one, names no job: a picture's own address says which one it is about.
      const byBot = truth.told.flatMap(({ interaction, text }) => (interaction === undefined ? [text] : [])).join('\n');
      for (const [picture, { job, url }] of madeBy(jobs)) {
        const record = records.get(job.id);
        if (shown.has(picture) || record === undefined || isGivenUp(record)) continue;
        const said = told.get(job.id) ?? '';
        if (said.includes(url) || byBot.includes(url) || MISSING.test(said)) continue;
        judge.broken(
          'no picture is lost',
          picture,
          `Picture ${picture} of job ${job.id} was made and paid for; it is nowhere in Discord, and nobody was told that it is missing.`,
        );
      }
    },
  };
}

/** Whether a job says of itself that its pictures could not be brought: its member can have them by /history. */
function isGivenUp(record: JobRecord): boolean {
  return /"givenUp":true|"name":"unknown"|"failure":"(deadline|unreadable)"/.test(JSON.stringify(record['state']));
}
