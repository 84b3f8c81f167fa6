/** How the page holds up: themes, a phone's width, assistive technology, and no network but its own. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { closeBrowser, typeCommand, visit } from './visit.ts';

afterAll(closeBrowser);

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  impact: string | null;
  nodes: { target: unknown; failureSummary?: string }[];
}

/** Serious and critical violations, each with where it is. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } }).axe
      .run()
      .then(({ violations: all }) => all),
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${JSON.stringify(nodes.map(({ target, failureSummary }) => [target, failureSummary]))}`,
    );
}

const overflow = (page: Page) => page.evaluate('document.documentElement.scrollWidth - innerWidth');

test('dark and light, wide and as narrow as a phone: nothing overflows, nothing is serious to axe, nothing is asked of others', async () => {
  await using here = await visit();
  const { page, troubles } = here;
  await typeCommand(page, 'a street of lanterns', { count: '4' });
  await page.getByRole('button', { name: 'Open picture 4 of 4' }).waitFor();
  expect(await violations(page)).toEqual([]);

  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
  for (const options of [{ colorScheme: 'light' as const }, phone]) {
    const other = await here.open(options);
    await other.getByRole('button', { name: 'Open picture 4 of 4' }).waitFor();
    expect(await overflow(other)).toBe(0);
    expect(await violations(other)).toEqual([]);
    await other.close();
  }

  const small = await here.open(phone);
  expect(await small.getByRole('navigation', { name: 'Servers' }).isVisible()).toBe(false);
  await small.getByRole('button', { name: 'Servers and channels' }).click();
  await small.getByRole('button', { name: 'general' }).click();
  await small.getByRole('heading', { name: 'Welcome to #general!' }).waitFor();
  await small.getByRole('button', { name: 'Controls and log' }).click();
  await small.getByRole('button', { name: 'Drop the gateway' }).waitFor();
  expect(await overflow(small)).toBe(0);
  expect(troubles).toEqual([]);
});
