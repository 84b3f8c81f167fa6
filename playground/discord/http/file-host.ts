import type { ServerResponse } from 'node:http';
import type { Files } from '../files/files.ts';

const host = /^\/(cdn|media)\/(.+)$/;

/** Whether a path belongs to the host of files, or to the one that resizes pictures. */
export function isFilePath(path: string): boolean {
  return host.test(path);
}

/**
 * Serves a file at an address that is signed and has not expired. Anybody may have it: neither host asks who it is. The
 * resizing one has pictures only. Source: reference, "Signed Attachment CDN URLs"; discord-api-docs #5174.
 */
export function serveFile({
  files,
  method,
  path,
  query,
  response,
}: {
  files: Files;
  method: string;
  path: string;
  query: URLSearchParams;
  response: ServerResponse;
}): void {
  const refuse = (status: number, text: string): void => {
    response.writeHead(status, { 'content-type': 'text/plain;charset=UTF-8' }).end(text);
  };
  const [, name, place = ''] = host.exec(path) ?? [];
  if (method !== 'GET' && method !== 'HEAD') {
    refuse(405, 'Method Not Allowed');
    return;
  }
  const file = files.served(place, query);
  if (!file) {
    refuse(404, 'This content is no longer available.');
    return;
  }
  if (name === 'media' && file.width === null) {
    refuse(415, 'Unsupported Media Type');
    return;
  }
  response.writeHead(200, {
    'content-type': file.contentType ?? 'application/octet-stream',
    'content-length': file.size,
    'cache-control': 'public, max-age=31536000',
    'access-control-allow-origin': '*',
  });
  response.end(method === 'HEAD' ? undefined : file.bytes);
}
