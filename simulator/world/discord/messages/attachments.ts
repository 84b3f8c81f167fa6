/** The files of a message. Source: Discord, reference, "Uploading Files"; message resource, "Edit Message". */
import { apiError } from '../../../../playground/discord/api-error.ts';
import { invalidForm } from '../errors.ts';
import type { Attachment } from '../records.ts';
import type { Embed, MessageBody } from './message-rules.ts';

/** A file as it was sent: `files[n]`. */
export interface UploadedPart {
  readonly number: string;
  readonly filename: string;
  readonly bytes: Buffer;
}

const MOST_FILES = 10;

/** The most bytes of a request. Source: Discord, reference, "Uploading Files". */
const MOST_BYTES = 25 * 1024 * 1024;

/** What stands before a picture's id in its bytes. */
const MARK = 'pic:';

/** The picture of RunComfy's that these bytes are. */
function pictureIn(bytes: Buffer): string | undefined {
  const start = bytes.indexOf(MARK);
  if (start === -1) return undefined;
  return /^[\w/-]+/.exec(bytes.toString('latin1', start + MARK.length))?.[0];
}

function read(
  { filename, bytes }: UploadedPart,
  {
    id,
    channelId,
    given,
  }: { id: string; channelId: string; given: { filename?: string; description?: string | null } | undefined },
): Attachment {
  const name = (given?.filename ?? filename).replaceAll(/\s+/g, '_').replaceAll(/[^\w.-]/g, '') || 'unknown';
  return {
    id,
    filename: name,
    size: bytes.length,
    description: given?.description ?? null,
    url: `https://cdn.discordapp.com/attachments/${channelId}/${id}/${name}`,
    picture: pictureIn(bytes),
    text: name.endsWith('.txt') ? bytes.toString('utf8') : undefined,
    inEmbed: false,
  };
}

/**
 * The files that a message has after a request. Without a list everything present stays; with one, what it does not name is
 * gone, and a file that comes must be in it.
 *
 * @param keepUnlisted - false for an update of a button's message, which drops every file it does not list.
 * @throws ApiError
 */
export function attachmentsAfter({
  listed,
  parts,
  present,
  keepUnlisted,
  mostBytes,
  channelId,
  nextId,
}: {
  listed: MessageBody['attachments'];
  parts: readonly UploadedPart[];
  present: readonly Attachment[];
  keepUnlisted: boolean;
  mostBytes: number;
  channelId: string;
  nextId: () => string;
}): Attachment[] {
  const entries = new Map((listed ?? []).map((entry) => [String(entry.id), entry]));
  if (entries.size < (listed?.length ?? 0)) {
    throw invalidForm('attachments', 'SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value');
  }
  for (const id of entries.keys()) {
    if (parts.some(({ number }) => number === id) || present.some((file) => file.id === id)) continue;
    throw invalidForm('attachments', 'ATTACHMENT_NOT_FOUND', `Attachment ${id} was not found.`);
  }
  if (listed && present.length > 0 && parts.some(({ number }) => !entries.has(number))) {
    throw invalidForm('attachments', 'ATTACHMENT_NOT_LISTED', 'Every file that comes must be listed in attachments.');
  }
  const together = parts.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (together > MOST_BYTES || parts.some(({ bytes }) => bytes.length > mostBytes)) throw apiError('tooLarge');
  const kept = present.filter(({ id }) => (listed ? entries.has(id) : keepUnlisted));
  const added = parts.map((part) => read(part, { id: nextId(), channelId, given: entries.get(part.number) }));
  if (kept.length + added.length > MOST_FILES) throw apiError('tooManyAttachments');
  return [...kept, ...added];
}

const SHOWN_IN_EMBEDS = /\.(?:jpe?g|png|webp|gif)$/i;

/** Embeds with the addresses of the files that they show by `attachment://`, and the ids of these files. */
export function resolveEmbeds(embeds: readonly Embed[], attachments: readonly Attachment[]) {
  const used = new Set<string>();
  const media = (part: { url: string }): { url: string } => {
    if (!part.url.startsWith('attachment://')) return part;
    const name = part.url.slice('attachment://'.length);
    const file = attachments.find(({ filename }) => filename === name && SHOWN_IN_EMBEDS.test(filename));
    if (file === undefined) return part;
    used.add(file.id);
    return { url: file.url };
  };
  const resolved = embeds.map((embed): Embed => ({
    ...embed,
    ...(embed.image && { image: media(embed.image) }),
    ...(embed.thumbnail && { thumbnail: media(embed.thumbnail) }),
  }));
  return { embeds: resolved, used };
}

/** Files in the order in which they are seen: what embeds show stands with them, the others by themselves. */
export function asSeen({
  embeds,
  attachments,
}: {
  embeds: readonly Embed[];
  attachments: readonly Attachment[];
}): Attachment[] {
  const shown = embeds.flatMap(({ image }) => image?.url ?? []);
  const placeOf = ({ url }: Attachment) => (shown.includes(url) ? shown.indexOf(url) : shown.length);
  return attachments.toSorted((one, other) => placeOf(one) - placeOf(other));
}
