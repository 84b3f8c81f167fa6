import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Attachment } from './attachment.ts';

export { apiAttachment, readFile, type Attachment } from './attachment.ts';
export { isFileType, passesFileTypes } from './file-types.ts';

/** The two hosts of files: Discord's own, and the one that resizes pictures. */
const hosts = ['cdn', 'media'] as const;

/**
 * Every file there is, behind addresses that are signed and expire: `ex` and `is` are seconds since 1970 in hexadecimal,
 * `hm` the signature. Source: reference, "Signed Attachment CDN URLs".
 *
 * @param lifeMs how long an address is good from when it was given
 */
export function createFiles({ baseUrl, now, lifeMs }: { baseUrl: () => string; now: () => number; lifeMs: number }) {
  const byPath = new Map<string, Attachment>();
  /** Those that no message holds: the address that comes with the interaction is the only one they ever have. */
  const uploads = new Set<Attachment>();
  let key = randomBytes(32);

  const signatureOf = (path: string, expires: string, issued: string): Buffer =>
    createHmac('sha256', key).update(`${path}?ex=${expires}&is=${issued}`).digest();

  /** The place that an address on one of the two hosts names. */
  function pathOf(address: string): string | undefined {
    const [bare = ''] = address.split('?', 1);
    const host = hosts.find((name) => bare.startsWith(`${baseUrl()}/${name}/`));
    return host && bare.slice(`${baseUrl()}/${host}/`.length);
  }

  function isSigned(path: string, query: URLSearchParams): boolean {
    const [expires = '', issued = '', signature = ''] = ['ex', 'is', 'hm'].map((name) => query.get(name) ?? '');
    const given = Buffer.from(signature, 'hex');
    const right = signatureOf(path, expires, issued);
    return (
      given.length === right.length && timingSafeEqual(given, right) && Number.parseInt(expires, 16) * 1000 > now()
    );
  }

  /** An address that is good from now on: of a file there is, whatever signature it bears. Any other stays as it is. */
  function sign(address: string): string {
    const path = pathOf(address);
    if (path === undefined || !byPath.has(path)) return address;
    const seconds = now() / 1000;
    const issued = Math.floor(seconds).toString(16);
    const expires = Math.floor(seconds + lifeMs / 1000).toString(16);
    const signature = signatureOf(path, expires, issued).toString('hex');
    return `${address.split('?', 1)[0] ?? ''}?ex=${expires}&is=${issued}&hm=${signature}&`;
  }

  return {
    sign,

    /** The same for what stands in a message; an upload's address is not renewed. */
    refresh: (address: string): string => {
      const file = byPath.get(pathOf(address) ?? '');
      return file && uploads.has(file) ? address : sign(address);
    },

    keep: (attachment: Attachment): void => {
      byPath.set(attachment.path, attachment);
    },

    keepUpload: (attachment: Attachment): void => {
      byPath.set(attachment.path, attachment);
      uploads.add(attachment);
    },

    drop: ({ path }: Attachment): void => {
      byPath.delete(path);
    },

    /** What is served at an address: nothing once it has expired, or where its signature is not right. */
    served: (path: string, query: URLSearchParams): Attachment | undefined =>
      isSigned(path, query) ? byPath.get(path) : undefined,

    /** The file at a place, as Discord's own client reaches it, which needs no address that is still good. */
    at: (path: string): Attachment | undefined => byPath.get(path),

    /** Ends every address that was given so far, whatever its `ex` says. */
    expireAddresses: (): void => {
      key = randomBytes(32);
    },
  };
}

export type Files = ReturnType<typeof createFiles>;
