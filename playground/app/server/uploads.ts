/** Files that the page has sent and not yet used: Discord's client uploads first, and names the upload in what it sends. */
import { randomUUID } from 'node:crypto';
import type { Upload } from '../../discord/stand-in.ts';

/** Kept at a time; the oldest goes first. A message, a command and a form hold ten each. */
const KEPT = 30;

export interface Uploads {
  /** Keeps a file; returns the name by which an action can use it. */
  add(upload: Upload): string;
  /** The file of that name. @throws Error when it is not, or no longer, there */
  take(id: string): Upload;
}

/** Builds them. */
export function createUploads(): Uploads {
  const kept = new Map<string, Upload>();
  return {
    add(upload) {
      const id = randomUUID();
      kept.set(id, upload);
      const [oldest] = kept.keys();
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
      return id;
    },
    take(id) {
      const upload = kept.get(id);
      if (!upload) throw new Error('That file is gone. Choose it again.');
      kept.delete(id);
      return upload;
    },
  };
}
