/** Histories of new seeds that once broke a promise, made small: what was mended stays so. Each says what had happened. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runHistory } from '../../../simulator/history.ts';
import type { Plan } from '../../../simulator/plan.ts';

const FOUND = JSON.parse(readFileSync(new URL('found-by-seeds.json', import.meta.url), 'utf8')) as Record<string, Plan>;

test.each(Object.entries(FOUND))('%s', async (_, plan) => {
  const { violations, statistics } = await runHistory({ plan });
  expect(violations.map(({ message }) => message)).toEqual([]);
  expect(statistics.jobs).toBeGreaterThan(0);
});
