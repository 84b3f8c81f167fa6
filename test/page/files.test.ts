/** Files in the page: they are chosen, dropped and pasted, shown before they are sent, and come to the application whole. */
import { afterAll, expect, test } from 'vitest';
import { overflow, violations } from './axe.ts';
import { choose, hand, png, TEXT } from './handing-in.ts';
import { takeOver, type Seen } from './puppet.ts';
import { become, closeBrowser, visit } from './visit.ts';

afterAll(closeBrowser);

const IMAGES = ['.png', '.jpg', '.jpeg', '.webp'];
const picture = (name: string) => ({ type: 11, name, description: 'A picture to start from', file_types: IMAGES });
const COMMANDS = [
  {
    name: 'draw',
    name_localizations: { de: 'zeichne' },
    description: 'Draws',
    description_localizations: { de: 'Zeichnet' },
    options: [
      {
        type: 3,
        name: 'prompt',
        name_localizations: { de: 'beschreibung' },
        description: 'What to draw',
        description_localizations: { de: 'Was gezeichnet wird' },
        required: true,
      },
      picture('picture'),
      picture('picture2'),
      picture('picture3'),
    ],
  },
  { name: 'Edit with Draw', type: 3, name_localizations: { de: 'Mit Draw bearbeiten' } },
];
const FORM = {
  custom_id: 'form',
  title: 'Edit',
  components: [
    { type: 18, label: 'Prompt', component: { type: 4, custom_id: 'prompt', style: 2 } },
    {
      type: 18,
      label: 'How many',
      component: {
        type: 3,
        custom_id: 'count',
        options: ['1', '2', '3'].map((value) => ({ label: `${value} pictures`, value, default: value === '2' })),
      },
    },
    {
      type: 18,
      label: 'Pictures',
      description: 'Those to start from',
      component: { type: 19, custom_id: 'files', max_values: 3, file_types: IMAGES },
    },
  ],
};

/** The names and sizes of the files that came with an interaction, each read from its address. */
async function filesOf({ data }: Seen): Promise<[name: string, bytes: number][]> {
  const attachments = Object.values(data.resolved?.attachments ?? {});
  return Promise.all(
    attachments.map(async ({ filename, url }): Promise<[string, number]> => [
      filename,
      (await (await fetch(url)).arrayBuffer()).byteLength,
    ]),
  );
}

test('the options of a command take files that are chosen by the keyboard, dropped and pasted; what is wrong with one is said', async () => {
  await using here = await visit();
  const { page, playground, troubles } = here;
  const app = await takeOver(playground, COMMANDS);
  const [dog, cat, boat] = await Promise.all(['dog.png', 'cat.png', 'boat.png'].map((name) => png(page, name)));
  if (!dog || !cat || !boat) throw new Error('No pictures');

  await page.getByRole('button', { name: 'Commands' }).focus();
  await page.keyboard.press('/');
  await page.keyboard.type('draw ');
  await page.keyboard.type('a boat');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('picture:');
  await choose(page, () => page.keyboard.press('Enter'), TEXT);
  await page.getByText('notes.txt has the wrong file type. Allowed here: .png, .jpg, .jpeg, .webp.').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByText('notes.txt has the wrong file type.').waitFor();
  await choose(page, () => page.keyboard.press('Enter'), {
    ...dog,
    buffer: Buffer.concat([dog.buffer, Buffer.alloc(10 * 1024 * 1024)]),
  });
  await page.getByText('Your files are too powerful! The max file size is 10 MB').waitFor();
  await choose(page, () => page.keyboard.press('Enter'), dog);
  await page.getByRole('button', { name: 'Remove dog.png' }).waitFor();
  await hand(page, '#messages', 'drop', cat);
  await page.getByRole('button', { name: 'Remove cat.png' }).waitFor();
  await hand(page, '#composer', 'paste', boat);
  await page.getByRole('button', { name: 'Remove boat.png' }).waitFor();
  await hand(page, '#composer', 'paste', boat);
  await page.getByText('/draw takes 3 files at most.').waitFor();
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Remove boat.png' }).waitFor({ state: 'detached' });
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');

  const seen = await app.next();
  expect(seen.data.options?.map(({ name }) => name)).toEqual(['prompt', 'picture', 'picture2']);
  expect(await filesOf(seen)).toEqual([
    ['dog.png', dog.buffer.length],
    ['cat.png', cat.buffer.length],
  ]);
  expect(troubles).toEqual([]);
});

