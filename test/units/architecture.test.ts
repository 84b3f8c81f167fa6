/** The code keeps to docs/architecture.md: its rooms, doors and arrows, and to the rules of the house. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesOf, HOUSE, parseFile, parseFiles } from '../support/architecture/code.ts';
import { isThere, pathsNamedIn, readPackageRules, readRooms } from '../support/architecture/rooms.ts';
import * as rules from '../support/architecture/rules.ts';
import { transitionsDrawn, transitionsMade } from '../support/architecture/states.ts';

const read = (path: string): string => readFileSync(join(HOUSE, path), 'utf8');
const paths = filesOf('{src,playground,test,bench,simulator}');
const files = parseFiles(paths);
const rooms = readRooms(read('docs/architecture.md'));
const packageRules = readPackageRules(read('docs/architecture.md'));

const ENVIRONMENT_READERS = ['src/config.ts'];
const CLOCKS = ['src/services/clock.ts'];
const LONGEST_FILE = 220;
/** Languages are one long list each; a `.d.ts` is generated. */
const LONG_BY_NATURE = /^src\/languages\/|\.d\.ts$/;
const mostFilesIn = (folder: string): number =>
  folder === 'src/services' ? 8 : folder.startsWith('test') ? 30 : folder.startsWith('bench') ? 30 : 14;

describe('The code', () => {
  test('has a room for every file, and a file for every door', () => {
    expect(rooms.length).toBeGreaterThan(20);
    expect(rules.outsideEveryRoom(files, rooms)).toEqual([]);
    expect(rules.missingDoors(files, rooms)).toEqual([]);
    expect(rules.unknownRooms(rooms, packageRules)).toEqual([]);
    expect(rules.circlesInTheTable(rooms)).toEqual([]);
  });
  test('imports only along the arrows of the table', () => {
    expect(rules.arrowsOffTheTable(files, rooms)).toEqual([]);
  });
  test('enters a room by its doors', () => {
    expect(rules.importsPastADoor(files, rooms)).toEqual([]);
  });
  test('has no circle of files', () => {
    expect(rules.circlesOfFiles(files)).toEqual([]);
  });
  test('loads discord.js, undici and what stores are made of in their rooms alone', () => {
    expect(packageRules.length).toBeGreaterThan(2);
    expect(rules.packagesOutsideTheirRooms(files, rooms, packageRules)).toEqual([]);
  });
  test('never needs the playground, the tests or the benchmark for the bot', () => {
    expect(rules.importsFromOutside(files)).toEqual([]);
  });
  test('reads the environment in one place', () => {
    expect(rules.environmentReaders(files, ENVIRONMENT_READERS)).toEqual([]);
  });
  test('takes time from the clock that it is handed', () => {
    expect(rules.clocksOfTheirOwn(files, CLOCKS)).toEqual([]);
  });
  test('hands on what a function needs as arguments', () => {
    expect(rules.hiddenParameters(files)).toEqual([]);
  });
  test('keeps folders that can be read through', () => {
    expect(rules.crowdedFolders(paths, mostFilesIn)).toEqual([]);
  });
  test('keeps files to one subject', () => {
    const own = paths.filter((path) => /^(src|playground|bench|simulator)\/.*\.(ts|mjs|js|css|html)$/.test(path));
    const counted = own
      .filter((path) => !LONG_BY_NATURE.test(path))
      .map((path) => ({ path, lines: read(path).trimEnd().split('\n').length }));
    expect(rules.longFiles(counted, LONGEST_FILE)).toEqual([]);
  });
});

