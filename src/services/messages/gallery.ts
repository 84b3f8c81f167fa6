/** The gallery: how a job's pictures are laid out in messages, files and embeds. Pure. */
import type { APIEmbed } from 'discord.js';
import { showDelivered } from '../../languages/formats.ts';
import { translate, type Translate } from '../../languages/languages.ts';
import { altText, showText } from './display.ts';
import { isCancellable, type Job } from '../job/job.ts';
import { optionsUrl } from './options-in-url.ts';
import { cancelButton, galleryButtons } from './buttons.ts';
import { COLOURS } from './colours.ts';
import { factsLine, isUnnamed, requesterLine } from './facts.ts';
import { writeLines, type Line } from './lines.ts';
import type { ReplyMessage } from './message.ts';
import type { ShownModel } from './shown-model.ts';
import { pictureSelect, referenceThumbnail } from './references.ts';

/** Discord takes at most 10 attachments and 10 embeds a message. */
const FILES_PER_MESSAGE = 10;
export const PICTURES_PER_MESSAGE = FILES_PER_MESSAGE;

/** Discord's client draws up to 4 embeds that share a url as one gallery. */
const PICTURES_PER_GROUP = 4;

/** The most bytes of pictures in a message: Discord takes requests of at most 25 MiB, and 1 MiB is kept for the rest. */
export const BYTES_PER_MESSAGE = 24 * 1024 * 1024;

/** A picture that is ready to be posted. */
export interface GalleryPicture {
  /** Its place among the job's pictures, from 1. */
  number: number;
  /** The file, in pieces. */
  chunks: readonly Buffer[];
  /** Bytes. */
  size: number;
  extension: string;
  /** Where the original is, if this is a lighter copy of it. */
  reencodedFrom: string | undefined;
}

/**
 * How many pictures stand in each group of a message: as few groups as can be, as even as can be. So none has one picture
 * alone, which the client would draw larger than the whole grid above it: five are three and two, nine are three times three.
 */
export function groupSizes(pictures: number): number[] {
  const groups = Math.ceil(pictures / PICTURES_PER_GROUP);
  return Array.from({ length: groups }, (_, index) => Math.ceil((pictures - index) / groups));
}

/** How many of `waiting` pictures the next message should hold, so that the fewest messages are evenly filled. */
export function messageShare(waiting: number): number {
  return Math.ceil(waiting / Math.ceil(waiting / PICTURES_PER_MESSAGE));
}

/** The text above a message's pictures: the prompt, and of a further message which pictures these are. */
function textOf(job: Job, { number, pictures, kept = [] }: GalleryPart, t: Translate): string {
  if (number > 1) {
    const numbers = [...kept, ...pictures].map((picture) => picture.number);
    const [from, to] = [Math.min(...numbers), Math.max(...numbers)];
    const part = from === to ? t('gallery.partOne', { from }) : t('gallery.part', { from, to });
    return requesterLine(job.userId, [part]);
  }
  const prompt = showText(job.prompt, 2000);
  return isUnnamed(job) || isElsewhere(job) ? `${prompt}\n${requesterLine(job.userId)}` : prompt;
}

/** Whether a gallery begins in a message of its own, which Discord shows as nobody's reply. */
function isElsewhere({ gallery, reply }: Job): boolean {
  const [first] = gallery.posted;
  return first !== undefined && reply.messageId !== undefined && first.messageId !== reply.messageId;
}

/** The quiet line below them. */
function footerOf(job: Job, { number, making = false, delivered, model }: GalleryPart, t: Translate): string {
  if (number > 1) return showDelivered({ delivered, asked: job.count }, t);
  const took = making || job.finishedAt === undefined ? undefined : job.finishedAt - job.createdAt;
  return factsLine(job, { model, delivered, took }, t);
}

function galleryFileName(job: Job, picture: GalleryPicture): string {
  // Discord blurs files of this name until they are clicked, as those that are marked.
  const spoiler = job.spoiler ? 'SPOILER_' : '';
  return `${spoiler}seedream-${job.id}-${picture.number}.${picture.extension}`;
}

/**
 * Which pictures of a job (numbered from 1) a posted message holds, by its files' names. After a kill they may be others
 * than those that could be downloaded now.
 */
export function picturesIn(job: Pick<Job, 'id'>, files: string[]): number[] {
  return files.flatMap((name) => {
    const [, jobId, number] = /seedream-(\d+)-(\d+)\.\w+$/.exec(name) ?? [];
    return jobId === job.id ? [Number(number)] : [];
  });
}

