import { apiAttachment, readFile, type Attachment, type Files } from './files.ts';
import type { Snowflakes } from '../snowflake.ts';

/** A file that a person has chosen for an option of a command, or in a modal. */
export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export function isUpload(value: unknown): value is Upload {
  return typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array;
}

/**
 * Takes the files that people send with commands and modals. No message holds them: they are ephemeral, and stand under
 * an address of their own.
 */
export function createUploads({
  files,
  snowflakes,
  baseUrl,
  maxBytes,
}: {
  files: Files;
  snowflakes: Snowflakes;
  baseUrl: () => string;
  /** Bytes of one file, as the interaction's `attachment_size_limit` says. */
  maxBytes: number;
}) {
  /** @throws Error when Discord's client would not take it */
  function take({ name, bytes }: Upload): Attachment {
    checkUpload({ name, bytes }, maxBytes);
    const folder = `ephemeral-attachments/${snowflakes.next()}`;
    const file = { id: snowflakes.next(), name, bytes: Buffer.from(bytes), folder, baseUrl: baseUrl() };
    const attachment = readFile({ ...file, ephemeral: true });
    files.keepUpload(attachment);
    return attachment;
  }

  return {
    take,
    /** The map of attachments that resolved data carries. */
    resolved: (attachments: readonly Attachment[]): Record<string, unknown> =>
      Object.fromEntries(attachments.map((attachment) => [attachment.id, apiAttachment(attachment, files.sign)])),
  };
}

export type Uploads = ReturnType<typeof createUploads>;

/** Source: reference, "Uploading Files". @throws Error in the client's words when a file is larger than a person may send */
export function checkUpload({ name, bytes }: Upload, maxBytes: number): void {
  if (bytes.length <= maxBytes) return;
  throw new Error(`Your files are too powerful: ${name} is above the max file size of ${maxBytes / 1024 / 1024} MB.`);
}