describe('Documents', () => {
  const everything = [
    ...globSync('**/*', { cwd: HOUSE, exclude: (name) => name === 'node_modules' || name === '.git' }),
    ...globSync(['.*', '.ci/*', '.github/**/*'], { cwd: HOUSE }),
  ];
  test('the picture of a job’s states shows every transition, and none that is impossible', () => {
    expect(transitionsDrawn(read('docs/architecture.md'))).toEqual(transitionsMade());
  });
  test.each(globSync(['*.md', 'docs/*.md'], { cwd: HOUSE }))('%s names only files that are there', (document) => {
    const named = pathsNamedIn(read(document), dirname(document));
    expect(named.filter((path) => path !== 'discord.js' && !isThere(path, everything))).toEqual([]);
  });
  test('a path that is not there is found in prose, in a link and in the tree', () => {
    const named = pathsNamedIn(
      'See `src/gone.ts`, `npm run check`, `/help` and [this](gone.md#part).\n```\nsrc/        the bot\n  gone/     a room\n```\n',
      'docs',
    );
    expect(named).toEqual(['src/gone.ts', 'docs/gone.md', 'src/', 'src/gone/']);
    expect(named.filter((path) => !isThere(path, ['src/index.ts']))).toEqual([
      'src/gone.ts',
      'docs/gone.md',
      'src/gone/',
    ]);
  });
});

