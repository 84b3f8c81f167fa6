/** The rules of the house, each a function over files and what they import: what breaks it, one line a break. */
import { posix } from 'node:path';
import type { CodeFile, Import } from './code.ts';
import { roomOf, type PackageRule, type Room } from './rooms.ts';

const IN_ROOMS = /^(src|playground|simulator)\//;

interface Arrow {
  from: CodeFile;
  imported: Import;
  fromRoom: Room;
  toRoom: Room;
}

/** Imports from one room to another. What belongs to no room is named by `outsideEveryRoom`. */
function arrowsBetween(files: readonly CodeFile[], rooms: readonly Room[]): Arrow[] {
  return files
    .filter(({ path }) => IN_ROOMS.test(path))
    .flatMap((from) =>
      from.imports.flatMap((imported) => {
        const fromRoom = roomOf(from.path, rooms);
        const toRoom = IN_ROOMS.test(imported.target) ? roomOf(imported.target, rooms) : undefined;
        if (fromRoom === undefined || toRoom === undefined || fromRoom === toRoom) return [];
        return [{ from, imported, fromRoom, toRoom }];
      }),
    );
}

const place = (path: string, { line }: { line: number }): string => `${path}:${line}`;

/** A file of `src`, `playground` or `simulator` whose folder stands in no table. */
export function outsideEveryRoom(files: readonly CodeFile[], rooms: readonly Room[]): string[] {
  return files
    .filter(({ path }) => IN_ROOMS.test(path) && roomOf(path, rooms) === undefined)
    .map(({ path }) => `${path} stands in no room of the table`);
}

/** A room or a door in the table that is not there. */
export function missingDoors(files: readonly CodeFile[], rooms: readonly Room[]): string[] {
  const paths = new Set(files.map(({ path }) => path));
  return rooms.flatMap(({ name, folder, doors }) => [
    ...([...paths].some((path) => path.startsWith(folder)) ? [] : [`the room ${name} (${folder}) is not there`]),
    ...(doors ?? []).filter((door) => !paths.has(door)).map((door) => `${door}, a door of ${name}, is not there`),
  ]);
}

/** An import from a room that the table does not let it import. */
export function arrowsOffTheTable(files: readonly CodeFile[], rooms: readonly Room[]): string[] {
  return arrowsBetween(files, rooms)
    .filter(({ fromRoom, toRoom, imported }) => !isAllowed(fromRoom, toRoom, imported.target))
    .map(({ from, imported, fromRoom, toRoom }) => {
      return `${place(from.path, imported)} imports ${imported.target}: ${fromRoom.name} may not import ${toRoom.name}`;
    });
}

function isAllowed(from: Room, to: Room, target: string): boolean {
  if (from.mayImport.includes(to.name)) return true;
  const inRoom = target.slice(to.folder.length).replace(/\.\w+$/, '');
  return from.mayImport.includes(`${to.name}/${inRoom}`) || (to.name === 'ground' && from.folder.startsWith('src/'));
}

/** What the simulator takes from the bot: as a test does, it may build parts of it anew over a world of its own. */
const looksInside = (from: string, target: string) => from.startsWith('simulator/') && target.startsWith('src/');

/** An import of a file that is private to another room. */
export function importsPastADoor(files: readonly CodeFile[], rooms: readonly Room[]): string[] {
  return arrowsBetween(files, rooms)
    .filter(({ toRoom, imported }) => toRoom.doors !== undefined && !toRoom.doors.includes(imported.target))
    .filter(({ from, imported }) => !looksInside(from.path, imported.target))
    .map(({ from, imported, toRoom }) => {
      const doors = toRoom.doors?.map((door) => posix.basename(door)).join(', ') ?? '';
      return `${place(from.path, imported)} imports ${imported.target}, past the doors of ${toRoom.name} (${doors})`;
    });
}

/** Rooms that may import each other, however far around. */
export function circlesInTheTable(rooms: readonly Room[]): string[] {
  const nodes = rooms.map(({ name, mayImport }) => ({
    name,
    next: mayImport.map((word) => roomNamed(word, rooms)),
  }));
  return circlesOf(nodes).map((circle) => `rooms in a circle: ${circle.join(', ')}`);
}

function roomNamed(word: string, rooms: readonly Room[]): string {
  const room = rooms.find(({ name }) => name === word) ?? rooms.find(({ name }) => word.startsWith(`${name}/`));
  return room?.name ?? word;
}

/** Names in the table that are no room's. */
export function unknownRooms(rooms: readonly Room[], packageRules: readonly PackageRule[]): string[] {
  const known = new Set(rooms.map(({ name }) => name));
  const named = [...rooms.flatMap(({ mayImport }) => mayImport), ...packageRules.flatMap((rule) => rule.rooms)];
  return named.filter((word) => !known.has(roomNamed(word, rooms))).map((word) => `${word} is no room of the table`);
}

