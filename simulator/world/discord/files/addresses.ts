/**
 * Files that Discord serves, behind addresses that are signed and expire: `ex` and `is` are seconds since 1970 in hexadecimal,
 * `hm` the signature. Source: Discord, reference, "Signed Attachment CDN URLs".
 */
import type { FileHost } from '../../world.ts';

const ORIGIN = 'https://cdn.discordapp.com/';

/** How long an address holds (milliseconds): "about a day". */
const DAY = 24 * 60 * 60_000;

/** A file that somebody may start from. */
interface Held {
  /** Which picture it is. */
  picture: string;
  /** Whether it came with a command or a form: no message holds it, and its first address is the only one it ever has. */
  upload: boolean;
  /** When it was deleted (milliseconds since the epoch). */
  goneAt: number;
}

export interface Files extends FileHost {
  /** Serves a file from now on. @returns its bare address. */
  keep(path: string, picture: string, options?: { upload: boolean }): string;
  /** Serves it no more. */
  drop(address: string): void;
  /** An address that holds from now on, of a file there is; any other stays as it is. */
  sign(address: string): string;
  /** The same for what stands in a message: an upload's address is not renewed. */
  refresh(address: string): string;
}

const pathIn = (address: string) =>
  address.startsWith(ORIGIN) ? address.slice(ORIGIN.length).split('?', 1)[0] : undefined;

/** No secret is needed where nobody forges: only what was changed or made up must not pass. */
function signatureOf(path: string, expires: string, issued: string): string {
  let value = 0x811c9dc5;
  for (const character of `${path} ${expires} ${issued}`) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (value >>> 0).toString(16);
}

/** @param life - how long an address holds (milliseconds). */
export function createFiles({ now, life = DAY }: { now: () => number; life?: number | undefined }): Files {
  const held = new Map<string, Held>();

  function sign(address: string): string {
    const path = pathIn(address);
    if (path === undefined || !held.has(path)) return address;
    const seconds = now() / 1000;
    const issued = Math.floor(seconds).toString(16);
    const expires = Math.floor(seconds + life / 1000).toString(16);
    return `${ORIGIN}${path}?ex=${expires}&is=${issued}&hm=${signatureOf(path, expires, issued)}&`;
  }

  return {
    keep(path, picture, { upload } = { upload: false }) {
      held.set(path, { picture, upload, goneAt: Infinity });
      return ORIGIN + path;
    },
    drop(address) {
      const file = held.get(pathIn(address) ?? '');
      if (file !== undefined) file.goneAt = Math.min(file.goneAt, now());
    },
    sign,
    refresh: (address) => (held.get(pathIn(address) ?? '')?.upload === true ? address : sign(address)),
    pictureAt: (address) => held.get(pathIn(address) ?? '')?.picture,
    heldUntil(address) {
      const path = pathIn(address) ?? '';
      const query = URL.parse(address)?.searchParams;
      const [expires = '', issued = '', signature = ''] = ['ex', 'is', 'hm'].map((name) => query?.get(name) ?? '');
      const file = held.get(path);
      if (file === undefined || signatureOf(path, expires, issued) !== signature) return -Infinity;
      return Math.min(file.goneAt, Number.parseInt(expires, 16) * 1000);
    },
  };
}
