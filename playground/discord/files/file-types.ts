import { extname } from 'node:path';

/** Groups of file types that commands and modals may ask for. Source: reference, "File Type Filtering". */
const groups: Readonly<Record<string, readonly string[]>> = {
  image: ['.png', '.gif', '.jpg', '.jpeg', '.jfif', '.webp', '.avif'],
  video: ['.mp4', '.mov', '.qt', '.webm'],
  audio: ['.mp3', '.m4a', '.wav', '.ogg', '.opus', '.flac'],
};

/** Media types by extension. Discord does not look at the bytes for them (discord-api-docs #6785). */
const mediaTypes: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.jfif': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.bmp': 'image/bmp',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.svg': 'image/svg+xml',
  '.heic': 'image/heic',
  '.mp4': 'video/mp4',
  '.mov': 'video/quicktime',
  '.qt': 'video/quicktime',
  '.webm': 'video/webm',
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.wav': 'audio/x-wav',
  '.ogg': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.flac': 'audio/x-flac',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.pdf': 'application/pdf',
  '.zip': 'application/zip',
};

/** The media type that Discord gives a file of this name, or null for an extension it does not know. */
export function mediaTypeOf(filename: string): string | null {
  return mediaTypes[extname(filename).toLowerCase()] ?? null;
}

/** Whether a value may stand in `file_types`: a group's name, or an extension with its dot. */
export function isFileType(value: string): boolean {
  return value in groups || /^\.[a-z\d]+$/i.test(value);
}

/** Whether a file of this name passes `file_types`. Nothing but the name counts, and without a list everything passes. */
export function passesFileTypes(filename: string, fileTypes: readonly string[] | null | undefined): boolean {
  if (!fileTypes?.length) return true;
  const extension = extname(filename).toLowerCase();
  return fileTypes.flatMap((type) => groups[type] ?? [type.toLowerCase()]).includes(extension);
}
