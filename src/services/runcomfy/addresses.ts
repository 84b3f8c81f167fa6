/**
 * The addresses of what a request made, wherever they stand below its `output`. Documented are lists and single addresses
 * under four names; what else comes is read as far as it holds addresses, as it is paid for. Pure.
 */
import { z } from 'zod';

/** What a request made: addresses of pictures and of videos, each once and in order. */
export interface Addresses {
  images: string[];
  videos: string[];
}

type Kind = keyof Addresses;
type Found = [address: string, kind: Kind | undefined][];

const urlSchema = z.url({ protocol: /^https?$/ });

/** Where an object describes one file, its address stands under one of these; texts beside it lead to the same file, or to a page. */
const ADDRESS_KEYS = ['url', 'uri', 'signed_url', 'download_url', 'file_url', 'public_url', 'href', 'src'];

/** Smaller copies of what was made: read only where nothing else is there. */
const PREVIEW_KEY = /thumb|preview|poster|icon|cover/i;

/** What was asked for, where an output repeats it: references are no results. */
const INPUT_KEY = /^inputs?$/i;

const VIDEO_FILE = /\.(?:mp4|m4v|mov|webm|mkv|avi)$/i;

/** No output nests so deep; what does is not followed. */
const DEPTH_MAX = 32;

/** What a key says of the addresses below it. */
function kindOfKey(key: string): Kind | undefined {
  const [, kind] = /^(image|video)s?(?:_?urls?)?$/i.exec(key) ?? [];
  return kind === undefined ? undefined : kind.toLowerCase() === 'video' ? 'videos' : 'images';
}

function kindOfFile(address: string): Kind {
  return VIDEO_FILE.test(new URL(address).pathname) ? 'videos' : 'images';
}

function readAddress(value: unknown): string | undefined {
  return typeof value === 'string' ? urlSchema.safeParse(value.trim()).data : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** An object's fields, lists (`images`) before single ones (`image`): a single one may repeat the first of a list. */
function fieldsOf(value: object): [string, unknown][] {
  const rank = (key: string) => (kindOfKey(key) === undefined ? 2 : /s$/i.test(key) ? 0 : 1);
  return Object.entries(value).sort(([one], [other]) => rank(one) - rank(other));
}

/** Which addresses are collected: those alone that stand below a key which says what they are; previews too. */
interface Wanted {
  named: boolean;
  previews: boolean;
}

/** Every address that is wanted in a value, in order. */
function collect(value: unknown, wanted: Wanted, kind?: Kind, depth = 0): Found {
  const address = readAddress(value);
  if (address !== undefined) return wanted.named && kind === undefined ? [] : [[address, kind]];
  if (!isObject(value) || depth > DEPTH_MAX) return [];
  if (Array.isArray(value)) return value.flatMap((item) => collect(item, wanted, kind, depth + 1));
  const fields = fieldsOf(value).filter(([key]) => !INPUT_KEY.test(key) && (wanted.previews || !PREVIEW_KEY.test(key)));
  const own = kind === undefined && wanted.named ? undefined : ownAddress(fields);
  const further = own === undefined ? fields : fields.filter(([, field]) => isObject(field));
  const below = further.flatMap(([key, field]) => collect(field, wanted, kindOfKey(key) ?? kind, depth + 1));
  return own === undefined ? below : [[own, kind], ...below];
}

/** The address of the one file that an object describes. */
function ownAddress(fields: [string, unknown][]): string | undefined {
  const candidates = ADDRESS_KEYS.flatMap((key) => fields.filter(([name]) => name.toLowerCase() === key));
  return candidates.map(([, field]) => readAddress(field)).find((address) => address !== undefined);
}

function sorted(found: Found): Addresses {
  const of = (wanted: Kind) => [
    ...new Set(found.filter(([address, kind]) => (kind ?? kindOfFile(address)) === wanted).map(([address]) => address)),
  ];
  return { images: of('images'), videos: of('videos') };
}

/** Whether an output says by an empty list, and nothing else under the names of pictures, that nothing was made. */
function isNothing(output: unknown): boolean {
  if (Array.isArray(output)) return output.length === 0;
  if (!isObject(output)) return false;
  const made = Object.entries(output).filter(([key]) => kindOfKey(key) !== undefined);
  const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;
  return (
    made.some(([, value]) => isEmptyList(value)) &&
    made.every(([, value]) => isEmptyList(value) || value === null || value === '')
  );
}

/** From what is documented to whatever is there. */
const PASSES: Wanted[] = [
  { named: true, previews: false },
  { named: false, previews: false },
  { named: false, previews: true },
];

/** What a request made; `undefined` where its output gives no address, and does not say that nothing was made. */
export function readAddresses(output: unknown): Addresses | undefined {
  for (const wanted of PASSES) {
    const found = collect(output, wanted);
    if (found.length > 0) return sorted(found);
  }
  return isNothing(output) ? { images: [], videos: [] } : undefined;
}
