/** How the page holds up: themes, a phone's width, assistive technology, and no network but its own. */
import { afterAll, expect, test } from 'vitest';
import { overflow, violations } from './axe.ts';
import { closeBrowser, typeCommand, visit } from './visit.ts';

afterAll(closeBrowser);

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
    // What is chosen stays readable under the mouse.
    if (!('hasTouch' in options)) await other.getByRole('button', { name: 'Moves on' }).hover();
    expect(await violations(other)).toEqual([]);
    await other.close();
  }

  const small = await here.open(phone);
  expect(await small.getByRole('navigation', { name: 'Servers' }).isVisible()).toBe(false);
  await small.getByRole('button', { name: 'Servers and channels' }).click();
  await small.getByRole('button', { name: 'general' }).click();
  await small.getByRole('heading', { name: 'Welcome to #general!' }).waitFor();
  await small.getByRole('button', { name: 'Controls and log' }).click();
  await small.getByRole('button', { name: 'Cut the bot off Discord' }).waitFor();
  expect(await overflow(small)).toBe(0);
  expect(troubles).toEqual([]);
});
