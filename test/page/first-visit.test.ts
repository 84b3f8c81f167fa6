/** Who opens the page for the first time: what it offers to try, how the keyboard gets about, and what went wrong when. */
import { afterAll, expect, test } from 'vitest';
import { become, closeBrowser, typeCommand, visit } from './visit.ts';

afterAll(closeBrowser);

test('three things to try lead to the command, the control and the usage; put away, they stay away', async () => {
  await using here = await visit();
  const { page, troubles } = here;
  const card = page.getByRole('region', { name: 'Three things to try' });
  await card.getByRole('button', { name: /Ask for pictures/ }).click();
  await page.getByRole('group', { name: 'Command seedream' }).waitFor();
  await page.keyboard.press('Escape');
  await card.getByRole('button', { name: /Kill the bot while it works/ }).click();
  await page.locator('button:focus', { hasText: 'Kill the bot while it works kill -9' }).waitFor();
  await card.getByRole('button', { name: /Be the admin/ }).click();
  await page.getByRole('button', { name: /^Ada admin/ }).waitFor();
  await page.getByRole('group', { name: /^Command usage/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.only-you').waitFor();
  await card.getByRole('button', { name: 'Put this away' }).click();
  await card.waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('heading', { name: 'Welcome to #pictures!' }).waitFor();
  expect(await card.count()).toBe(0);
  expect(troubles).toEqual([]);
});

test('the box is the first thing but one for the keyboard, and a slash leads to it from anywhere', async () => {
  await using here = await visit();
  const { page, troubles } = here;
  const box = page.locator('textarea:focus');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await box.waitFor();
  for (const name of ['Controls and log', 'general', 'Cut the bot off Discord']) {
    await page.getByRole('button', { name }).focus();
    await page.keyboard.press('/');
    await page.getByRole('option', { name: '/seedream' }).waitFor();
    await page.keyboard.press('Escape');
    await box.waitFor();
  }
  expect(troubles).toEqual([]);
});

test('a command that nobody answered stands at its time, and later messages below it', async () => {
  await using here = await visit();
  const { page, playground, troubles } = here;
  await playground.bot.kill();
  await typeCommand(page, 'a lost request');
  await page.getByText('The application did not respond').waitFor();
  await page.getByPlaceholder('Message #pictures').focus();
  await page.keyboard.type('later');
  await page.keyboard.press('Enter');
  await page.locator('discord-message', { hasText: 'later' }).waitFor();
  const texts = await page.locator('discord-message').allTextContents();
  const place = (text: string) => texts.findIndex((one) => one.includes(text));
  expect(place('did not respond')).toBeGreaterThanOrEqual(0);
  expect(place('did not respond')).toBeLessThan(place('later'));
  expect(troubles).toEqual([]);
});

test('who hosts the bot is an admin; pictures that Discord refuses are brought by Deliver', async () => {
  await using here = await visit();
  const { page, playground, troubles } = here;
  await become(page, 'Host');
  await page.getByRole('button', { name: /^Host admin, hosts the bot/ }).waitFor();
  await page.getByRole('button', { name: 'Commands' }).click();
  await page.getByRole('option', { name: '/limits set' }).waitFor();
  await page.keyboard.press('Escape');

  await page.getByLabel('What happens to the next job').selectOption('autoMod');
  await page.getByText('For the next job').waitFor();
  await typeCommand(page, 'a refused picture', { count: '1' });
  await page.getByText('refused to show them here').waitFor();
  await expect.poll(() => page.getByLabel('What happens to the next job').inputValue()).toBe('');
  await page.keyboard.press('/');
  await page.keyboard.type('history ');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /Deliver/ }).click();
  await page.getByRole('button', { name: 'Open picture 1 of 1' }).waitFor();
  expect(playground.runcomfy.submits).toBe(1);
  expect(troubles).toEqual([]);
});
