/**
 * The bundled font as files that the renderer takes. It reads TrueType, the package has WOFF: the same tables, each
 * compressed on its own (W3C Recommendation "WOFF File Format 1.0").
 */
import { randomUUID } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { inflateSync } from 'node:zlib';

const require = createRequire(import.meta.url);

export const FONT_FAMILY = 'Inter';
/** The heavier cut calls itself a family of its own. */
export const FONT_FAMILY_BOLD = 'Inter SemiBold';
const SUBSETS = ['latin', 'latin-ext', 'cyrillic', 'greek', 'vietnamese'];
const WEIGHTS = [400, 600];

/** Unpacks a WOFF 1.0 file to the TrueType or OpenType font in it. Throws when the bytes are none. */
function unpackWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('Not a WOFF 1.0 font');
  const count = woff.readUInt16BE(12);
  const directory = Buffer.alloc(12 + 16 * count);
  woff.copy(directory, 0, 4, 8);
  directory.writeUInt16BE(count, 4);
  const power = Math.floor(Math.log2(count));
  directory.writeUInt16BE(16 * 2 ** power, 6);
  directory.writeUInt16BE(power, 8);
  directory.writeUInt16BE(16 * (count - 2 ** power), 10);

  const tables: Buffer[] = [];
  let offset = directory.length;
  for (let index = 0; index < count; index += 1) {
    const entry = 44 + 20 * index;
    const start = woff.readUInt32BE(entry + 4);
    const packedLength = woff.readUInt32BE(entry + 8);
    const length = woff.readUInt32BE(entry + 12);
    const packed = woff.subarray(start, start + packedLength);
    const table = packedLength < length ? inflateSync(packed) : packed;
    const record = 12 + 16 * index;
    woff.copy(directory, record, entry, entry + 4);
    woff.copy(directory, record + 4, entry + 16, entry + 20);
    directory.writeUInt32BE(offset, record + 8);
    directory.writeUInt32BE(length, record + 12);
    const padding = Buffer.alloc((4 - (length % 4)) % 4);
    tables.push(table, padding);
    offset += length + padding.length;
  }
  return Buffer.concat([directory, ...tables]);
}

/** Unpacks a WOFF file into `folder`, unless it is there; whole, whoever else does the same. */
function unpackInto(folder: string, woff: string): string {
  const path = join(folder, `${basename(woff, '.woff')}.ttf`);
  if (existsSync(path)) return path;
  const part = `${path}.${randomUUID()}`;
  writeFileSync(part, unpackWoff(readFileSync(woff)));
  renameSync(part, path);
  return path;
}

/** A folder of this user's among the temporary ones; a new one where somebody else has made that first. */
function ownFolder(): string {
  // The account may have no name: containers run under any number.
  const uid = process.getuid?.();
  const folder = join(tmpdir(), `seedream-bot-font-${uid ?? 'all'}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  return found.isDirectory() && (uid === undefined || found.uid === uid) ? folder : mkdtempSync(`${folder}-`);
}

const unpacked = new Map<string, string>();
let folder: string | undefined;

/** The path of a WOFF file's font as the renderer takes it, unpacked when first asked for. */
export function unpackFont(woff: string): string {
  folder ??= ownFolder();
  const path = unpacked.get(woff) ?? unpackInto(folder, woff);
  unpacked.set(woff, path);
  return path;
}

/** Paths of the font's files, unpacked when first asked for. */
export function fontFiles(): string[] {
  return SUBSETS.flatMap((subset) =>
    WEIGHTS.map((weight) =>
      unpackFont(require.resolve(`@fontsource/inter/files/inter-${subset}-${weight}-normal.woff`)),
    ),
  );
}
