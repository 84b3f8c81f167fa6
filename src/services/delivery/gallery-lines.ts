/** The lines above a gallery: what RunComfy made of the request, and what of it cannot be shown. Pure. */
import { translate } from '../../languages/languages.ts';
import { deliveryDeadline, picturesOf, pictureUrl, videosOf, type Job } from '../job/job.ts';
import { showMoment } from '../messages/display.ts';
import { plainLine, type Line } from '../messages/messages.ts';
import type { Unavailable } from './fetch-pictures.ts';

/** Whether pictures may be fetched from where an address points. Nobody is given a link to anywhere else. */
export type Allows = (url: string) => boolean;

/** Why pictures are missing from a gallery: as when they were fetched, or as Discord took no message with them. */
export interface Missing {
  number: number;
  because: Unavailable['because'] | 'unposted';
}

/** What RunComfy made otherwise than asked, for the first message. */
export function resultLines(job: Job, allows: Allows): Line[] {
  const t = translate(job.private ? job.locale : job.guildLocale);
  const lines: Line[] = [];
  const made = picturesOf(job).length;
  if (made < job.count) {
    lines.push(plainLine(t('gallery.fewer', { made, asked: job.count })));
  }
  const links = videosOf(job)
    .map((url, index) => ({ label: String(index + 1), url }))
    .filter(({ url }) => allows(url));
  if (links.length > 0) lines.push({ links, write: (written) => t('gallery.videos', { links: written }) });
  return lines;
}

const SENTENCES = {
  expired: 'gallery.lost',
  unshowable: 'gallery.unshowable',
  unposted: 'gallery.unposted',
} as const;

/** What is missing, a line for each reason; with links, where there may be some. */
export function missingLines(job: Job, missing: readonly Missing[], allows: Allows): Line[] {
  const t = translate(job.private ? job.locale : job.guildLocale);
  const urlOf = (number: number) => pictureUrl(job, number);
  const barred = missing.filter(({ number }) => !allows(urlOf(number)));
  const awaited = missing.filter((each) => !barred.includes(each) && each.because === 'awaited');
  const lines: Line[] = [];
  for (const [because, key] of Object.entries(SENTENCES)) {
    const these = missing.filter((each) => !barred.includes(each) && each.because === because);
    if (these.length === 0) continue;
    const links = these.map(({ number }) => ({ label: String(number), url: urlOf(number) }));
    lines.push({ links, write: (written) => t(key, { count: these.length, links: written }) });
  }
  if (awaited.length > 0) {
    const until = showMoment(deliveryDeadline(job));
    lines.push(plainLine(t('gallery.missing', { count: awaited.length, until })));
  }
  if (barred.length > 0) lines.push(plainLine(t('gallery.notAllowed', { count: barred.length })));
  return lines;
}