/** Files that import each other, however far around; an import of a type alone counts. */
export function circlesOfFiles(files: readonly CodeFile[]): string[] {
  const nodes = files.map(({ path, imports }) => ({ name: path, next: imports.map(({ target }) => target) }));
  return circlesOf(nodes).map((circle) => `files in a circle: ${circle.join(', ')}`);
}

/** The strongly connected parts with more than one member (Tarjan), and what points at itself. */
function circlesOf(nodes: readonly { name: string; next: readonly string[] }[]): string[][] {
  const nextOf = new Map(nodes.map(({ name, next }) => [name, next]));
  const found = new Map<string, { index: number; low: number; open: boolean }>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (name: string): { index: number; low: number; open: boolean } => {
    const own = { index: found.size, low: found.size, open: true };
    found.set(name, own);
    stack.push(name);
    for (const next of nextOf.get(name) ?? []) {
      if (!nextOf.has(next)) continue;
      const seen = found.get(next);
      if (seen === undefined) own.low = Math.min(own.low, visit(next).low);
      else if (seen.open) own.low = Math.min(own.low, seen.index);
    }
    if (own.low !== own.index) return own;
    const members = stack.splice(stack.lastIndexOf(name));
    for (const member of members) {
      const state = found.get(member);
      if (state !== undefined) state.open = false;
    }
    if (members.length > 1 || (nextOf.get(name) ?? []).includes(name)) circles.push(members.toSorted());
    return own;
  };
  for (const { name } of nodes) if (!found.has(name)) visit(name);
  return circles;
}

/** A value imported from a package that only some rooms may load. Types are free: they are gone at run time. */
export function packagesOutsideTheirRooms(
  files: readonly CodeFile[],
  rooms: readonly Room[],
  packageRules: readonly PackageRule[],
): string[] {
  return files
    .filter(({ path }) => path.startsWith('src/'))
    .flatMap(({ path, imports }) =>
      imports.flatMap((imported) => {
        const name = /^(@[^/]+\/)?[^/]+/.exec(imported.target)?.[0] ?? '';
        const rule = imported.typeOnly ? undefined : packageRules.find(({ packages }) => packages.includes(name));
        if (rule === undefined || rule.rooms.includes(roomOf(path, rooms)?.name ?? '')) return [];
        return [`${place(path, imported)} imports ${name} as a value: only ${rule.rooms.join(', ')} may`];
      }),
    );
}

/** Code of the bot that needs what only tries it out. */
export function importsFromOutside(files: readonly CodeFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith('src/'))
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => /^(playground|test|bench|simulator)\//.test(target))
        .map((imported) => `${place(path, imported)} imports ${imported.target}`),
    );
}

/** Uses of watched globals, and imports that give the same, in `src` outside these files. */
function usesOutside(
  files: readonly CodeFile[],
  { watched, modules, allowed = [] }: { watched: RegExp; modules?: RegExp; allowed?: readonly string[] },
): string[] {
  return files
    .filter(({ path }) => path.startsWith('src/') && !allowed.includes(path))
    .flatMap(({ path, uses, imports }) => [
      ...uses.filter(({ what }) => watched.test(what)).map((use) => `${place(path, use)} uses ${use.what}`),
      ...imports
        .filter(({ target }) => modules?.test(target) === true)
        .map((imported) => `${place(path, imported)} imports ${imported.target}`),
    ]);
}

/** `process.env` is read in one place, where it is checked. */
export function environmentReaders(files: readonly CodeFile[], allowed: readonly string[]): string[] {
  return usesOutside(files, { watched: /^process\.env$/, allowed });
}

/** Timers and clocks are handed in, so that a test and the simulator can turn them. */
export function clocksOfTheirOwn(files: readonly CodeFile[], allowed: readonly string[]): string[] {
  const watched = /^(?!process\.env$|AsyncLocalStorage$)/;
  return usesOutside(files, { watched, modules: /^node:(timers|perf_hooks)/, allowed });
}

/** What a function needs is handed to it, never found around it. */
export function hiddenParameters(files: readonly CodeFile[]): string[] {
  return usesOutside(files, { watched: /^AsyncLocalStorage$/, modules: /^node:async_hooks$/ });
}

/** Folders with more files directly in them than somebody reads through. */
export function crowdedFolders(paths: readonly string[], most: (folder: string) => number): string[] {
  const counts = Map.groupBy(paths, (path) => posix.dirname(path));
  return [...counts]
    .filter(([folder, inside]) => inside.length > most(folder))
    .map(([folder, inside]) => `${folder} holds ${inside.length} files: at most ${most(folder)}`);
}

/** Files longer than one subject needs. */
export function longFiles(files: readonly { path: string; lines: number }[], most: number): string[] {
  return files
    .filter(({ lines }) => lines > most)
    .map(({ path, lines }) => `${path} has ${lines} lines: at most ${most}`);
}
