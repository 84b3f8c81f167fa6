/** Edits of a message by the bot's token and the message's id, each in a form that the bot edits in. */
import { bodyOf } from '../../../services/messages/messages.ts';
import { FILE_TYPES, type Picture } from '../../../services/pictures/picture.ts';
import { metIf, unseen, type Found } from '../outcome.ts';
import type { AssumptionName } from '../assumptions.ts';
import { show } from '../shown.ts';
import type { DiscordAnswer } from './calls.ts';
import { isGallery, lineOf, showMessage, SILENT, type SentGallery } from './gallery-message.ts';
import { messageIn, type ReadMessage } from './message.ts';
import type { Place } from './place.ts';

interface Edited {
  messageId: string;
  sent: SentGallery;
  /** The files that the message has, with their ids, where those are told. */
  attachments: ReadMessage['attachments'];
  picture: Picture;
  found: Found;
}

/** One after the other, on a gallery as it was posted. */
export async function checkEdits(place: Place, edited: Edited): Promise<void> {
  await editLine(place, edited);
  await addFile(place, edited);
  await editWithoutFiles(place, edited);
  await replaceFiles(place, edited);
}

/** What an edit has left, where it was answered with the message; else says so of `name`. */
function readEdit(answer: DiscordAnswer, name: AssumptionName, { messageId, found }: Edited): ReadMessage | undefined {
  const message = messageIn(answer);
  if (answer.status === 0) {
    found.note('edit-by-id', unseen(answer.shown));
    found.note(name, unseen(answer.shown));
    return undefined;
  }
  found.note('edit-by-id', metIf(answer.status === 200 && message?.id === messageId, answer.shown));
  if (message === undefined) found.note(name, metIf(false, answer.shown));
  return message;
}

async function editLine(place: Place, edited: Edited): Promise<void> {
  const { messageId, sent, found } = edited;
  const line = { content: lineOf(place, 'a line was changed') };
  const answer = await place.call({
    method: 'patch',
    route: place.messageRoute(messageId),
    body: { ...bodyOf(line), ...SILENT },
  });
  const message = readEdit(answer, 'edit-line-alone', edited);
  if (message === undefined) return;
  const isDone = message.raw.content === line.content && isGallery(message, sent);
  found.note('edit-line-alone', metIf(isDone, showMessage(message)));
}

/** As a gallery fills whose pictures are made one by one. */
async function addFile(place: Place, edited: Edited): Promise<void> {
  const { messageId, sent, attachments, picture, found } = edited;
  if (attachments === undefined) {
    found.note('edit-adds-file', unseen('the ids of the files that the message has were not told'));
    return;
  }
  const added = { name: `seedream-${place.mark}-4.${FILE_TYPES[picture.format].extension}`, data: picture.chunks };
  const names = [...sent.files, added.name];
  const message = {
    content: lineOf(place, 'a file was added'),
    embeds: names.map((name) => ({ url: sent.url, image: { url: `attachment://${name}` } })),
    files: [{ ...added, description: `Live check ${place.mark}` }],
    kept: attachments.map(({ id }) => id),
  };
  const answer = await place.call({
    method: 'patch',
    route: place.messageRoute(messageId),
    body: { ...bodyOf(message), ...SILENT },
    files: message.files,
  });
  const grown = readEdit(answer, 'edit-adds-file', edited);
  if (grown === undefined) return;
  const shown = grown.pictures.map((address) => address && URL.parse(address)?.pathname.split('/').at(-1));
  const isDone = grown.files.length === 3 && names.every((name, index) => shown[index] === name);
  found.note('edit-adds-file', metIf(isDone, `shown ${show(shown)}, files ${show(grown.files)}`));
}

/** As progress is shown in a reply that may have pictures by then. */
async function editWithoutFiles(place: Place, edited: Edited): Promise<void> {
  const { messageId, sent, found } = edited;
  const message = { content: lineOf(place, 'embeds were changed'), embeds: [{ description: 'Progress' }] };
  const answer = await place.call({
    method: 'patch',
    route: place.messageRoute(messageId),
    body: { ...bodyOf(message, true), ...SILENT },
  });
  const kept = readEdit(answer, 'edit-keeps-files', edited);
  if (kept === undefined) return;
  const isDone = kept.raw.embeds.length === 1 && sent.files.every((name) => kept.files.includes(name));
  found.note('edit-keeps-files', metIf(isDone, showMessage(kept)));
}

/** As a gallery takes the place of what a reply showed; with a spoiler, which no embed shows. */
async function replaceFiles(place: Place, edited: Edited): Promise<void> {
  const { messageId, picture, found } = edited;
  const name = `SPOILER_seedream-${place.mark}-3.${FILE_TYPES[picture.format].extension}`;
  const description = `Live check ${place.mark}: a spoiler`;
  const message = {
    content: lineOf(place, 'files were changed'),
    embeds: [{ description: 'A spoiler' }],
    files: [{ name, data: picture.chunks, description, spoiler: true }],
  };
  const answer = await place.call({
    method: 'patch',
    route: place.messageRoute(messageId),
    body: { ...bodyOf(message), ...SILENT },
    files: message.files,
  });
  const left = readEdit(answer, 'edit-replaces-files', edited);
  if (left === undefined) return;
  const listed = left.raw.attachments.find(({ filename }) => filename === name);
  const all = show(left.files);
  found.note('edit-replaces-files', metIf(left.files.length === 1, `files ${all}`));
  found.note('spoiler-file', metIf(listed !== undefined, `files ${all}`));
  if (listed === undefined) found.note('alt-text', unseen('the file is not among the attachments'));
  else found.note('alt-text', metIf(listed.description === description, `description ${show(listed.description)}`));
}
