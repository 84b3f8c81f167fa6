/** Who pictures may be fetched from: addresses by name, and what those names may resolve to. */
import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { PictureError } from './error.ts';

export interface AllowedHosts {
  /** Host names, or `*.host` for every name below it (not `host` itself): https, default port, public addresses only. */
  patterns: readonly string[];
  /** Whole origins (`http://127.0.0.1:8788`), allowed as they stand, whatever their address: the operator named them. */
  origins: readonly string[];
}

/** How an address is connected to: `public` to public addresses only, `named` wherever the operator's origin leads. */
export type Route = 'public' | 'named';

/** An address for messages: host and path, without the query, which may be a signature. */
export function describeUrl(url: URL): string {
  const path = url.pathname.length > 120 ? `${url.pathname.slice(0, 119)}…` : url.pathname;
  return url.host + path;
}

/**
 * Decides whether an address may be fetched.
 *
 * @param base what a relative address (of a redirect) is relative to.
 * @returns the parsed address and how to connect to it.
 * @throws PictureError `not_allowed`.
 */
export function admitUrl(address: string, allowed: AllowedHosts, base?: URL): { url: URL; route: Route } {
  // URL.parse, because the error of `new URL` carries the whole address.
  const url = URL.parse(address, base?.href);
  if (url === null) throw new PictureError('not_allowed', 'Not a URL');
  if (url.username !== '' || url.password !== '') throw refused(url, 'carries credentials');
  if (allowed.origins.includes(url.origin)) return { url, route: 'named' };
  if (url.protocol !== 'https:') throw refused(url, 'is not https');
  if (url.port !== '') throw refused(url, 'names a port');
  if (isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0) throw refused(url, 'is a literal address');
  if (!allowed.patterns.some((pattern) => matches(url.hostname, pattern.toLowerCase()))) {
    throw refused(url, 'is not among the allowed hosts');
  }
  return { url, route: 'public' };
}

function matches(hostname: string, pattern: string): boolean {
  return pattern.startsWith('*.')
    ? hostname.length >= pattern.length && hostname.endsWith(pattern.slice(1))
    : hostname === pattern;
}

function refused(url: URL, reason: string): PictureError {
  return new PictureError('not_allowed', `${describeUrl(url)} ${reason}`);
}

// IANA's special-purpose address registries (RFC 6890 and its updates): whatever is not globally reachable, and multicast.
const SPECIAL_IPV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;
// Within 2000::/3, the only range given out as global unicast: protocol assignments with Teredo, documentation, 6to4.
const SPECIAL_IPV6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const special = new BlockList();
for (const [network, prefix] of SPECIAL_IPV4) special.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of SPECIAL_IPV6) special.addSubnet(network, prefix, 'ipv6');
const globalIpv6 = new BlockList();
globalIpv6.addSubnet('2000::', 3, 'ipv6');

/**
 * Whether an IP address is a public one: neither private, loopback, link-local, shared (CGNAT), multicast, unspecified
 * nor documentation, and no form of IPv6 that carries an IPv4 address (mapped, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special.check(address, 'ipv4');
    case 6:
      // A zone (`%eth0`) belongs to link-local addresses.
      return !address.includes('%') && globalIpv6.check(address, 'ipv6') && !special.check(address, 'ipv6');
    default:
      return false;
  }
}

/**
 * A lookup for `net.connect` that gives public addresses only. As the socket connects to what this gives, nothing can
 * change between check and connection, whatever the name resolves to next. It fails with PictureError `not_allowed` for
 * a name without a public address.
 */
export function lookupPublic(lookup: LookupFunction = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found, family) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      const addresses = typeof found === 'string' ? [{ address: found, family: family ?? isIP(found) }] : found;
      const [first, ...others] = addresses.filter(({ address }) => isPublicAddress(address));
      if (first === undefined) callback(new PictureError('not_allowed', `${hostname} has no public address`), []);
      else if (options.all === true) callback(null, [first, ...others]);
      else callback(null, first.address, first.family);
    });
  };
}
