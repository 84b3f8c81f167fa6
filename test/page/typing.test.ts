/** What Discord's client does while a person types: it offers, it checks, it opens the bot's forms. */
import { afterAll, expect, test } from 'vitest';
import { become, closeBrowser, typeCommand, visit } from './visit.ts';

afterAll(closeBrowser);

test('a command is checked before it is sent: what is required, numbers, choices', async () => {
  await using here = await visit();
  const { page, playground, troubles } = here;
  await page.getByPlaceholder('Message #pictures').focus();
  await page.keyboard.type('/seedream ');
  await page.keyboard.press('Enter');
  await page.getByText('This option is required. Specify a value.').waitFor();

  await page.keyboard.type('a lamp');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('count:99');
  await page.keyboard.press('Enter');
  await page.getByText('Must be at most 15.').waitFor();
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('two');
  await page.keyboard.press('Enter');
  await page.getByText('Input a valid integer.').waitFor();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('size:7:5');
  await page.keyboard.press('Enter');
  await page.getByText('Please select a valid option.').waitFor();
  expect(playground.runcomfy.submits).toBe(0);

  await page.keyboard.press('Escape');
  await page.getByPlaceholder('Message #pictures').waitFor();
  await page.keyboard.type('good evening');
  await page.keyboard.press('Enter');
  await page.locator('discord-message').getByText('good evening').waitFor();
  expect(troubles).toEqual([]);
});

test("the bot's form is filled in and sent, and prompts of before are offered", async () => {
  await using here = await visit();
  const { page, playground, troubles } = here;
  await typeCommand(page, 'a bridge over fog', { count: '1' });
  await page.getByRole('button', { name: 'Edit' }).click();
  const form = page.getByRole('dialog');
  const prompt = form.getByRole('textbox').first();
  await expect.poll(() => prompt.inputValue()).toBe('a bridge over fog');
  await prompt.fill('');
  await form.getByRole('button', { name: 'Submit' }).click();
  await form.getByText('This field is required.').waitFor();
  await prompt.fill('a bridge under stars');
  await form.getByRole('button', { name: 'Submit' }).click();
  await form.waitFor({ state: 'detached' });
  await page.locator('discord-embed').getByText('a bridge under stars').waitFor();
  await expect.poll(() => playground.runcomfy.submits).toBe(2);

  await page.getByPlaceholder('Message #pictures').focus();
  await page.keyboard.type('/seedream ');
  await page.getByRole('option', { name: 'a bridge over fog' }).click();
  await page.keyboard.press('Escape');
  expect(troubles).toEqual([]);
});

test('commands are offered to those who may use them, in the language of the person', async () => {
  await using here = await visit();
  const { page, playground, troubles } = here;
  const offered = () => page.getByRole('listbox', { name: 'Commands' }).getByRole('option').allTextContents();
  await page.getByRole('button', { name: 'Commands' }).click();
  const forMembers = await offered();
  expect(forMembers.length).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
  await become(page, 'Ada');
  await page.getByRole('button', { name: 'Commands' }).click();
  const admins = playground.discord.commands().filter((command) => command.default_member_permissions !== null);
  const reserved = admins.map(({ name }) => `/${name}`);
  const names = await offered();
  for (const name of reserved) {
    expect(names.some((text) => text.startsWith(name))).toBe(true);
    expect(forMembers.some((text) => text.startsWith(name))).toBe(false);
  }
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Switch to someone else' }).click();
  await page.getByLabel('Language').selectOption('de');
  await expect.poll(() => playground.discord.members.admin.user.locale).toBe('de');
  expect(troubles).toEqual([]);
});
