/** A person at the page: a job from the first letter to the gallery, its cancel, and who may not. */
import { afterAll, expect, test } from 'vitest';
import { become, closeBrowser, typeCommand, visit } from './visit.ts';

afterAll(closeBrowser);

/** What is used of an image in the page. */
interface Picture {
  decode(): Promise<void>;
  naturalWidth: number;
}

test('a person types /seedream with the keyboard alone, sees it go on, and opens a picture of the gallery', async () => {
  // Slow enough that a moment is named.
  await using here = await visit({ speed: 2 });
  const { page, playground, troubles } = here;
  playground.runcomfy.holdQueue();

  await page.keyboard.press('/');
  await page.getByRole('option', { name: /\/seedream\s*Make pictures/ }).waitFor();
  await page.keyboard.type('seed');
  await page.keyboard.press('Enter');
  await page.keyboard.type('a red fox in fresh snow');
  await page.keyboard.press('Tab');
  await page.getByRole('option', { name: /^size/ }).waitFor();
  await page.keyboard.type('size:');
  await page.getByRole('option', { name: 'Portrait 3:4' }).waitFor();
  await page.keyboard.type('landscape 4:3');
  await page.keyboard.press('Enter');
  await page.keyboard.type('count:4');
  await page.keyboard.press('Enter');

  const reply = page.locator('discord-message').last();
  await reply.getByText('a red fox in fresh snow').waitFor();
  await reply.getByRole('button', { name: 'Cancel' }).waitFor();
  expect(await reply.getByText(/seconds? ago|in \d+ seconds?/).count()).toBeGreaterThan(0);

  await playground.runcomfy.setBehaviour({ speed: 100, held: false });
  await reply.getByRole('button', { name: 'Open picture 4 of 4' }).waitFor();
  await reply.getByText('Landscape 4:3').waitFor();
  expect(await reply.locator('discord-embed').count()).toBe(1);
  await reply.getByRole('button', { name: 'Open picture 2 of 4' }).focus();
  await page.keyboard.press('Enter');
  const lightbox = page.getByRole('dialog', { name: 'Picture' });
  await lightbox.getByText('2 of 4').waitFor();
  await page.keyboard.press('ArrowRight');
  await lightbox.getByText('3 of 4').waitFor();
  const width = await lightbox.locator('img').evaluate(async (image: Picture) => {
    await image.decode();
    return image.naturalWidth;
  });
  expect(width).toBe(2304);
  await page.keyboard.press('Escape');
  await lightbox.waitFor({ state: 'detached' });
  expect(troubles).toEqual([]);
});

test("a stranger's cancel is refused for them alone; the requester's cancels", async () => {
  await using here = await visit();
  const { page, playground, troubles } = here;
  playground.runcomfy.holdQueue();
  await typeCommand(page, 'a harbour at dawn', { count: '2' });
  await page.getByRole('button', { name: 'Cancel' }).waitFor();

  await become(page, 'Ben');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Only the person who asked for it').waitFor();
  await page.locator('.only-you').waitFor();

  await become(page, 'Ana');
  expect(await page.getByText('Only the person who asked for it').count()).toBe(0);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Nothing was charged').waitFor();
  await expect.poll(() => playground.runcomfy.jobs.map(({ state }) => state)).toEqual(['cancelled']);
  expect(troubles).toEqual([]);
});
