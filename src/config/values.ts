/** The forms a setting's text can have, as schemas from text to value. Their messages say what the value must be. */
import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

/** Where pictures may be fetched from. */
export interface AssetHosts {
  /** `host` or `*.host`, in lower case: https only. */
  patterns: string[];
  /** Whole origins, such as `http://127.0.0.1:8788`: exactly these. */
  origins: string[];
}

/** Where records are kept. */
export type StoreLocation = { kind: 'sqlite'; path: string } | { kind: 'redis'; url: string };

/** A token: gently checked, for what is usually pasted wrong. Printable ASCII, since it travels in a header. */
export const token = z
  .string('is missing')
  .regex(/^[\x21-\x7e]+$/, 'must be the token alone, without spaces or "Bot " before it')
  .regex(/^[^"'`]+$/, 'must be the token alone, without quotes');

/** A whole number in digits. */
export function wholeNumber(least: number, most: number) {
  const range = `must be a whole number from ${least} to ${most}`;
  return z.string().regex(/^\d+$/, range).transform(Number).pipe(z.int(range).min(least, range).max(most, range));
}

/** A number in digits with an optional fraction, from 0 to `most`. */
export function decimalNumber(most: number, range: string) {
  return z
    .string()
    .regex(/^(\d+(\.\d+)?|\.\d+)$/, range)
    .transform(Number)
    .pipe(z.number().max(most, range));
}

const HTTP_URL = 'must be an https:// address (http:// for a private host alone), without user, query or fragment';

/** An http(s) address without trailing slash. */
export const httpUrl = z.string().transform((text, context) => {
  const url = toHttpUrl(text);
  if (url !== undefined) return url.href.replace(/\/+$/, '');
  context.addIssue({ code: 'custom', message: HTTP_URL });
  return z.NEVER;
});

const HOST = /^(\*\.[a-z0-9-]+\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const ASSET_HOSTS = 'must be a list such as *.example.com,cdn.example.com,https://example.com:8443';

/** A list of hosts and origins that pictures may come from. */
export const assetHosts = z.string().transform((text, context): AssetHosts => {
  const entries = listOf(text.toLowerCase());
  const origins = entries.filter((entry) => entry.includes('://')).map((entry) => toOrigin(entry));
  const patterns = entries.filter((entry) => !entry.includes('://'));
  const known = origins.filter((origin) => origin !== undefined);
  if (entries.length === 0 || known.length < origins.length || !patterns.every(isHostPattern)) {
    context.addIssue({ code: 'custom', message: ASSET_HOSTS });
    return z.NEVER;
  }
  return { patterns: [...new Set(patterns)], origins: [...new Set(known)] };
});

/** Most models that a member can choose among: the choices of an option that Discord takes. */
const MODELS_MAX = 25;
/** The longest id (characters): the value of a choice that Discord takes. */
const MODEL_ID_MAX = 100;
const MODEL_ID = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)+$/i;
const MODELS = `must be ids of RunComfy's models, each once and at most ${MODELS_MAX}, such as bytedance/seedream-4-0/sequential,bytedance/seedream-4-5/sequential`;

/** A list of models' ids, in order; at least one. */
export const modelIds = z.string().transform((text, context): string[] => {
  const ids = listOf(text);
  const areIds = ids.every((id) => MODEL_ID.test(id) && id.length <= MODEL_ID_MAX);
  const isList = ids.length > 0 && ids.length <= MODELS_MAX && new Set(ids).size === ids.length;
  if (!areIds || !isList) context.addIssue({ code: 'custom', message: MODELS });
  return ids;
});

const STORE = 'must be sqlite://relative/path, sqlite:///absolute/path, redis://host:6379/0 or rediss://host:6379/0';
const PERCENT = 'needs each % of its user and password written as %25';

/** The address of a store. */
export const storeLocation = z.string().transform((text, context): StoreLocation => {
  const path = /^sqlite:\/\/(?!:memory:$)(.*[^/])$/.exec(text)?.[1];
  if (path !== undefined) return { kind: 'sqlite', path };
  const url = /^rediss?:\/\/[^/]/.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  const isRedis = url !== undefined && url.hostname !== '' && /^(\/\d*)?$/.test(url.pathname);
  if (isRedis && isDecodable(url.username) && isDecodable(url.password)) return { kind: 'redis', url: text };
  context.addIssue({ code: 'custom', message: isRedis ? PERCENT : STORE });
  return z.NEVER;
});

/** Whether each `%` in a part of an address stands before two digits of a character. */
function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Most shards that make sense: Discord's largest bots run a few thousand. */
const SHARDS_MAX = 10_000;
const SHARD_IDS = 'must be "all" or a list such as 0,1,4-7';

/** `auto`, or how many shards all processes hold together. */
export const shardCount = z.union(
  [z.literal('auto'), wholeNumber(1, SHARDS_MAX)],
  `must be "auto" or a whole number from 1 to ${SHARDS_MAX}`,
);

/** `all` (`undefined`), or ids and ranges of ids: each once, in order. */
export const shardIds = z.string().transform((text, context): number[] | undefined => {
  if (text === 'all') return undefined;
  const ids = new Set<number>();
  for (const entry of listOf(text)) {
    const [, first, last] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(entry) ?? [];
    const end = Number(last ?? first);
    if (first === undefined || Number(first) > end || end >= SHARDS_MAX) {
      context.addIssue({ code: 'custom', message: SHARD_IDS });
      return z.NEVER;
    }
    for (let id = Number(first); id <= end; id += 1) ids.add(id);
  }
  if (ids.size === 0) context.addIssue({ code: 'custom', message: SHARD_IDS });
  return [...ids].sort((a, b) => a - b);
});

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/**
 * An address in a pattern would get round the rule that pictures come from named hosts: it can be given as an origin. One of
 * IPv6 has colons, which no host has.
 */
function isHostPattern(text: string): boolean {
  return HOST.test(text) && !/^(\*\.)?[\d.]+$/.test(text) && text.length <= 253;
}

function toOrigin(text: string): string | undefined {
  const url = toHttpUrl(text);
  return url?.pathname === '/' ? url.origin : undefined;
}

function toHttpUrl(text: string): URL | undefined {
  if (!/^https?:\/\/[^/]/i.test(text) || /[\s?#*\\]/.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return undefined;
  return url.protocol === 'https:' || isPrivateHost(url.hostname) ? url : undefined;
}

const PRIVATE = new BlockList();
for (const [address, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  PRIVATE.addSubnet(address, prefix, 'ipv4');
}
PRIVATE.addAddress('::1', 'ipv6');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');

/**
 * Whether a token may travel to a host unencrypted, because the way there is the operator's own: loopback and private
 * addresses, names of one label as containers have them, and the reserved endings `.localhost`, `.local`, `.internal`.
 */
function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  const version = isIP(host);
  if (version !== 0) return PRIVATE.check(host, version === 4 ? 'ipv4' : 'ipv6');
  return !host.includes('.') || /\.(localhost|local|internal)$/.test(host);
}
