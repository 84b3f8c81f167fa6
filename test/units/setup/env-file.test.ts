/** What `npm run setup` writes. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { withSettings, writeSettings } from '../../../src/setup/env-file.ts';

test('a setting takes the place of its line, wherever it stands and however it is written; all else stays', () => {
  const text = '# A=1\n A = 2\r\nexport B="3"\nAB=4\nA=5\n\n# end';
  expect(withSettings(text, new Map(Object.entries({ A: 'x', B: 'y', C: 'z' })))).toBe(
    '# A=1\nA=x\nB=y\nAB=4\nA=x\n\n# end\nC=z\n',
  );
});

test('Node reads every value back as it was given', () => {
  const values = { PLAIN: 'abc.DEF-1_2', HASH: 'a#b', DOLLAR: 'a$B{c}', BACKSLASH: 'a\\nb', NONE: '' };
  expect(parseEnv(withSettings('', new Map(Object.entries(values))))).toEqual(values);
});

test('a file that others could read is its owner’s alone before a token is in it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-env-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const [made, present] = [join(folder, 'made'), join(folder, 'present')];
  writeFileSync(present, 'A=1\n');
  chmodSync(present, 0o644);
  for (const path of [made, present]) {
    writeSettings(path, new Map([['A', '2']]));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(parseEnv(readFileSync(path, 'utf8'))).toEqual({ A: '2' });
  }
});
