/** The files that Node has read the environment from (`--env-file`), as far as they could not be read. */
import { closeSync, openSync, readSync } from 'node:fs';

const OPTION = /^--env-file(?:-if-exists)?(?:=(.*))?$/s;

/** The files named by Node's own options. */
function envFiles(options: readonly string[]): string[] {
  return options.flatMap((option, index) => {
    const [is, file = options[index + 1]] = OPTION.exec(option) ?? [];
    return is === undefined || file === undefined ? [] : [file];
  });
}

/** Whether a file is UTF-16, by its mark, or by a zero byte among its first two characters. */
function isUtf16(file: string): boolean {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const start = Buffer.alloc(4);
      const read = start.subarray(0, readSync(descriptor, start));
      return ['fffe', 'feff'].includes(read.toString('hex', 0, 2)) || read.includes(0);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return false;
  }
}

/**
 * The files of settings that are UTF-16, as some editors and shells on Windows save text: Node reads them as UTF-8, finds
 * nothing in them that has a setting's name, and says nothing.
 *
 * @param options - Node's options, as in `process.execArgv`.
 */
export function utf16Files(options: readonly string[]): string[] {
  return envFiles(options).filter(isUtf16);
}
