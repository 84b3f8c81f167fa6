import { imageFacts } from './image-size.ts';
import { mediaTypeOf } from './file-types.ts';

/** A file of a message, a command's option or a modal. Source: message resource, "Attachment Structure". */
export interface Attachment {
  readonly id: string;
  readonly filename: string;
  readonly title: string | null;
  /** The alt text. */
  readonly description: string | null;
  /** By the file's name; null where Discord knows nothing of its extension. */
  readonly contentType: string | null;
  /** Bytes. */
  readonly size: number;
  /** Of what is a picture by its bytes, whatever it is called. */
  readonly width: number | null;
  readonly height: number | null;
  readonly spoiler: boolean;
  readonly ephemeral: boolean;
  /** Its place on the host of files. */
  readonly path: string;
  /** Its address without a signature: nothing is served there before it is signed. */
  readonly url: string;
  readonly proxyUrl: string;
  readonly bytes: Buffer;
  /** True while an embed shows it by `attachment://`; the API then leaves it out of the message's `attachments`. */
  readonly inEmbed: boolean;
}

/**
 * Turns an uploaded file into an attachment, with Discord's clean file name and what its bytes say.
 *
 * @param folder what stands before the id in its address, such as `attachments/<channel>`
 */
export function readFile({
  id,
  name,
  bytes,
  title = null,
  description = null,
  spoiler = false,
  folder,
  baseUrl,
  ephemeral,
}: {
  id: string;
  name: string;
  bytes: Buffer;
  title?: string | null | undefined;
  description?: string | null | undefined;
  spoiler?: boolean;
  folder: string;
  baseUrl: string;
  ephemeral: boolean;
}): Attachment {
  const clean = name.replaceAll(/\s+/g, '_').replaceAll(/[^\w.-]/g, '') || 'unknown';
  const filename = spoiler && !clean.startsWith('SPOILER_') ? `SPOILER_${clean}` : clean;
  const image = imageFacts(bytes);
  const path = `${folder}/${id}/${filename}`;
  return {
    id,
    filename,
    title: title ?? (clean === name ? null : name.replace(/\.[^.]+$/, '')),
    description,
    contentType: mediaTypeOf(filename),
    size: bytes.length,
    width: image?.width ?? null,
    height: image?.height ?? null,
    spoiler: filename.startsWith('SPOILER_'),
    ephemeral,
    path,
    url: `${baseUrl}/cdn/${path}`,
    proxyUrl: `${baseUrl}/media/${path}`,
    bytes,
    inEmbed: false,
  };
}

/** An attachment as the API gives it, its addresses signed. */
export function apiAttachment(attachment: Attachment, sign: (address: string) => string) {
  return {
    id: attachment.id,
    filename: attachment.filename,
    size: attachment.size,
    url: sign(attachment.url),
    proxy_url: sign(attachment.proxyUrl),
    ...(attachment.title !== null && { title: attachment.title }),
    ...(attachment.description !== null && { description: attachment.description }),
    ...(attachment.width !== null && { width: attachment.width, height: attachment.height }),
    ...(attachment.contentType !== null && { content_type: attachment.contentType }),
    ...(attachment.ephemeral && { ephemeral: true }),
    ...(attachment.spoiler && { flags: 8 }),
    content_scan_version: 0,
  };
}
