/** Pictures to start from, as a person who has read nothing finds them: in the command, on a message, under a gallery. */
import { afterAll, expect, test } from 'vitest';
import { NARROWEST, WIDEST } from '../../playground/runcomfy/pictures/caption/safe-area.ts';
import { choose, hand, png } from './handing-in.ts';
import { become, closeBrowser, typeCommand, visit } from './visit.ts';

afterAll(closeBrowser);

test('a picture is dropped into /seedream, edited from the menu of its message by somebody else, and the gallery is gone on with', async () => {
  await using here = await visit();
  const { page, playground, troubles } = here;
  const dog = await png(page, 'dog.png');
  const last = page.locator('discord-message').last();

  await page.keyboard.press('/');
  await page.keyboard.type('seedream ');
  await page.keyboard.type('this dog as a knight');
  await page.keyboard.press('ArrowRight');
  await hand(page, '#messages', 'drop', dog);
  await page.getByRole('button', { name: 'Remove dog.png' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('count:2');
  await page.keyboard.press('Enter');
  await last.getByRole('button', { name: 'Open picture 2 of 2' }).waitFor();
  expect(playground.runcomfy.jobs.at(-1)?.input.references).toHaveLength(1);

  await choose(page, () => page.getByRole('button', { name: 'Upload a file' }).click(), [
    dog,
    { ...dog, name: 'cat.png' },
  ]);
  await page.keyboard.type('my pets');
  await page.keyboard.press('Enter');
  await page.getByText('my pets').waitFor();
  await become(page, 'Ben');
  await page.getByText('my pets').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Apps' }).click();
  await page.getByRole('menuitem', { name: 'Edit with Seedream' }).click();
  const form = page.getByRole('dialog');
  await page.getByRole('heading', { name: 'Edit with Seedream' }).waitFor();
  await form.getByRole('textbox').first().fill('both of them at the sea');
  await form.getByRole('button', { name: 'Submit' }).click();
  await form.waitFor({ state: 'detached' });
  await last.getByText('both of them at the sea').waitFor();
  await last
    .getByRole('button', { name: /^Open picture/ })
    .first()
    .waitFor();
  expect(playground.runcomfy.jobs.at(-1)?.input.references).toHaveLength(2);

  await last.getByRole('button', { name: /^Use picture/ }).click();
  await page.getByRole('option', { name: 'Picture 1' }).click();
  await form.getByRole('textbox').first().fill('the same by night');
  await form.getByRole('button', { name: 'Submit' }).click();
  await last.getByText('the same by night').waitFor();
  await last
    .getByRole('button', { name: /^Open picture/ })
    .first()
    .waitFor();
  expect(playground.runcomfy.jobs.at(-1)?.input.references).toHaveLength(1);
  expect(troubles).toEqual([]);
});

test('two windows of one person: galleries crop no picture more than its words bear, and a form opens where it was asked for', async () => {
  await using here = await visit();
  const phone = await here.open({ viewport: { width: 390, height: 844 }, hasTouch: true });
  for (const count of [2, 3, 4]) {
    await typeCommand(here.page, `kites ${count}`, { count: `${count}` });
    for (const page of [here.page, phone]) {
      const message = page.locator('discord-message').last();
      const pictures = message.getByRole('button', { name: new RegExp(`^Open picture \\d of ${count}`) });
      await pictures.nth(count - 1).waitFor();
      const places = await Promise.all((await pictures.all()).map((picture) => picture.boundingBox()));
      const ratios = places.map((place) => (place ? place.width / place.height : 0));
      expect(ratios).toHaveLength(count);
      expect(Math.min(...ratios)).toBeGreaterThanOrEqual(NARROWEST);
      expect(Math.max(...ratios)).toBeLessThanOrEqual(WIDEST);
    }
  }
  await here.page.getByRole('button', { name: 'Edit' }).last().click();
  await here.page.getByRole('dialog').waitFor();
  // What comes after the form has come.
  await phone.getByPlaceholder('Message #pictures').fill('later');
  await phone.keyboard.press('Enter');
  await phone.locator('discord-message', { hasText: 'later' }).waitFor();
  expect(await phone.getByRole('dialog').count()).toBe(0);
  expect(here.troubles).toEqual([]);
});