test("pictures are posted, and an app's command is used on them from the message's menu, by the keyboard alone", async () => {
  await using here = await visit();
  const { page, playground, troubles } = here;
  const app = await takeOver(playground, COMMANDS);
  const dog = await png(page, 'dog.png');
  await choose(page, () => page.getByRole('button', { name: 'Upload a file' }).press('Enter'), [dog, TEXT]);
  await page.getByRole('button', { name: 'Remove notes.txt' }).press('Enter');
  await page.getByRole('button', { name: 'Remove notes.txt' }).waitFor({ state: 'detached' });
  await page.keyboard.type('my dog');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Open picture 1 of 1' }).waitFor();
  await page.getByRole('group', { name: 'Files of this message' }).waitFor({ state: 'hidden' });

  await become(page, 'Ben');
  await page.getByRole('button', { name: 'Open picture 1 of 1' }).focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Apps' }).waitFor();
  expect(await page.getByRole('menuitem', { name: 'Delete Message' }).count()).toBe(0);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const seen = await app.next();
  expect(seen.interaction.user.globalName).toBe('Ben');
  expect(seen.data).toMatchObject({ name: 'Edit with Draw', target_id: seen.interaction.target?.id });

  await app.answer(seen, 9, FORM);
  const form = page.getByRole('dialog');
  await form.getByRole('textbox').waitFor();
  await page.keyboard.type('at night');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await form.getByText('This field is required.').waitFor();
  await choose(page, () => page.keyboard.press('Enter'), [dog, TEXT]);
  await form.getByText('notes.txt has the wrong file type.').waitFor();
  await hand(page, '.modal .drop-zone', 'drop', { ...dog, name: 'second.png' });
  await form.getByRole('button', { name: 'Remove second.png' }).waitFor();
  await hand(page, '.modal textarea', 'paste', { ...dog, name: 'third.png' });
  await form.getByRole('button', { name: 'Remove third.png' }).press('Enter');
  expect(await violations(page)).toEqual([]);
  await form.getByRole('button', { name: 'Submit' }).press('Enter');
  await form.waitFor({ state: 'detached' });

  const submitted = await app.next();
  expect(submitted.data.components).toMatchObject([
    { component: { value: 'at night' } },
    { component: { values: ['3'] } },
    { component: { values: [expect.any(String), expect.any(String)] } },
  ]);
  expect(await filesOf(submitted)).toEqual([
    ['dog.png', dog.buffer.length],
    ['second.png', dog.buffer.length],
  ]);
  await app.answer(submitted, 4, { content: 'Thank you.' });
  await page.getByText('Thank you.').waitFor();

  await become(page, 'Ana');
  await page.locator('discord-message', { hasText: 'my dog' }).getByRole('button', { name: 'More' }).press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Open picture 1 of 1' }).waitFor({ state: 'detached' });
  expect(troubles).toEqual([]);
});

test('a select under a message, the menu and a form work on a phone; names are in the language of the person', async () => {
  await using here = await visit();
  const { page, playground, troubles } = here;
  playground.discord.setLocale(playground.discord.members.ana, 'de');
  const app = await takeOver(playground, COMMANDS);
  const options = ['1', '2'].map((value) => ({ label: `Picture ${value}`, value }));
  const select = { type: 3, custom_id: 'use', placeholder: 'Use picture ...', options };
  await app.post({ content: 'a gallery', components: [{ type: 1, components: [select] }] });

  const phone = await here.open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await phone.getByRole('button', { name: 'Use picture ...' }).tap();
  await phone.getByRole('option', { name: 'Picture 2' }).tap();
  const chosen = await app.next();
  expect(chosen.data).toMatchObject({ custom_id: 'use', values: ['2'] });
  await app.answer(chosen, 9, FORM);
  await phone.getByRole('dialog').getByRole('textbox').fill('at night');
  const file = await png(phone, 'dog.png');
  await choose(phone, () => phone.getByRole('button', { name: /^Pictures.*Browse files/ }).tap(), file);
  await phone.getByRole('button', { name: 'Remove dog.png' }).waitFor();
  expect(await overflow(phone)).toBe(0);
  expect(await violations(phone)).toEqual([]);
  await phone.getByRole('button', { name: 'Submit' }).tap();
  expect(await filesOf(await app.next())).toEqual([['dog.png', file.buffer.length]]);

  await phone.locator('discord-message', { hasText: 'a gallery' }).getByRole('button', { name: 'More' }).tap();
  await phone.getByRole('menuitem', { name: 'Apps' }).tap();
  expect(await overflow(phone)).toBe(0);
  await phone.getByRole('menuitem', { name: 'Mit Draw bearbeiten' }).tap();
  expect((await app.next()).data.name).toBe('Edit with Draw');

  await phone.getByRole('button', { name: 'Commands' }).tap();
  await phone.getByRole('option', { name: '/zeichne Zeichnet' }).tap();
  await phone.getByText('Was gezeichnet wird').waitFor();
  await choose(phone, () => phone.getByRole('button', { name: 'Upload a file' }).tap(), file);
  await phone.getByRole('button', { name: 'Remove dog.png' }).waitFor();
  expect(await overflow(phone)).toBe(0);
  await phone.getByRole('combobox', { name: 'beschreibung: Was gezeichnet wird' }).fill('ein Boot');
  await phone.keyboard.press('Enter');
  const seen = await app.next();
  expect(seen.data).toMatchObject({
    name: 'draw',
    options: [{ name: 'prompt', value: 'ein Boot' }, { name: 'picture' }],
  });
  expect(await filesOf(seen)).toHaveLength(1);
  await page.close();
  expect(troubles).toEqual([]);
});
