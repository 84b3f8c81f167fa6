import { ApiError } from '../api-error.ts';

export interface Part {
  readonly name: string;
  readonly filename: string | null;
  readonly contentType: string | null;
  readonly bytes: Buffer;
}

/**
 * Splits a multipart/form-data body (RFC 7578) into its parts. The bytes are views of the body, not copies.
 *
 * @throws ApiError 400 when the body is not what the content type says
 */
export function parseMultipart(body: Buffer, contentType: string): Part[] {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const marker = boundary?.[1] ?? boundary?.[2];
  if (!marker) throw malformed();
  const delimiter = Buffer.from(`\r\n--${marker}`);
  const opening = `--${marker}`;
  if (body.toString('latin1', 0, opening.length) !== opening) throw malformed();
  const parts: Part[] = [];
  let position = opening.length;
  while (body.toString('latin1', position, position + 2) === '\r\n') {
    const headersEnd = body.indexOf('\r\n\r\n', position);
    const end = headersEnd === -1 ? -1 : body.indexOf(delimiter, headersEnd + 2);
    if (end === -1) throw malformed();
    parts.push(readPart(body.toString('utf8', position + 2, headersEnd), body.subarray(headersEnd + 4, end)));
    position = end + delimiter.length;
  }
  if (body.toString('latin1', position, position + 2) !== '--') throw malformed();
  return parts;
}

function readPart(headers: string, bytes: Buffer): Part {
  const disposition = /^content-disposition:\s*form-data;(.*)$/im.exec(headers)?.[1];
  const name = disposition && /[; ]name="([^"]*)"/i.exec(` ${disposition}`)?.[1];
  if (name === undefined || name === '') throw malformed();
  const filename = /filename="([^"]*)"/i.exec(disposition ?? '')?.[1];
  return {
    name,
    filename: filename === undefined ? null : decodeName(filename),
    contentType: /^content-type:\s*(.+)$/im.exec(headers)?.[1]?.trim() ?? null,
    bytes,
  };
}

/** Browsers and undici escape quotes and line breaks in names. */
function decodeName(name: string): string {
  return name.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
}

function malformed(): ApiError {
  return new ApiError(400, 50035, 'Invalid Form Body', {
    errors: { _errors: [{ code: 'CONTENT_TYPE_INVALID', message: 'The multipart body could not be read.' }] },
  });
}