/** A picture that a message holds already. */
export interface KeptPicture extends Pick<GalleryPicture, 'number' | 'reencodedFrom'> {
  /** Its file's, as Discord has it. */
  id: string;
  name: string;
}

/** What a message of a gallery shows beside the job's record. */
interface GalleryPart {
  /** Which message of the gallery, from 1. */
  number: number;
  pictures: GalleryPicture[];
  /** Pictures that the message holds already, and keeps. */
  kept?: KeptPicture[];
  /** Whether others of the job's pictures are still being made. */
  making?: boolean;
  /** How many of the job's pictures are in Discord once this message is. */
  delivered: number;
  /** Lines above the pictures. */
  notes: Line[];
  model: ShownModel;
}

/** While others are being made, what still can be is cancelled; a gallery that is whole has its own buttons. */
function buttonsOf(
  job: Job,
  { making = false, model }: GalleryPart,
  t: Translate,
): NonNullable<ReplyMessage['components']> {
  if (!making) return galleryButtons(job, model, t);
  return isCancellable(job) ? cancelButton(job, t) : [];
}

/** Starts from one of the pictures that the message holds, once it holds them all. */
function selectOf(
  job: Job,
  { pictures, kept = [], making = false, model }: GalleryPart,
  t: Translate,
): NonNullable<ReplyMessage['components']> {
  if (making || !model.editing) return [];
  const numbers = [...kept, ...pictures].map(({ number }) => number).toSorted((one, other) => one - other);
  return pictureSelect(job, numbers, t);
}

/**
 * The embeds of a message: the text, the pictures in their groups, the quiet line. Discord's client draws of a group the first
 * embed's text above its pictures and its footer below them. An embed shows its picture however its file is marked: those of a
 * spoiler stay attachments, which the client draws as one mosaic, blurred, above the embed.
 */
function embedsOf(
  names: readonly string[],
  { job, part, t }: { job: Job; part: GalleryPart; t: Translate },
): APIEmbed[] {
  const thumbnail = part.number === 1 ? referenceThumbnail(job, t) : {};
  const text = { description: textOf(job, part, t), ...thumbnail };
  const footer = { footer: { text: footerOf(job, part, t) } };
  const url = (group: number) => optionsUrl(job, `${part.number}-${group}`);
  if (names.length === 0) return [{ color: COLOURS.green, ...text, ...footer, url: url(0) }];
  const sizes = groupSizes(names.length);
  const firsts = sizes.map((_, group) => sizes.slice(0, group).reduce((sum, size) => sum + size, 0));
  return names.map((name, index): APIEmbed => {
    const group = firsts.findLastIndex((first) => first <= index);
    const isFirst = firsts[group] === index;
    return {
      color: COLOURS.green,
      ...(index === 0 && text),
      url: url(group),
      image: { url: `attachment://${name}` },
      ...(isFirst && group === sizes.length - 1 && footer),
    };
  });
}

/**
 * The gallery's message `number` with these pictures, in their order; the last one is left for the next message where links
 * need a file of their own.
 */
export function galleryMessage(job: Job, part: GalleryPart): ReplyMessage {
  const { number, pictures, kept = [], delivered, notes } = part;
  const t = translate(job.private ? job.locale : job.guildLocale);
  const files = pictures.map((picture) => ({
    name: galleryFileName(job, picture),
    data: picture.chunks,
    description: altText(job.prompt),
    ...(job.spoiler && { spoiler: true }),
  }));
  const inOrder = [...kept, ...pictures.map((each) => ({ number: each.number, name: galleryFileName(job, each) }))];
  if (kept.length > 0) inOrder.sort((one, other) => one.number - other.number);
  const names = job.spoiler ? [] : inOrder.map(({ name }) => name);
  const embeds = embedsOf(names, { job, part, t });
  const heavy = [...kept, ...pictures].flatMap(({ number: picture, reencodedFrom: url }) =>
    url === undefined ? [] : [{ label: String(picture), url }],
  );
  const originals: Line = { links: heavy, write: (links) => t('gallery.reencoded', { links }) };
  const above = writeLines(heavy.length === 0 ? notes : [...notes, originals], t);
  if (pictures.length > 0 && kept.length + files.length + above.files.length > FILES_PER_MESSAGE) {
    return galleryMessage(job, { ...part, pictures: pictures.slice(0, -1), delivered: delivered - 1 });
  }
  const components = [...(number === 1 ? buttonsOf(job, part, t) : []), ...selectOf(job, part, t)];
  const message = { content: above.content, embeds, components, files: [...files, ...above.files] };
  return kept.length === 0 ? message : { ...message, kept: kept.map(({ id }) => id) };
}
