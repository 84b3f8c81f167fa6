/** Somebody who runs what a document says, in a folder of their own, with this house's code in it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { openTerminal, type Terminal } from '../../setup/terminal.ts';
import { endWithTests } from '../../support/child-processes.ts';

const HOUSE = new URL('../../../', import.meta.url).pathname;

/** What a clone has, and what `npm ci` brings. */
const CLONED = ['.env.example', 'package.json', 'package-lock.json', 'playground', 'src'];
const INSTALLED = ['node_modules'];

/** In the place of what needs the network: `git clone` and `npm ci` bring what is here already; all else is npm's. */
const PROGRAMS = {
  git: `[ "$1" = clone ] || exit 1
mkdir -p "$3"
for name in ${CLONED.join(' ')}; do ln -s "${HOUSE}$name" "$3/$name"; done`,
  npm: `if [ "$1" = ci ]; then
  for name in ${INSTALLED.join(' ')}; do [ -e "$name" ] || ln -s "${HOUSE}$name" "$name"; done
  exit 0
fi
PATH="$OTHER_PROGRAMS" exec npm "$@"`,
};

export interface Block {
  /** The document, from the root. */
  file: string;
  line: number;
  text: string;
}

/** Every fenced block of these documents, by its language. */
export function blocksIn(documents: string[]): (Block & { language: string })[] {
  return globSync(documents, { cwd: HOUSE }).flatMap((file) => {
    const text = readFileSync(join(HOUSE, file), 'utf8');
    return [...text.matchAll(/^( *)```(\S*)\n([\s\S]*?)^\1```$/gm)].map(
      ({ index, 2: language = '', 3: block = '' }) => ({
        file,
        line: text.slice(0, index).split('\n').length,
        language,
        text: block.trimEnd(),
      }),
    );
  });
}

export interface Stranger {
  folder: string;
  /** Runs a block to its end; gives its exit code and what it wrote. */
  run(text: string): Promise<{ code: number | null; output: string }>;
  /** Runs it on a terminal. */
  sitDown(text: string): Terminal;
}

/** @param cloned - whether they have the code already, and what `npm ci` brings. */
export function createStranger({
  environment,
  cloned,
}: {
  environment: Record<string, string>;
  cloned: boolean;
}): Stranger {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-stranger-'));
  const programs = mkdtempSync(join(tmpdir(), 'seedream-programs-'));
  onTestFinished(() => {
    for (const each of [folder, programs]) rmSync(each, { recursive: true, force: true });
  });
  for (const [name, text] of Object.entries(PROGRAMS)) {
    writeFileSync(join(programs, name), `#!/bin/sh\nset -e\n${text}\n`);
    chmodSync(join(programs, name), 0o755);
  }
  if (cloned) for (const name of [...CLONED, ...INSTALLED]) symlinkSync(join(HOUSE, name), join(folder, name));
  mkdirSync(join(folder, 'data'));
  const others = process.env['PATH'] ?? '';
  const env = { HOME: folder, OTHER_PROGRAMS: others, PATH: `${programs}:${others}`, ...environment };
  return {
    folder,
    async run(text) {
      const child = spawn('sh', ['-eu', '-c', text], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
      endWithTests(child);
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
      }
      const [code] = (await once(child, 'close')) as [number | null];
      return { code, output };
    },
    sitDown(text) {
      const script = join(programs, 'block.sh');
      writeFileSync(script, text);
      return openTerminal(`sh -eu ${script}`, { cwd: folder, env });
    },
  };
}

/** Runs a block to its end, which must be a good one. */
export async function runWell(stranger: Stranger, text: string): Promise<string> {
  const { code, output } = await stranger.run(text);
  expect(code, output).toBe(0);
  return output;
}
