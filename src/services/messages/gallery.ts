/** The gallery: how a job's pictures are shared out over messages, files and embeds. Pure. */
import { escapeMarkdown, type APIEmbed } from 'discord.js';
import { showDuration } from '../../languages/formats.ts';
import { translate } from '../../languages/languages.ts';
import { altText, showText } from './display.ts';
import type { Job } from '../job/job.ts';
import { settingsUrl } from './settings-in-url.ts';
import { galleryButtons } from './buttons.ts';
import type { ReplyMessage } from '../discord/reply.ts';

/** Discord takes at most 10 attachments and 10 embeds a message. */
export const PICTURES_PER_MESSAGE = 10;

/** Discord's client draws up to 4 embeds that share a url as one gallery. */
const PICTURES_PER_GROUP = 4;

/** Discord takes requests of at most 25 MiB; one is left for the rest of the body. */
export const BYTES_PER_MESSAGE = 24 * 1024 * 1024;

const GREEN = 0x3b_a5_5d;

/** A picture that is ready to be posted. */
export interface GalleryPicture {
  /** Its place among the job's pictures, from 1. */
  number: number;
  bytes: Buffer;
  extension: string;
  /** Where the original is, if this is a lighter copy of it. */
  reencodedFrom: string | undefined;
  /** Rejects with PictureError where it turns out to be damaged. */
  proof: Promise<void>;
}

/**
 * How many of `waiting` pictures the next message should hold: as many messages as needed, evenly filled.
 */
export function messageShare(waiting: number): number {
  return Math.ceil(waiting / Math.ceil(waiting / PICTURES_PER_MESSAGE));
}

/** `2560:1440 (16:9)` as people read it: `2560×1440 (16:9)`. */
export function showSize(size: string): string {
  return size.replace(':', '×');
}

/** An address as a masked link of a few characters. */
export function showLink(label: string, url: string): string {
  return `[${escapeMarkdown(label)}](<${url.replace(/[<>\s]/g, encodeURIComponent).replaceAll(')', '%29')}>)`;
}

function caption(job: Job, number: number, pictures: GalleryPicture[], delivered: number): APIEmbed {
  const t = translate(job.private ? job.locale : job.guildLocale);
  const numbers = pictures.map((picture) => picture.number);
  if (number > 1) {
    const [from, to] = [Math.min(...numbers), Math.max(...numbers)];
    const part = from === to ? t('gallery.partOne', { from }) : t('gallery.part', { from, to });
    const progress = t('gallery.delivered', { delivered, asked: job.count });
    return { color: GREEN, description: `<@${job.userId}> · ${part} · ${progress}` };
  }
  const took = (job.finishedAt ?? job.createdAt) - job.createdAt;
  const field = (name: string, value: string) => ({ name, value, inline: true });
  return {
    color: GREEN,
    description: showText(job.prompt, 2000),
    fields: [
      field(t('field.by'), `<@${job.userId}>`),
      field(t('field.size'), showSize(job.size)),
      field(t('field.pictures'), t('gallery.delivered', { delivered, asked: job.count })),
      field(t('field.seed'), String(job.seed)),
      field(t('field.quality'), t(`quality.${job.quality}`)),
      field(t('field.time'), showDuration(took, t)),
    ],
  };
}

function galleryFileName(job: Job, picture: GalleryPicture): string {
  // Discord blurs files of this name until they are clicked.
  const spoiler = job.spoiler ? 'SPOILER_' : '';
  return `${spoiler}seedream-${job.id}-${picture.number}.${picture.extension}`;
}

/**
 * Which pictures of a job (numbered from 1) a posted message holds, by its files' names: after a kill it may be one that
 * was made from other pictures than those at hand now.
 */
export function picturesIn(job: Pick<Job, 'id'>, files: string[]): number[] {
  return files.flatMap((name) => {
    const [, jobId, number] = /seedream-(\d+)-(\d+)\.\w+$/.exec(name) ?? [];
    return jobId === job.id ? [Number(number)] : [];
  });
}

/**
 * The gallery's message `number` with these pictures, in their order.
 *
 * @param delivered - how many of the job's pictures people have once this message stands.
 * @param notes - sentences above the pictures.
 */
export function galleryMessage(
  job: Job,
  {
    number,
    pictures,
    delivered,
    notes,
  }: { number: number; pictures: GalleryPicture[]; delivered: number; notes: string[] },
): ReplyMessage {
  const t = translate(job.private ? job.locale : job.guildLocale);
  const files = pictures.map((picture) => ({
    name: galleryFileName(job, picture),
    data: picture.bytes,
    description: altText(job.prompt),
  }));
  const pictured = files.map((file, index): APIEmbed => {
    const group = Math.floor(index / PICTURES_PER_GROUP);
    const embed = { url: settingsUrl(job, `${number}-${group}`), image: { url: `attachment://${file.name}` } };
    return index === 0 ? { ...caption(job, number, pictures, delivered), ...embed } : { color: GREEN, ...embed };
  });
  // An embed shows its picture however the file is named: a spoiler stays an attachment, which Discord blurs.
  const embeds = job.spoiler || pictured.length === 0 ? [caption(job, number, pictures, delivered)] : pictured;
  const heavy = pictures.flatMap((picture) =>
    picture.reencodedFrom === undefined ? [] : [showLink(String(picture.number), picture.reencodedFrom)],
  );
  const lines = heavy.length === 0 ? notes : [...notes, t('gallery.reencoded', { links: heavy.join(' ') })];
  const components = number === 1 ? galleryButtons(job, t) : [];
  return { content: cutLines(lines), embeds, components, files };
}

/** As many of the lines as fit Discord's 2000 characters of content. */
export function cutLines(lines: string[]): string {
  let content = '';
  for (const line of lines) {
    const longer = content === '' ? line : `${content}\n${line}`;
    if (longer.length > 2000) break;
    content = longer;
  }
  return content;
}
