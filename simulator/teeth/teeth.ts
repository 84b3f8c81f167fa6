/** Puts faults into copies of the code, one at a time, and counts the histories until the simulator finds each. */
import { execFile } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bite, PatchError, readTooth, type Tooth } from './patch.ts';

/** The histories in which each fault must be found. */
const MOST = 300;

const HOUSE = fileURLToPath(new URL('../..', import.meta.url));

/** What a copy needs to run histories. */
const COPIED = ['src', 'simulator', 'playground', 'package.json'];

/** What is asked and answered, as JSON: between a copy's process and the one that has it run. */
export interface Asked {
  processes: number;
  /** The first history's number, from 1, which is also its seed; and the last one's. */
  from: number;
  to: number;
}

export interface Broken {
  /** The history's number. */
  number: number;
  invariant: string;
  message: string;
}

/** Gives the first of the histories that breaks a promise. */
type FindBroken = (asked: Asked) => Promise<Broken | undefined>;

/** The file in a copy that does so there. */
const IN_A_COPY = 'simulator/until-broken.ts';

type Found =
  | { tooth: Tooth; outcome: 'found'; broken: Broken }
  /** In none of the histories; or its patch does not fit the code any more. */
  | { tooth: Tooth; outcome: 'missed' }
  | { tooth: Tooth; outcome: 'unfit'; why: string };

/** Every fault that there is, by name. @throws PatchError */
export function allTeeth(): Tooth[] {
  const paths = globSync('simulator/teeth/*/*.patch', { cwd: HOUSE }).toSorted();
  return paths.map((path) => readTooth(basename(path, '.patch'), readFileSync(join(HOUSE, path), 'utf8')));
}

/** The files with the fault in them. @throws PatchError */
export function bitten(tooth: Tooth): Map<string, string> {
  return bite(tooth, (path) => readFileSync(join(HOUSE, path), 'utf8'));
}

/** Copies the code with the fault in it; gives the folder. */
function copyWith(files: ReadonlyMap<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-tooth-'));
  for (const name of COPIED) cpSync(join(HOUSE, name), join(folder, name), { recursive: true });
  symlinkSync(join(HOUSE, 'node_modules'), join(folder, 'node_modules'));
  for (const [path, text] of files) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const run = promisify(execFile);

/** What a run says that ended by itself. */
interface Ended {
  stdout: string;
}

/** @throws PatchError where the copy does not run. */
async function ask(folder: string, asked: Asked): Promise<Broken | undefined> {
  const begun = run(process.execPath, [join(folder, IN_A_COPY), JSON.stringify(asked)], { cwd: folder });
  const { stdout } = await begun.catch((error: unknown): Ended => {
    throw new PatchError(`The copy does not run: ${error instanceof Error ? error.message : String(error)}`);
  });
  return (JSON.parse(stdout) as Broken | null) ?? undefined;
}

/** The first of the histories that finds the fault. What breaks the code without it as well is no find. */
async function firstFind(folder: string, processes: number, findBroken: FindBroken): Promise<Broken | undefined> {
  for (let from = 1; from <= MOST;) {
    const broken = await ask(folder, { processes, from, to: MOST });
    if (broken === undefined) return undefined;
    const { number } = broken;
    const without = await findBroken({ processes, from: number, to: number });
    if (without?.invariant !== broken.invariant) return broken;
    from = number + 1;
  }
  return undefined;
}

async function lookFor(tooth: Tooth, findBroken: FindBroken): Promise<Found> {
  let folder: string | undefined;
  try {
    folder = copyWith(bitten(tooth));
    const broken = await firstFind(folder, tooth.processes, findBroken);
    return broken === undefined ? { tooth, outcome: 'missed' } : { tooth, outcome: 'found', broken };
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    return { tooth, outcome: 'unfit', why: error.message };
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** One line of the table. */
function lineOf(each: Found): string {
  const histories = each.outcome === 'found' ? String(each.broken.number) : each.outcome;
  const by = each.outcome === 'found' ? each.broken.invariant : '';
  return `${histories.padStart(9)}  ${by.padEnd(36)}  ${each.tooth.name}: ${each.tooth.fault}`;
}

/**
 * Looks for every fault and prints what became of it.
 *
 * @param only - the names of those that are looked for; all of them where it is left out.
 * @param findBroken - in the code as it is: what breaks that as well is no find.
 * @returns whether each was found.
 * @throws PatchError where a patch cannot be read.
 */
export async function tellTeeth({
  only,
  findBroken,
}: {
  only: readonly string[] | undefined;
  findBroken: FindBroken;
}): Promise<boolean> {
  const teeth = allTeeth().filter(({ name }) => only?.includes(name) ?? true);
  console.log(`${teeth.length} faults, each in a copy of the code: the histories until it is found, ${MOST} at most\n`);
  console.log(`histories  ${'broken promise'.padEnd(36)}  fault`);
  let found = 0;
  for (const tooth of teeth) {
    const each = await lookFor(tooth, findBroken);
    if (each.outcome === 'found') found += 1;
    console.log(lineOf(each));
    if (each.outcome === 'unfit') console.log(each.why);
  }
  console.log(`\n${found} of ${teeth.length} were found`);
  return found === teeth.length && found > 0;
}
