import { apiError, ApiError, invalidForm, type PlacedFault } from '../api-error.ts';
import type { AttachmentRequest, Embed, EmbedMedia } from '../request-bodies.ts';
import type { Attachment } from '../files/files.ts';
import type { Part } from '../http/router.ts';

/** Files of one message at most. Source: error 30015 and the API description. */
const maxFiles = 10;

/**
 * The files a message has after a request. New files come as `files[n]` and may be described by an entry whose id is n;
 * an entry with the id of a present file keeps it. Without an `attachments` array everything present stays and new files
 * are added; with one, what it does not list is gone. Source: message resource, "Edit Message"; reference, "Uploading
 * Files".
 *
 * @throws ApiError 50035 for unknown, doubled or unlisted files, 40005 for a file above `maxBytes`, 30015 above 10 files
 */
export function attachmentsAfter({
  listed,
  parts,
  present,
  keepUnlisted,
  maxBytes,
  make,
}: {
  listed: readonly AttachmentRequest[] | null | undefined;
  parts: readonly Part[];
  present: readonly Attachment[];
  /** False for an update of a component's message (type 7), which drops every file it does not list. */
  keepUnlisted: boolean;
  maxBytes: number;
  make: (file: { part: Part; entry: AttachmentRequest | undefined }) => Attachment;
}): Attachment[] {
  const files = new Map(parts.map((part) => [fileNumber(part), part]));
  const faults: PlacedFault[] = [];
  const seen = new Set<string>();
  for (const [index, entry] of (listed ?? []).entries()) {
    const path = ['attachments', index, 'id'];
    if (seen.has(entry.id))
      faults.push({ path, code: 'SET_TYPE_ALREADY_CONTAINS_VALUE', message: 'The set already contains this value' });
    else if (!files.has(entry.id) && !present.some(({ id }) => id === entry.id)) {
      faults.push({ path, code: 'ATTACHMENT_NOT_FOUND', message: `Attachment ${entry.id} was not found.` });
    }
    seen.add(entry.id);
  }
  if (listed && present.length > 0) {
    for (const number of files.keys()) {
      if (seen.has(number)) continue;
      const message = `files[${number}] must be listed in attachments, as every file that stays or comes must be.`;
      faults.push({ path: ['attachments'], code: 'ATTACHMENT_NOT_LISTED', message });
    }
  }
  if (faults.length > 0) throw invalidForm(faults);
  for (const part of files.values()) if (part.bytes.length > maxBytes) throw apiError('tooLarge');

  const kept = present.flatMap((attachment) => {
    const entry = listed?.find(({ id }) => id === attachment.id);
    if (listed ? !entry : !keepUnlisted) return [];
    const { description = attachment.description, is_spoiler: spoiler } = entry ?? {};
    return [{ ...attachment, description, spoiler: spoiler ?? attachment.spoiler }];
  });
  const added = [...files].map(([number, part]) => make({ part, entry: listed?.find(({ id }) => id === number) }));
  const all = [...kept, ...added];
  if (all.length > maxFiles) {
    throw new ApiError(400, 30015, `Maximum number of attachments in a message reached (${maxFiles})`);
  }
  return all;
}

function fileNumber(part: Part): string {
  const number = /^files\[(\d{1,9})\]$/.exec(part.name)?.[1];
  if (number !== undefined) return number;
  throw invalidForm([{ path: [part.name], code: 'UNKNOWN_FIELD', message: 'Files must be named files[n].' }]);
}

const shownInEmbeds = /\.(?:jpe?g|png|webp|gif)$/i;

/**
 * Replaces `attachment://name` in embeds by the url of that file and says which files are so used. A name that no file
 * has stays as it is, and shows nothing. Source: reference, "Using Attachments within Embeds".
 */
export function resolveEmbeds(embeds: readonly Embed[], attachments: readonly Attachment[]) {
  const used = new Set<string>();
  const find = (url: string | null | undefined): Attachment | undefined => {
    if (!url?.startsWith('attachment://')) return undefined;
    const name = url.slice('attachment://'.length);
    const file = attachments.find(({ filename }) => filename === name && shownInEmbeds.test(filename));
    if (file) used.add(file.id);
    return file;
  };
  // Sizes, proxied urls, providers and videos are Discord's to set. Source: message resource, "Create Message".
  const media = ({ url, description }: EmbedMedia): EmbedMedia => {
    const file = find(url);
    const described = description ? { description } : {};
    if (!file) return { url: url ?? null, ...(url?.startsWith('http') && { proxy_url: url }), ...described };
    const { proxyUrl, width, height, contentType } = file;
    return { url: file.url, proxy_url: proxyUrl, width, height, content_type: contentType, ...described };
  };
  const icon = <Part extends { readonly icon_url?: string | null }>(given: Part): Part => {
    const file = find(given.icon_url);
    return file ? { ...given, icon_url: file.url, proxy_icon_url: file.proxyUrl } : given;
  };
  const resolved = embeds.map((embed) => ({
    ...embed,
    type: 'rich',
    provider: undefined,
    video: undefined,
    ...(embed.image && { image: media(embed.image) }),
    ...(embed.thumbnail && { thumbnail: media(embed.thumbnail) }),
    ...(embed.author && { author: icon(embed.author) }),
    ...(embed.footer && { footer: icon(embed.footer) }),
  }));
  return { embeds: resolved, used };
}
