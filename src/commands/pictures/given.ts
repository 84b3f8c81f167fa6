/** Pictures as Discord tells of them: attachments that are given, and what a message shows. Pure. */
import type { Attachment, Message } from 'discord.js';
import { picturesIn } from '../../services/messages/messages.ts';
import { isSameFile, type IsDiscords, type Reference } from '../../services/references/references.ts';

/** An attachment as a picture to start from, whatever it is. */
export function attachmentReference({ url, contentType, size, width, height }: Partial<Attachment>): Reference {
  return {
    url: url ?? '',
    ...(typeof contentType === 'string' && { type: contentType }),
    ...(typeof size === 'number' && { bytes: size }),
    ...(typeof width === 'number' && { width }),
    ...(typeof height === 'number' && { height }),
  };
}

/** The pictures of a message: its attachments, and what its embeds show at an address of Discord's; each once. */
export function picturesOfMessage(
  message: Pick<Message, 'attachments' | 'embeds'>,
  isDiscords: IsDiscords,
): Reference[] {
  const attached = [...message.attachments.values()].filter(isPicture).map(attachmentReference);
  const shown = message.embeds.flatMap(({ image }): Reference[] => {
    const url = [image?.url, image?.proxyURL].find((address) => address !== undefined && isDiscords(address));
    const { width, height } = image ?? {};
    return url === undefined ? [] : [attachmentReference({ url, width: width ?? null, height: height ?? null })];
  });
  return shown.reduce((all, one) => (all.some(({ url }) => isSameFile(url, one.url)) ? all : [...all, one]), attached);
}

/** Anything that may be one: what it really is is told when it is chosen. */
function isPicture({ contentType, width, name }: Attachment): boolean {
  if (contentType !== null) return contentType.startsWith('image/');
  return width !== null || /\.(?:png|jpe?g|webp)$/i.test(name);
}

/** Where a fresh address of the pictures of a message of the bot's own can be read later: in what is seen by all. */
export function placeOf({
  id,
  channelId,
  flags,
}: Pick<Message, 'id' | 'channelId' | 'flags'>): Pick<Reference, 'place'> {
  return flags.has('Ephemeral') ? {} : { place: { channelId, messageId: id } };
}

/** The pictures of a gallery's message, by their numbers among the job's. */
export function picturesOfGallery(
  message: Pick<Message, 'attachments' | 'embeds' | 'id' | 'channelId' | 'flags'>,
  jobId: string,
): Map<number, Reference> {
  const place = placeOf(message);
  const all = picturesOfMessage(message, () => true);
  return new Map(
    all.flatMap((reference) => {
      const name = URL.parse(reference.url)?.pathname.split('/').at(-1) ?? '';
      return picturesIn({ id: jobId }, [name]).map((number) => [number, { ...reference, ...place }] as const);
    }),
  );
}
