/** Addresses of pictures in Discord: which are Discord's own, and until when they hold. Pure. */

/** Where Discord serves attachments. Source: Discord's documentation, "Signed Attachment CDN URLs". */
const HOSTS = ['cdn.discordapp.com', 'media.discordapp.net'];

/** The longest address that an embed takes (characters). Source: Discord's API description. */
const LENGTH_MAX = 2048;

/** Whether an address is one of Discord's, which alone are passed on. */
export type IsDiscords = (address: string) => boolean;

/** @param apiUrl - Discord's API as the bot is told: on this machine itself, its origin counts as Discord's. */
export function createIsDiscords(apiUrl: string): IsDiscords {
  const { hostname, origin } = new URL(apiUrl);
  const own = isLoopback(hostname) ? origin : undefined;
  return (address) => {
    const url = URL.parse(address);
    if (url === null || url.username !== '' || url.password !== '' || address.length > LENGTH_MAX) return false;
    return url.origin === own || (url.protocol === 'https:' && url.port === '' && HOSTS.includes(url.hostname));
  };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** An address must hold for so much longer to be of use (milliseconds): RunComfy fetches it a little later. */
const HOLDS_FOR = 60_000;

/** Whether an address can still be fetched from at a moment (milliseconds since the epoch), and a little after it. */
export function holds(address: string, at: number): boolean {
  return (expiryOf(address) ?? Infinity) - at >= HOLDS_FOR;
}

/**
 * When an address expires (milliseconds since the epoch); `undefined` for one that does not say. Discord writes it as `ex`, in
 * hexadecimal seconds.
 */
function expiryOf(address: string): number | undefined {
  const written = URL.parse(address)?.searchParams.get('ex') ?? '';
  return /^[0-9a-f]{1,12}$/i.test(written) ? parseInt(written, 16) * 1000 : undefined;
}

/** Whether two addresses lead to the same file, whatever they are signed with. */
export function isSameFile(one: string, other: string): boolean {
  const [first, second] = [URL.parse(one), URL.parse(other)];
  return first !== null && first.pathname === second?.pathname;
}
