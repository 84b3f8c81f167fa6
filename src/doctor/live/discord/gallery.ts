/** A gallery of two embeds with one url: posted, read back, edited by the channel route. */
import { bodyOf } from '../../../services/messages/messages.ts';
import { isSameFile } from '../../../services/references/references.ts';
import type { Picture } from '../../../services/pictures/picture.ts';
import { metIf, unseen, type Found } from '../outcome.ts';
import { shorten, show } from '../shown.ts';
import { galleryOf, isGallery, showMessage, SILENT, type SentGallery } from './gallery-message.ts';
import { messageIn, type ReadMessage } from './message.ts';
import type { DiscordAnswer } from './calls.ts';
import { checkEdits } from './edits.ts';
import { checkFiles } from './files.ts';
import type { Place } from './place.ts';

/** How far this machine's clock may be off Discord's (milliseconds), where messages are looked for by their time. */
const CLOCK_SKEW = 10 * 60_000;

/** Discord's first moment (milliseconds since the epoch). Source: its documentation, reference, "Snowflakes". */
const DISCORD_EPOCH = 1_420_070_400_000n;

/** @returns why nothing could be posted, where that is nothing that the bot takes for granted. */
export async function checkGallery(
  place: Place,
  picture: Picture,
  { found, now }: { found: Found; now: () => number },
): Promise<string | undefined> {
  const sent = galleryOf(place, picture);
  const answer = await place.post(
    { ...bodyOf(sent.message), components: sent.components, ...SILENT },
    sent.message.files,
  );
  const message = messageIn(answer);
  if (answer.status === 0 || answer.status === 403 || answer.status >= 500) {
    found.note('message-fields', unseen(answer.shown));
    return `Discord did not take the gallery: ${answer.shown}`;
  }
  const isWhole =
    answer.status === 200 && message?.channelId === place.channelId && message.authorId === place.botUserId;
  found.note('message-fields', metIf(isWhole, isWhole ? answer.shown : `${answer.shown}: ${fieldsOf(answer)}`));
  if (message === undefined) return undefined;
  checkPosted(message, sent, { found, now });
  await checkFiles(message, { isDiscords: place.isDiscords, found, now });
  await checkReading(place, message, sent, found);
  await checkEdits(place, { messageId: message.id, attachments: message.attachments, sent, picture, found });
  return undefined;
}

function fieldsOf({ body }: DiscordAnswer): string {
  return typeof body === 'object' && body !== null ? `fields ${show(Object.keys(body))}` : 'no message';
}

function checkPosted(
  message: ReadMessage,
  sent: SentGallery,
  { found, now }: { found: Found; now: () => number },
): void {
  const { raw, pictures } = message;
  const madeAt = /^\d+$/.test(message.id) ? Number((BigInt(message.id) >> 22n) + DISCORD_EPOCH) : NaN;
  const off = Math.round((madeAt - now()) / 1000);
  found.note('message-time', metIf(Math.abs(off) * 1000 <= CLOCK_SKEW, `${off} s from this machine's clock`));
  found.note('message-flags', metIf((raw.flags ?? 0) === 0, `flags ${raw.flags ?? 'not told'}`));
  noteGallery(message, sent, found);
  const isAddress = pictures.length > 0 && pictures.every((address) => /^https?:\/\//.test(address ?? ''));
  found.note('gallery-addresses', metIf(isAddress, show(pictures)));
  const pings = [
    raw.mention_everyone === true ? 'everyone' : '',
    `${raw.mentions.length} members`,
    `${raw.mention_roles.length} roles`,
  ];
  const pinged = raw.mention_everyone === true || raw.mentions.length + raw.mention_roles.length > 0;
  found.note('no-pings', metIf(!pinged, `mentioned: ${pings.filter(Boolean).join(', ')}`));
}

/** What makes a message this gallery: its embeds, its files, its button. */
function noteGallery({ urls, pictures, files, buttons, raw }: ReadMessage, sent: SentGallery, found: Found): void {
  const isOne = urls.length === 2 && urls.every((url) => url === sent.url);
  const isShown = pictures.every(Boolean) && new Set(pictures).size === 2;
  const none = 'no embeds at all, as where the bot may not embed links';
  const otherUrls = urls.length === 0 ? none : `urls ${shorten(JSON.stringify(urls))}`;
  const shownUrls = isOne ? 'both urls as sent' : otherUrls;
  found.note('gallery-one-url', metIf(isOne && isShown, `${shownUrls}, pictures ${show(pictures)}`));
  const text = raw.embeds[0]?.description;
  found.note('embed-text-kept', metIf(text === sent.description, text === sent.description ? 'as sent' : show(text)));
  const listed = raw.attachments.map(({ filename }) => filename);
  const isNamed = sent.files.every((name) => files.includes(name)) && files.length === sent.files.length;
  found.note('gallery-file-names', metIf(isNamed, `among the attachments ${show(listed)}, in all ${show(files)}`));
  found.note('buttons-kept', metIf(buttons.includes(sent.button), `custom ids ${show(buttons)}`));
}

async function checkReading(
  place: Place,
  { id, pictures }: ReadMessage,
  sent: SentGallery,
  found: Found,
): Promise<void> {
  const one = await place.call({ method: 'get', route: place.messageRoute(id) });
  const read = messageIn(one);
  // Without Read Message History nothing can be read, which is no news.
  if (one.status === 0 || one.code === 50013) {
    found.note('read-one', unseen(one.shown));
    found.note('read-channel', unseen(one.shown));
    return;
  }
  const isWhole = read !== undefined && isGallery(read, sent);
  if (read !== undefined && pictures.every((address) => /^https?:/.test(address ?? ''))) {
    const isSame = pictures.every((address, index) => isSameFile(address ?? '', read.pictures[index] ?? ''));
    found.note('file-path', metIf(isSame, `then ${show(pictures)}, now ${show(read.pictures)}`));
  }
  found.note('read-one', metIf(isWhole, read === undefined ? one.shown : showMessage(read)));

  const { own, answer } = await place.findOwn();
  const listed = own.find((message) => message.id === id);
  const isThere = listed !== undefined && sent.files.every((name) => listed.files.includes(name));
  const shown = listed === undefined ? `${answer.shown}, this message was not among them` : showMessage(listed);
  found.note('read-channel', answer.status === 0 ? unseen(answer.shown) : metIf(isThere, shown));
}
