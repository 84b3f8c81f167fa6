/**
 * Uploads to Discord: the files' bytes go out as they are, neither copied nor turned into streams, and while it is still
 * being proven that they are whole pictures.
 */
import { randomUUID } from 'node:crypto';
import { FILE_TYPES } from '../pictures/picture.ts';

export interface UploadedFile {
  name: string;
  data: Buffer;
}

const TYPES = new Map<string, string>(Object.values(FILE_TYPES).map(({ extension, mime }) => [extension, mime]));

/** A body of `multipart/form-data` (RFC 7578) as Discord takes it: `files[0]`, ... and `payload_json`. */
export class Multipart {
  /** The value of `content-type`. */
  readonly type: string;
  /** Bytes. */
  readonly length: number;
  readonly #parts: readonly Buffer[];
  readonly #end: Buffer;
  readonly #body: object;
  readonly #proof: Promise<void>;

  /**
   * @param proof - what the end of the body waits for: a body that lacks it is no message. Where it rejects, the sending
   * ends with that error and the connection is cut.
   */
  constructor(body: object, files: readonly UploadedFile[], proof: Promise<void> = Promise.resolve()) {
    const boundary = `seedream-${randomUUID()}`;
    const part = (name: string, more: string) =>
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n`);
    const fileParts = files.flatMap(({ name, data }, index) => {
      const type = TYPES.get(name.slice(name.lastIndexOf('.') + 1)) ?? 'application/octet-stream';
      return [
        part(`files[${index}]`, `; filename="${quoted(name)}"\r\ncontent-type: ${type}`),
        data,
        Buffer.from('\r\n'),
      ];
    });
    this.#parts = [...fileParts, part('payload_json', '\r\ncontent-type: application/json')];
    this.#end = Buffer.from(`${JSON.stringify(body)}\r\n--${boundary}--\r\n`);
    this.type = `multipart/form-data; boundary=${boundary}`;
    this.length = this.#parts.reduce((sum, { length }) => sum + length, this.#end.length);
    this.#body = body;
    this.#proof = proof;
  }

  /** The bytes in order, each time from the start. */
  async *stream(): AsyncGenerator<Buffer> {
    yield* this.#parts;
    await this.#proof;
    yield this.#end;
  }

  /** What a log shows of it: an error holds the body of the call that failed. */
  toJSON(): object {
    return this.#body;
  }
}

/** Names are escaped as browsers do (HTML standard, "multipart/form-data encoding algorithm"). */
function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
