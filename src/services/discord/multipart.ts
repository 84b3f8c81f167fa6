/** Uploads to Discord: the files' bytes go out as they are, neither copied nor turned into streams. */
import { randomUUID } from 'node:crypto';
import { FILE_TYPES } from '../pictures/picture.ts';

export interface UploadedFile {
  name: string;
  /** Text, or bytes, which may be in pieces. */
  data: Buffer | readonly Buffer[] | string;
}

const TYPES = new Map<string, string>([
  ...Object.values(FILE_TYPES).map(({ extension, mime }): [string, string] => [extension, mime]),
  ['txt', 'text/plain; charset=utf-8'],
]);

/** A body of `multipart/form-data` (RFC 7578) as Discord takes it: `files[0]`, ... and `payload_json`. */
export class Multipart {
  /** The value of `content-type`. */
  readonly type: string;
  /** Bytes. */
  readonly length: number;
  /** The bytes in order. */
  readonly parts: readonly Buffer[];
  readonly #body: object;

  constructor(body: object, files: readonly UploadedFile[]) {
    const boundary = `seedream-${randomUUID()}`;
    const part = (name: string, more: string) =>
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n`);
    const fileParts = files.flatMap(({ name, data }, index) => {
      const type = TYPES.get(name.slice(name.lastIndexOf('.') + 1)) ?? 'application/octet-stream';
      return [
        part(`files[${index}]`, `; filename="${quoted(name)}"\r\ncontent-type: ${type}`),
        ...bytesOf(data),
        Buffer.from('\r\n'),
      ];
    });
    const payload = part('payload_json', '\r\ncontent-type: application/json');
    this.parts = [...fileParts, payload, Buffer.from(`${JSON.stringify(body)}\r\n--${boundary}--\r\n`)];
    this.type = `multipart/form-data; boundary=${boundary}`;
    this.length = this.parts.reduce((sum, { length }) => sum + length, 0);
    this.#body = body;
  }

  /** What a log shows of it: an error holds the body of the call that failed. */
  toJSON(): object {
    return this.#body;
  }
}

/** The part of a call's options that says what is sent: a body, with files where there are any. */
export function uploadBody(body: object, files: readonly UploadedFile[] = []) {
  return files.length === 0 ? { body } : { body: new Multipart(body, files), passThroughBody: true };
}

function bytesOf(data: UploadedFile['data']): readonly Buffer[] {
  if (typeof data === 'string') return [Buffer.from(data)];
  return Buffer.isBuffer(data) ? [data] : data;
}

/** Names are escaped as browsers do (HTML standard, "multipart/form-data encoding algorithm"). */
function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
