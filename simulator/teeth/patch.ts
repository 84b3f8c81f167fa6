/**
 * A fault that is put in on purpose, as a patch: a unified diff with a head that says in plain words what is broken. Applied
 * by what the lines say, wherever they stand by now, so that it outlives changes nearby.
 */

/** One place of a file that is changed: lines that stand there, and those that take their place. */
interface Change {
  path: string;
  from: string;
  to: string;
}

export interface Tooth {
  /** Its file's name without folder and ending. */
  name: string;
  /** What is broken, in plain words. */
  fault: string;
  /** How many processes of the bot the histories have in which it is looked for. */
  processes: number;
  changes: readonly Change[];
}

/** A patch that cannot be read, or that does not fit the code any more. */
export class PatchError extends Error {
  override readonly name = 'PatchError';
}

const linesOf = (lines: readonly string[], ...signs: string[]) =>
  lines
    .filter((line) => signs.includes(line.charAt(0)))
    .map((line) => `${line.slice(1)}\n`)
    .join('');

/** @throws PatchError */
export function readTooth(name: string, text: string): Tooth {
  const [head = '', ...files] = text.split(/^--- a\/.*\n(?=\+\+\+ b\/)/m);
  const fault = /^Fault: (.+)$/m.exec(head)?.[1];
  const processes = Number(/^Processes: (\d+)$/m.exec(head)?.[1] ?? 1);
  const changes = files.flatMap((file): Change[] => {
    const [names = '', ...hunks] = file.split(/^@@.*\n/m);
    const path = /^\+\+\+ b\/(\S+)/.exec(names)?.[1] ?? '';
    return hunks.map((hunk) => {
      const lines = hunk.split('\n');
      return { path, from: linesOf(lines, ' ', '-'), to: linesOf(lines, ' ', '+') };
    });
  });
  if (fault === undefined) throw new PatchError(`${name} does not say what is broken ("Fault: ...")`);
  if (changes.length === 0) throw new PatchError(`${name} changes nothing`);
  return { name, fault, processes, changes };
}

/**
 * The files as they are with the fault in them, by path.
 *
 * @throws PatchError where the code is no longer as the patch has it, or a place is not the only one of its kind.
 */
export function bite({ name, changes }: Tooth, read: (path: string) => string): Map<string, string> {
  const changed = new Map<string, string>();
  for (const { path, from, to } of changes) {
    const before = changed.get(path) ?? read(path);
    // A whole line, not a part of one.
    const places = `\n${before}`.split(`\n${from}`);
    if (places.length !== 2) {
      const found = places.length === 1 ? 'is not there any more' : `stands there ${places.length - 1} times`;
      throw new PatchError(`${name} no longer fits ${path}: what it changes ${found}:\n${from}`);
    }
    changed.set(path, places.join(`\n${to}`).slice(1));
  }
  return changed;
}
