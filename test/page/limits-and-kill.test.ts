/** What the page shows of the world around the bot: limits, a bot that is killed, the log. */
import { afterAll, expect, test } from 'vitest';
import { become, closeBrowser, typeCommand, visit } from './visit.ts';

afterAll(closeBrowser);

test('a limit is met: the third picture of two is refused for the person alone, and said in the page', async () => {
  await using here = await visit({ environment: { LIMIT_USER_DAILY_IMAGES: '2' } });
  const { page, playground, troubles } = here;
  playground.runcomfy.holdQueue();
  await typeCommand(page, 'a first cat', { count: '2' });
  await page.getByRole('button', { name: 'Cancel' }).waitFor();
  await typeCommand(page, 'a second cat', { count: '1' });
  await page.getByText('You have used 2 of your 2 pictures today').waitFor();
  await page.getByRole('button', { name: 'Dismiss message' }).click();
  await page.getByText('You have used 2 of your 2').waitFor({ state: 'detached' });

  await become(page, 'Ben');
  await typeCommand(page, 'a third cat', { count: '1' });
  await expect.poll(() => playground.runcomfy.submits).toBe(2);
  expect(troubles).toEqual([]);
});

test('the bot is killed while a job is queued; started again, the gallery still comes', async () => {
  await using here = await visit({ bot: 'a process' });
  const { page, playground, troubles } = here;
  playground.runcomfy.holdQueue();
  await typeCommand(page, 'a tower in the rain', { count: '1' });
  await page.getByRole('button', { name: 'Cancel' }).waitFor();

  await page.getByRole('button', { name: 'Kill the bot while it works kill -9' }).click();
  await page.getByText('bot offline').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('This interaction failed').waitFor();

  playground.runcomfy.releaseQueue();
  await page.getByRole('button', { name: 'Start the bot' }).click();
  await page.getByText('bot online').waitFor();
  await page.getByRole('button', { name: 'Open picture 1 of 1' }).waitFor();
  expect(playground.runcomfy.submits).toBe(1);

  await page.getByRole('tab', { name: 'Log' }).click();
  await page.getByText('its process is gone').waitFor();
  await page.getByText('fetches picture 1').waitFor();
  const log = (await page.locator('.log-entries').textContent()) ?? '';
  // Discord's token for the bot, and what every interaction's token begins with.
  expect(log).not.toContain(playground.discord.token);
  expect(log).not.toContain(Buffer.from('interaction:').toString('base64url').slice(0, -1));
  await page.getByLabel('Calls of').selectOption({ index: 1 });
  await page.getByText('its process is gone').waitFor({ state: 'detached' });
  await page.getByText('Ana used /seedream').waitFor();
  expect(troubles).toEqual([]);
});