describe('Each rule bites', () => {
  /** One file of this text, beside one that breaks no rule. */
  const withFile = (path: string, text: string) => [
    ...files.filter((file) => file.path === LEDGER_DOOR),
    parseFile(path, text),
  ];
  const LEDGER_DOOR = 'src/services/ledger/ledger.ts';
  const LEDGER = 'src/services/ledger/offender.ts';
  const offender = (text: string) => withFile(LEDGER, text);

  test('a room that the table does not have', () => {
    expect(rules.outsideEveryRoom(withFile('src/services/attic/box.ts', ''), rooms)).toHaveLength(1);
  });
  test('a door that is gone, a name that is no room, rooms in a circle', () => {
    const [ground] = rooms;
    if (ground === undefined) throw new Error('No room');
    const room = { ...ground, name: 'cellar', folder: 'src/services/cellar/', doors: ['src/services/cellar/door.ts'] };
    expect(rules.missingDoors(files, [room])).toHaveLength(2);
    expect(rules.unknownRooms([{ ...room, mayImport: ['attic'] }], [])).toHaveLength(1);
    const circle = [
      { ...room, mayImport: ['attic'] },
      { ...room, name: 'attic', mayImport: ['cellar/door'] },
    ];
    expect(rules.circlesInTheTable(circle)).toHaveLength(1);
  });
  test.each([
    ["import { createReply } from '../discord/reply.ts';"],
    ["import type { Reply } from '../discord/reply.ts';"],
    ["export { createReply } from '../discord/reply.ts';"],
    ["const reply = await import('../discord/reply.ts');"],
    ["let reply: import('../discord/reply.ts').Reply;"],
    ["const address = new URL('../discord/reply.ts', import.meta.url);"],
  ])('an arrow back up: %s', (text) => {
    expect(rules.arrowsOffTheTable(offender(''), rooms)).not.toContainEqual(expect.stringContaining(LEDGER));
    expect(rules.arrowsOffTheTable(offender(text), rooms)).toContainEqual(expect.stringContaining(LEDGER));
  });
  test("an arrow to a door that is another room's alone", () => {
    const path = 'src/commands/offender.ts';
    const toRest = withFile(path, "import { createRest } from '../services/discord/rest.ts';");
    expect(rules.arrowsOffTheTable(toRest, rooms)).toContainEqual(expect.stringContaining(path));
    const toReply = withFile(path, "import type { Reply } from '../services/discord/reply.ts';");
    expect(rules.arrowsOffTheTable(toReply, rooms)).not.toContainEqual(expect.stringContaining(path));
  });
  test('an import past a door, in the bot and in the playground; tests and the benchmark may look inside', () => {
    const past = (path: string, to: string) =>
      rules
        .importsPastADoor(withFile(path, `import { createClaims } from '${to}';`), rooms)
        .filter((line) => line.startsWith(path));
    expect(past('src/services/job/offender.ts', '../storage/redis/claims.ts')).toHaveLength(1);
    expect(past('src/services/storage/offender.ts', './redis/claims.ts')).toHaveLength(0);
    expect(past('playground/app/offender.ts', '../discord/world/world.ts')).toHaveLength(1);
    expect(past('test/units/offender.test.ts', '../../src/services/storage/redis/claims.ts')).toHaveLength(0);
  });
  test('files in a circle, be it of types alone', () => {
    const circle = [
      parseFile('src/services/ledger/one.ts', "import type { Two } from './two.ts';"),
      parseFile('src/services/ledger/two.ts', "export * from './three.ts';"),
      parseFile('src/services/ledger/three.ts', "import './one.ts';\nimport './four.ts';"),
      parseFile('src/services/ledger/four.ts', ''),
    ];
    const names = ['one', 'three', 'two'].map((name) => `src/services/ledger/${name}.ts`).join(', ');
    expect(rules.circlesOfFiles(circle)).toEqual([`files in a circle: ${names}`]);
    expect(rules.circlesOfFiles(circle.slice(1))).toEqual([]);
  });
  test.each([
    "import { Client } from 'discord.js';",
    "import { request } from 'undici';",
    "import 'keyv';",
    "export { createClient } from 'redis';",
  ])('a package as a value in the ledger: %s', (text) => {
    expect(rules.packagesOutsideTheirRooms(offender(text), rooms, packageRules)).toContainEqual(
      expect.stringContaining(LEDGER),
    );
  });
  test.each(["import type { Client } from 'discord.js';", "import { type Client } from 'discord.js';"])(
    'its types are free: %s',
    (text) => {
      expect(rules.packagesOutsideTheirRooms(offender(text), rooms, packageRules)).not.toContainEqual(
        expect.stringContaining(LEDGER),
      );
    },
  );
  test('the bot that imports the playground', () => {
    const path = 'src/services/ledger/offender.ts';
    expect(rules.importsFromOutside(withFile(path, "import '../../../playground/index.ts';"))).toHaveLength(1);
  });
  test.each([
    'const token = process.env.TOKEN;',
    "const token = process['env'].TOKEN;",
    'const { env } = process;',
    "import { env } from 'node:process';",
  ])('the environment read elsewhere: %s', (text) => {
    expect(rules.environmentReaders(offender(text), ENVIRONMENT_READERS)).toContainEqual(
      expect.stringContaining(LEDGER),
    );
  });
  test.each([
    'setTimeout(() => {}, 1);',
    'globalThis.setInterval(() => {}, 1);',
    'const later = setImmediate;',
    'const timers = { setTimeout };',
    'const now = Date.now();',
    'const now = new Date();',
    'const { now } = performance;',
    'const signal = AbortSignal.timeout(1);',
    "import { setTimeout as sleep } from 'node:timers/promises';",
  ])('a clock of its own: %s', (text) => {
    expect(rules.clocksOfTheirOwn(offender(text), CLOCKS)).toContainEqual(expect.stringContaining(LEDGER));
  });
  test.each([
    'clock.setTimeout(() => {}, 1);',
    'const clock = { setTimeout(work: () => void) {} };',
    'interface Clock { setTimeout(work: () => void): void }',
    'const date = new Date(clock.now());',
  ])('a clock that is handed in: %s', (text) => {
    expect(rules.clocksOfTheirOwn(offender(text), CLOCKS)).not.toContainEqual(expect.stringContaining(LEDGER));
  });
  test('a hidden parameter', () => {
    const text = "import { AsyncLocalStorage } from 'node:async_hooks';";
    expect(rules.hiddenParameters(offender(text))).not.toEqual([]);
  });
  test('a folder that is too full, a file that is too long', () => {
    const inside = Array.from({ length: 15 }, (_, index) => `src/services/ledger/${index}.ts`);
    expect(rules.crowdedFolders(inside, mostFilesIn)).toHaveLength(1);
    expect(rules.crowdedFolders(inside.slice(1), mostFilesIn)).toEqual([]);
    expect(rules.longFiles([{ path: 'src/long.ts', lines: 221 }], LONGEST_FILE)).toHaveLength(1);
    expect(rules.longFiles([{ path: 'src/long.ts', lines: 220 }], LONGEST_FILE)).toEqual([]);
  });
});
