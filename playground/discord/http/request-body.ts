import type { IncomingMessage } from 'node:http';
import { ApiError, apiError } from '../api-error.ts';
import { isRecord } from '../form.ts';
import { parseMultipart, type Part } from './multipart.ts';

/** Bytes of one request. Source: reference, "Uploading Files": 25 MiB. */
export const maxRequestBytes = 25 * 1024 * 1024;

/** The body's bytes, cut off a little above the limit; null when the client went away. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      if (!Buffer.isBuffer(chunk)) continue;
      size += chunk.length;
      // What is above the limit is read, so that the client gets the answer, but not kept.
      if (size <= maxRequestBytes + 1) chunks.push(chunk);
      else if (chunks.length > 0) chunks.splice(0, chunks.length, Buffer.alloc(maxRequestBytes + 1));
    }
  } catch {
    return null;
  }
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks);
}

export function readForm(body: Buffer, contentType: string): { body: unknown; parts: readonly Part[] } {
  if (body.length === 0) return { body: undefined, parts: [] };
  if (contentType.startsWith('application/json')) return { body: readJson(body), parts: [] };
  if (contentType.startsWith('multipart/form-data')) {
    const parts = parseMultipart(body, contentType);
    const json = parts.find(({ name }) => name === 'payload_json');
    const given: unknown = json ? readJson(json.bytes) : {};
    return { body: given, parts: parts.filter((part) => part !== json) };
  }
  const message = "Expected \"Content-Type\" header to be one of {'application/json', 'multipart/form-data'}.";
  throw new ApiError(400, 50035, 'Invalid Form Body', {
    errors: { _errors: [{ code: 'CONTENT_TYPE_INVALID', message }] },
  });
}

function readJson(bytes: Buffer): unknown {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw apiError('invalidJson');
  }
  if (isRecord(value)) {
    stringIds(value);
    if (isRecord(value['data'])) stringIds(value['data']);
  }
  return value;
}

/** The documentation's own examples number new files by integers; the ids of attachments may be numbers or strings. */
function stringIds(message: Record<string, unknown>): void {
  if (!Array.isArray(message['attachments'])) return;
  const attachments: unknown[] = message['attachments'];
  for (const entry of attachments)
    if (isRecord(entry) && Number.isInteger(entry['id'])) entry['id'] = String(entry['id']);
}
