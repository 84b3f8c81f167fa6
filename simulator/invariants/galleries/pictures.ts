/** Every picture once, in order, seen by those it is for; or said to be missing, with its link. */
import type { Fault } from '../../plan.ts';
import type { JobRecord, MessageTruth, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { Tolerance } from '../clocks.ts';
import { requestsIn, type Jobs, type KnownJob } from '../jobs.ts';
import type { Judge } from '../judge.ts';
import { judgeBroughtAgain } from './again.ts';
import { judgeGivenUp } from './given-up.ts';
import { madeBy } from './made.ts';
import { judgeNumbers } from './numbers.ts';

/** Pictures that are tried further. */
const YET = /could not be fetched yet/;

const MISSING =
  /could not be (fetched(?! yet)|posted|brought|shown)|cannot be shown|may not fetch from|refused to show/;

const MINUTE = 60_000;

/** How long an interaction's token lives (milliseconds, documented): what one person alone sees can be written for so long. */
const TOKEN_LIFE = 15 * MINUTE;

/** What a process has heard is written by then (milliseconds). */
const WRITTEN_WITHIN = 10_000;

const stands = ({ deletedAt, pictures }: MessageTruth) => deletedAt === undefined && pictures.length > 0;

/**
 * Whether a picture may stand in both: a private reply can be read by its token alone, for 15 minutes. Where Discord took the
 * pictures and answered nothing for so long, they come once more by direct message, rather than not at all.
 */
function mayRepeat(job: KnownJob | undefined, one: MessageTruth | undefined, other: MessageTruth): boolean {
  return job?.private === true && [one, other].filter((message) => message?.guild === undefined).length === 1;
}

export function judgePictures({
  truth,
  jobs,
  isCalm,
  areAssetsWell,
  isClosed,
  isOvertaken,
  isKept,
  isDeaf,
  isBrief,
  tolerance,
  judge,
  faults,
  begin,
  isElseWell,
}: {
  truth: Truth;
  jobs: Jobs;
  isCalm: IsCalm;
  /** Whether nothing was wrong with the host of the pictures. */
  areAssetsWell: IsCalm;
  /** Whether something in the world keeps the bot from a message's channel. */
  isClosed: (messageId: string) => boolean;
  /** Whether what stands in a message came over what another process had shown. */
  isOvertaken: (messageId: string) => boolean;
  /** Whether whatever a process heard between two moments could be written down. */
  isKept: IsCalm;
  /** Whether a member takes no direct messages at some time. */
  isDeaf: (member: string) => boolean;
  /** Whether addresses of a job's pictures expire soon. */
  isBrief: (job: KnownJob) => boolean;
  tolerance: Pick<Tolerance, 'clocks'>;
  judge: Judge;
  faults: readonly Fault[];
  /** Of the history, from which the plan's moments count (milliseconds since the epoch). */
  begin: number;
  /** Whether nothing was wrong but with the host of the pictures. */
  isElseWell: IsCalm;
}) {
  const disturbed = faults.length > 0;
  const isDelivery = (interaction: string) => truth.interactions.get(interaction)?.name.startsWith('deliver:') ?? false;

  /** Whether pictures that one person alone sees were asked for again by that person: Discord forgets such messages. */
  const isAgain = (earlier: MessageTruth | undefined, { onlyFor, interaction = '' }: MessageTruth) =>
    onlyFor !== undefined && onlyFor === earlier?.onlyFor && isDelivery(interaction);

  /**
   * Whether the bot could not know that the first one holds a picture: then it is missing for it, and can be asked for; what one
   * person alone sees it cannot read, and brings it in another.
   */
  const isUnheard = (picture: string, earlier: string, { interaction = '', onlyFor }: MessageTruth) =>
    (isDelivery(interaction) || onlyFor !== undefined) &&
    !truth.told.some(
      ({ at, messageId, pictures, heard }) =>
        heard && messageId === earlier && pictures.includes(picture) && isKept(at, at + WRITTEN_WITHIN),
    );

  function now(): void {
    const made = madeBy(jobs);
    const seen = new Map<string, string>();
    for (const message of truth.messages.values()) {
      if (!stands(message)) continue;
      let before = 0;
      for (const { picture } of message.pictures) {
        const earlier = seen.get(picture);
        seen.set(picture, message.id);
        const first = truth.messages.get(earlier ?? '');
        const job = made.get(picture)?.job;
        const isAsked = earlier !== undefined && earlier !== message.id;
        const repeats =
          (disturbed && mayRepeat(job, first, message)) ||
          (isAsked && (isAgain(first, message) || isUnheard(picture, earlier, message)));
        if (earlier !== undefined && !repeats)
          judge.broken(
            'every picture once',
            picture,
            `Picture ${picture} stands twice in Discord: in message ${earlier} and in message ${message.id}.`,
          );
        const of = made.get(picture);
        if (of === undefined) continue;
        // Without Embed Links, and where no embed names one, Discord shows them in the order in which they came.
        const isOrdered = message.embeds.some((embed) => 'image' in embed) && !isClosed(message.id);
        if (of.place <= before && isOrdered)
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

  /** Over the messages of a gallery, too, the pictures are in order, where nothing kept one back. */
  function judgeOrder(): void {
    const made = madeBy(jobs);
    const last = new Map<string, number>();
    const versions = new Map(truth.told.map(({ messageId, at }) => [messageId, at]));
    for (const { id, deletedAt, guild, pictures, interaction = '' } of truth.messages.values()) {
      const first = made.get(pictures[0]?.picture ?? '');
      if (first === undefined || deletedAt !== undefined || isClosed(id)) continue;
      const { job, place } = first;
      // What was asked for again is a gallery of its own.
      const gallery = isDelivery(interaction) ? interaction : job.id;
      const before = last.get(gallery) ?? 0;
      last.set(gallery, Math.max(...pictures.map(({ picture }) => made.get(picture)?.place ?? 0)));
      // To what one person alone sees nothing can be added once its token is dead: what came since is sent by direct message.
      if (
        place > before ||
        (job.private && guild === undefined) ||
        !isCalm(job.askedAt, versions.get(id) ?? job.askedAt)
      )
        continue;
      judge.broken(
        'pictures in order',
        `${job.id} over messages`,
        `Message ${id} begins with picture ${place} of job ${job.id}, after picture ${before} in the message before.`,
      );
    }
  }

  /** What was said while the reply could be reached: these are missing, and until when they are tried. */
  const isMissingSaid = (id: string) =>
    truth.told.some(({ interaction, text }) => interaction === id && YET.test(text));

  /** Whether what became of a job could be brought to nobody: its reply's token was dead by then, and its member takes no direct messages. */
  const isOutOfReach = ({ id, private: isPrivate, member, askedAt, requests }: KnownJob) =>
    isPrivate &&
    isDeaf(member) &&
    (requests.some(({ endedAt = Infinity }) => endedAt > askedAt + TOKEN_LIFE - MINUTE) || isMissingSaid(id));

  return {
    now,
    atEnd() {
      now();
      judgeOrder();
      judgeBroughtAgain({ truth, jobs, faults, begin, isElseWell, isBrief, tolerance, judge });
      judgeNumbers({ truth, jobs, isClosed, isOutOfReach, isOvertaken, judge });
      judgeGivenUp({ truth, jobs, isCalm, areAssetsWell, isClosed, isDeaf, isBrief, tolerance, judge });
      const shown = new Set(
        [...truth.messages.values()].flatMap(({ pictures }) => pictures.map(({ picture }) => picture)),
      );
      const records = new Map(truth.jobs().finished.map((record) => [record.id, record]));
      const told = new Map<string, string>();
      for (const { interaction, text } of truth.told)
        if (interaction !== undefined) told.set(interaction, `${told.get(interaction) ?? ''}\n${text}`);
      // A direct message names no job, and a gallery that was asked for again another interaction: a picture's own address says which it is.
      const isNamed = (url: string) => truth.told.some(({ text }) => text.includes(url));
      for (const [picture, each] of madeBy(jobs)) {
        const { job, url } = each;
        const record = records.get(job.id);
        if (shown.has(picture) || record === undefined || isGivenUp(record, jobs.numberOf(each.request))) continue;
        const said = told.get(job.id) ?? '';
        if (isNamed(url) || MISSING.test(said) || isOutOfReach(job)) continue;
        judge.broken(
          'no picture is lost',
          picture,
          `Picture ${picture} of job ${job.id} was made and paid for; it is nowhere in Discord, and nobody was told that it is missing.`,
        );
      }
    },
  };
}

/** Whether a job says of itself that a request's pictures could not be had, or its gallery not be brought: then its member can have them by /history. */
function isGivenUp(record: JobRecord, number: number | undefined): boolean {
  if (JSON.stringify(record['state']).includes('"givenUp":true')) return true;
  const { state } = requestsIn(record).find((each) => each.number === number) ?? {};
  return state?.name === 'unknown' || state?.failure === 'deadline' || state?.failure === 'unreadable';
}
