/** docs/reliability.md names what the simulator judges, each by the name that a broken history gives. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every invariant stands in the table, and nothing else', () => {
  const code = globSync('simulator/invariants/**/*.ts').map((path) => readFileSync(path, 'utf8'));
  const judged = code.flatMap((text) => [...text.matchAll(/broken\(\s*'([^']+)'/g)].map(([, name]) => name));
  const [, section = ''] =
    /## What the simulator judges\n(.*?)\n## /s.exec(readFileSync('docs/reliability.md', 'utf8')) ?? [];
  const named = [...section.matchAll(/^\| ([a-z][^|]*?) +\|/gm)]
    .map(([, name]) => name)
    .filter((name) => name !== 'invariant');
  expect(judged.length).toBeGreaterThan(15);
  expect(named.sort()).toEqual([...new Set(judged)].sort());
});
