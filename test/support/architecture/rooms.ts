/** Reads docs/architecture.md, the source of truth: its tables of rooms and packages, its tree, the paths that documents name. */
import { posix } from 'node:path';

export interface Room {
  name: string;
  /** With a slash at its end. */
  folder: string;
  /** Whether the files in the folders below belong to it too. */
  deep: boolean;
  /** The files that other rooms may import; `undefined`: every one. */
  doors: string[] | undefined;
  /** Names of rooms, or of one door of a room as `discord/reply`. */
  mayImport: string[];
}

export interface PackageRule {
  packages: string[];
  rooms: string[];
}

/** The rooms as the table with the columns room, what it does, doors, may import says. */
export function readRooms(document: string): Room[] {
  const rooms: Room[] = [];
  for (const [room = '', , doors = '', mayImport = ''] of tableRows(document, 'room')) {
    const path = /`([^`]+)`/.exec(room)?.[1] ?? '';
    const folder = path.replace(/\*$/, '');
    rooms.push({
      name: /\((\w+)\)/.exec(room)?.[1] ?? folder.replace(/^src\/(services\/)?/, '').replace(/\/$/, ''),
      folder,
      deep: !path.endsWith('*'),
      doors: doors === 'all' ? undefined : spans(doors).map((door) => posix.join(folder, door)),
      mayImport: mayImport === 'all above' ? rooms.map(({ name }) => name) : words(mayImport),
    });
  }
  return rooms;
}

/** Which rooms alone may import which packages as more than types. */
export function readPackageRules(document: string): PackageRule[] {
  return tableRows(document, 'package').map(([packages = '', rooms = '']) => ({
    packages: spans(packages),
    rooms: words(rooms),
  }));
}

/** The room a file stands in. A door that lies outside its folder (`../config.ts`) stands in its room too. */
export function roomOf(path: string, rooms: readonly Room[]): Room | undefined {
  const byDoor = rooms.find(({ doors, folder }) => !path.startsWith(folder) && doors?.includes(path));
  if (byDoor !== undefined) return byDoor;
  return rooms
    .filter(({ folder, deep }) =>
      deep ? path.startsWith(folder) : posix.dirname(path) === posix.dirname(`${folder}x`),
    )
    .toSorted((one, other) => other.folder.length - one.folder.length)[0];
}

/** The cells of every row below a table head whose first cell is this. */
function tableRows(document: string, firstHead: string): string[][] {
  const rows: string[][] = [];
  let inside = false;
  for (const line of document.split('\n')) {
    const cells = line.startsWith('|')
      ? line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim())
      : undefined;
    if (cells === undefined) inside = false;
    else if (cells[0] === firstHead) inside = true;
    else if (inside && !/^-+$/.test(cells[0] ?? '')) rows.push(cells);
  }
  return rows;
}

function spans(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
}

function words(cell: string): string[] {
  return cell.split(', ').filter((word) => /^[\w/-]+$/.test(word) && word !== '-');
}

const ROOTS = /^(src|playground|test|bench|simulator|docs|ops|\.ci)\//;
const FILE = /^[\w.@-]+(\/[\w.@-]+)*\.(ts|mjs|js|json|jsonc|yaml|md|html|css|png)$/;

/**
 * Every path of the repository that a document names: in `code`, as the target of a link (its folder is needed), and in
 * a tree: a block without a language whose lines are a name and what it is, a folder's contents two further in.
 */
export function pathsNamedIn(document: string, folder: string): string[] {
  const blocks = [...document.matchAll(/^```\n([\s\S]*?)^```/gm)].map(([, text = '']) => text);
  const prose = document.replaceAll(/^```[\s\S]*?^```/gm, '');
  const inCode = [...prose.matchAll(/`([^`\n]+)`/g)].flatMap(([, text = '']) => text.split(/\s+/));
  const links = [...prose.matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)].map(([, to = '']) => posix.join(folder, to));
  return [...inCode.filter((word) => ROOTS.test(word) || FILE.test(word)), ...links, ...blocks.flatMap(pathsOfTree)];
}

function pathsOfTree(block: string): string[] {
  const lines = block.split('\n').filter((line) => line.trim() !== '');
  const isTree = lines.every((line) => /^ *[\w.@-]+(\/[\w.@-]+)*\/?(, [\w.@-]+\/?)*( {2,}|$)/.test(line));
  if (!isTree || !lines.some((line) => /^[\w.-]+\/( |$)/.test(line))) return [];
  const parents: { indent: number; path: string }[] = [];
  return lines.flatMap((line) => {
    const indent = line.search(/\S/);
    while ((parents.at(-1)?.indent ?? -1) >= indent) parents.pop();
    const names = (line.trim().split(/ {2,}/)[0] ?? '').split(', ');
    const paths = names.map((name) => posix.join(parents.at(-1)?.path ?? '', name));
    if (paths[0]?.endsWith('/') === true) parents.push({ indent, path: paths[0] });
    return paths;
  });
}

/** Whether a named path is there: from the root, or as the end of a file's or folder's path; `*` is any part of a name. */
export function isThere(named: string, files: readonly string[]): boolean {
  const path = named.replace(/^(\.\.\/)+/, '').replace(/\/$/, '');
  const pattern = new RegExp(`/${path.replaceAll('.', String.raw`\.`).replaceAll('*', '[^/]*')}/`);
  return files.some((file) => pattern.test(`/${file}/`));
}
