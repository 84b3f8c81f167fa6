/** The lines above a gallery: what RunComfy made of the request, and what of it cannot be shown. Pure. */
import { showSpan } from '../../languages/formats.ts';
import { translate, type Translate } from '../../languages/languages.ts';
import { deliveryDeadline, isFree, picturesOf, pictureUrl, videosOf, type Job, type JobRequest } from '../job/job.ts';
import { showMoment, showText } from '../messages/display.ts';
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
  const asked = imagesOf(job, ({ state }) => state.name === 'completed');
  if (made < asked) lines.push(plainLine(t('gallery.fewer', { made, asked })));
  lines.push(...endLines(job, t));
  const links = videosOf(job)
    .map((url, index) => ({ label: String(index + 1), url }))
    .filter(({ url }) => allows(url));
  if (links.length > 0) lines.push({ links, write: (written) => t('gallery.videos', { links: written }) });
  return lines;
}

/** The images that some of a job's requests asked for. */
function imagesOf({ requests }: Job, which: (request: JobRequest) => boolean): number {
  return requests.filter(which).reduce((sum, { images }) => sum + images, 0);
}

/** Whether a member cancelled a request, and who, where that is known. */
function isCancelled({ state }: JobRequest): boolean {
  return state.name === 'cancelled' && !state.withdrawn;
}

function cancelledBy({ state }: JobRequest): string | undefined {
  return state.name === 'cancelled' ? state.by : undefined;
}

/** The same of a job that has no picture, where its requests did not all end alike: one sentence cannot say what became of each. */
export function mixedEndLines(job: Job): Line[] {
  const lines = endCounts(job, translate(job.private ? job.locale : job.guildLocale));
  return lines.length > 1 ? lines : [];
}

/** How many pictures of a job of several requests will not come, a line for each way, and why as RunComfy says it. */
function endLines(job: Job, t: Translate): Line[] {
  // The host's account is nobody else's business; what RunComfy says of the prompt is the member's.
  const reason = job.requests
    .flatMap(({ state }) =>
      state.name === 'failed' && (state.failure === 'refused' || state.failure === 'model') ? (state.reason ?? []) : [],
    )
    .at(0);
  return [
    ...endCounts(job, t),
    ...(reason === undefined ? [] : [plainLine(t('failure.reason', { reason: showText(reason, 300) }))]),
  ];
}

function endCounts(job: Job, t: Translate): Line[] {
  const isOther = ({ state }: JobRequest) => state.name === 'failed' || state.name === 'unknown';
  // That they cancelled it themselves is no news to whoever asked for it.
  const others = [...new Set(job.requests.map(cancelledBy))].filter((by) => by !== undefined && by !== job.userId);
  const counts = {
    failed: imagesOf(job, (request) => isOther(request) && isFree(request)),
    cancelled: imagesOf(job, (request) => isCancelled(request) && !others.includes(cancelledBy(request))),
    withdrawn: imagesOf(job, ({ state }) => state.name === 'cancelled' && state.withdrawn === true),
    perhaps: imagesOf(job, (request) => isOther(request) && !isFree(request)),
  };
  const told = (['failed', 'cancelled', 'withdrawn', 'perhaps'] as const).filter((end) => counts[end] > 0);
  const span = showSpan(job.deadline - job.createdAt, t);
  return [
    ...told.map((end) => plainLine(t(`gallery.ends_${end}`, { count: counts[end], span }))),
    ...others.map((by) => {
      const count = imagesOf(job, (request) => cancelledBy(request) === by);
      return plainLine(t('gallery.ends_cancelledBy', { by: `<@${by}>`, count }));
    }),
  ];
}

const SENTENCES = {
  expired: 'gallery.lost',
  unshowable: 'gallery.unshowable',
  unposted: 'gallery.unposted',
} as const;

/**
 * What is missing, a line for each reason; with links, where there may be some.
 *
 * @param now - milliseconds since the epoch: once its time is up, nothing is awaited any more.
 */
export function missingLines(
  job: Job,
  all: readonly Missing[],
  { allows, now }: { allows: Allows; now: number },
): Line[] {
  const isOver = now >= deliveryDeadline(job);
  const missing = all.map((each) => (isOver && each.because === 'awaited' ? { ...each, because: 'expired' } : each));
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
