/** The messages of a live check: what is sent, and what is looked for in what comes back. Pure. */
import type { APIEmbed } from 'discord.js';
import { showText } from '../../../services/messages/display.ts';
import type { ReplyMessage } from '../../../services/messages/messages.ts';
import { FILE_TYPES, type Picture } from '../../../services/pictures/picture.ts';
import { show } from '../shown.ts';
import type { ReadMessage } from './message.ts';
import type { Place } from './place.ts';

/** In every message: nothing in it may ping. */
export const SILENT = { allowed_mentions: { parse: [] } };

/** The gallery as it is posted, and what is looked for in what comes back. */
export interface SentGallery {
  message: ReplyMessage;
  components: object[];
  url: string;
  files: string[];
  /** The text of the first embed. */
  description: string;
  button: string;
}

export function galleryOf({ mark, botUserId }: Pick<Place, 'mark' | 'botUserId'>, picture: Picture): SentGallery {
  const { extension } = FILE_TYPES[picture.format];
  // As the bot's galleries have it: their buttons read a job's options from the fragment.
  const options = new URLSearchParams({
    job: mark,
    part: '1-0',
    count: '2',
    size: '2560:1440 (16:9)',
    spoiler: 'false',
  });
  const url = `https://www.runcomfy.com/models/live-check#${options.toString()}`;
  const description = showText(`Live check ${mark}: *a* [text](for) _members_ to read, @everyone`, 200);
  const files = [1, 2].map((number) => `seedream-${mark}-${number}.${extension}`);
  const embeds = files.map((name): APIEmbed => ({ url, image: { url: `attachment://${name}` } }));
  const button = `live-check:${mark}`;
  return {
    url,
    files,
    description,
    button,
    // Types 1 and 2: a row, and a grey button that nobody can press.
    components: [
      { type: 1, components: [{ type: 2, style: 2, label: 'Live check', custom_id: button, disabled: true }] },
    ],
    message: {
      content: lineOf({ mark, botUserId }, 'a gallery'),
      embeds: embeds.map((embed, index) => (index === 0 ? { description, ...embed } : embed)),
      files: files.map((name) => ({ name, data: picture.chunks, description: `Live check ${mark}` })),
    },
  };
}

/** The text above a message of the check. It mentions the bot itself, whom nobody minds being pinged. */
export function lineOf({ mark, botUserId }: Pick<Place, 'mark' | 'botUserId'>, what: string): string {
  return `Live check ${mark} of <@${botUserId}>: ${what}, removed in a moment`;
}

/** Whether a message still is the gallery that was sent. */
export function isGallery({ urls, files, buttons }: ReadMessage, sent: SentGallery): boolean {
  return (
    urls.length === 2 &&
    urls.every((url) => url === sent.url) &&
    sent.files.every((name) => files.includes(name)) &&
    buttons.includes(sent.button)
  );
}

/** A part of a message for a report. */
export function showMessage({ urls, files, buttons }: ReadMessage): string {
  return `embeds with urls ${show(urls)}, files ${show(files)}, buttons ${show(buttons)}`;
}
