/** Lines above a message's pictures, with links that are never dropped. Pure. */
import type { Translate } from '../../languages/languages.ts';
import { showLink } from './display.ts';
import type { ReplyMessage } from './message.ts';

/**
 * Discord takes 2000 characters of content (message resource, "Create Message"). Some are left for the line that goes before
 * a direct message.
 */
const CONTENT_MAX = 1800;

/** Of the file that holds links which do not fit. */
const LINKS_FILE = 'links.txt';

/** An address under a short name. */
interface Link {
  label: string;
  url: string;
}

/** A line of text, in which links may stand. */
export interface Line {
  links: readonly Link[];
  /** The line around its links, or around a word in their place. */
  write: (links: string) => string;
}

/** A line without links. */
export function plainLine(text: string): Line {
  return { links: [], write: () => text };
}

/**
 * Lines as a message's content. Where they are too long with their links, the links go into a text file beside it: they may
 * be all that is left of what was paid for.
 */
export function writeLines(lines: readonly Line[], t: Translate): Required<Pick<ReplyMessage, 'content' | 'files'>> {
  const content = lines
    .map(({ links, write }) => write(links.map(({ label, url }) => showLink(label, url)).join(' ')))
    .join('\n');
  if (content.length <= CONTENT_MAX) return { content, files: [] };
  const text = lines.flatMap(({ links }) => links.map(({ label, url }) => `${label}: ${url}\n`)).join('');
  const short = lines.map(({ links, write }) => write(links.length === 0 ? '' : t('gallery.inFile'))).join('\n');
  const file = { name: LINKS_FILE, data: [Buffer.from(text)], description: t('gallery.inFile') };
  return { content: short.slice(0, CONTENT_MAX), files: text === '' ? [] : [file] };
}
