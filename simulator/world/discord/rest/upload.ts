/** Reads a call's body: JSON, or an upload of `multipart/form-data` (RFC 7578) as the bot makes it. */
import type { UploadedPart } from '../messages/attachments.ts';

/** An upload, as the REST that sends it knows it. */
interface Upload {
  type: string;
  parts: readonly Buffer[];
}

/** A body of JSON, with the files that came along. */
export interface SentBody {
  body: unknown;
  parts: readonly UploadedPart[];
}

function isUpload(body: unknown): body is Upload {
  return typeof body === 'object' && body !== null && 'parts' in body && 'type' in body && Array.isArray(body.parts);
}

/** @throws TypeError where an upload is not what its type says. */
export function readBody(body: unknown): SentBody {
  if (!isUpload(body)) return { body, parts: [] };
  const boundary = /boundary=([^;\s]+)/.exec(body.type)?.[1];
  if (boundary === undefined) throw new TypeError('An upload names no boundary');
  const delimiter = Buffer.from(`--${boundary}`);
  const whole = Buffer.concat(body.parts);
  const files: UploadedPart[] = [];
  let json: unknown;
  let from = whole.indexOf(delimiter);
  for (;;) {
    const start = from + delimiter.length;
    const next = whole.indexOf(delimiter, start);
    if (from === -1 || next === -1) break;
    const headersEnd = whole.indexOf('\r\n\r\n', start);
    const headers = whole.toString('utf8', start, headersEnd);
    const bytes = whole.subarray(headersEnd + 4, next - 2);
    const number = /name="files\[(\d+)\]"/.exec(headers)?.[1];
    if (number !== undefined) {
      files.push({ number, filename: /filename="([^"]*)"/.exec(headers)?.[1] ?? 'unknown', bytes });
    } else if (headers.includes('name="payload_json"')) {
      json = JSON.parse(bytes.toString('utf8'));
    }
    from = next;
  }
  if (json === undefined) throw new TypeError('An upload holds no payload_json');
  return { body: json, parts: files };
}
