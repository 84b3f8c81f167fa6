/** Makes the short film in the README: somebody asks for pictures, the bot is killed and started again, the pictures arrive. */
import { writeFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import type { PageServer } from './server/server.ts';

/** What is filmed: the channel and the panel beside it, without the servers and channels on the left. */
const WINDOW = { width: 1300, height: 730 };
const CLIP = { x: 312, y: 0, width: 988, height: 730 };

/** How long the job, the bot's start and the delivery may take each (milliseconds). */
const PATIENCE_MS = 120_000;

/** How long frames are shown (milliseconds). What the film waits for takes longer than what it shows of it. */
const SHOWN = { key: 70, move: 60, work: 200, short: 500, read: 1_300, last: 3_000 };

/** Where the mouse stands while it has nothing to do: on the panel, beside how the bot is. */
const REST = { x: 1225, y: 100 };

/** How many frames a wait may add, and how far they are apart in truth (milliseconds). */
const WAIT = { frames: 6, apartMs: 700 };

/** Letters typed from one frame to the next. */
const LETTERS = 3;

/** A mouse pointer, which a browser's screenshots do not have. Its tip is where the mouse is. */
const POINTER = `addEventListener('DOMContentLoaded', () => {
  const pointer = document.createElement('img');
  pointer.alt = '';
  pointer.src = 'data:image/svg+xml,' + encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="26" height="34">' +
    '<path d="M2 2v24l6-5 4 10 5-2-4-10h8z" fill="#fff" stroke="#111" stroke-width="2"/></svg>');
  Object.assign(pointer.style, { position: 'fixed', zIndex: 99, pointerEvents: 'none', left: '-99px' });
  addEventListener('mousemove', ({ clientX, clientY }) => {
    Object.assign(pointer.style, { left: clientX - 2 + 'px', top: clientY - 2 + 'px' });
  }, true);
  document.body.append(pointer);
});`;

interface Camera {
  readonly page: Page;
  /** Where the mouse is. */
  mouse: { x: number; y: number };
  /** Takes a frame that is shown for so long (milliseconds). */
  readonly take: (shownMs: number) => Promise<void>;
  /** Everything taken, as an animated WebP. */
  readonly develop: () => Promise<Buffer>;
}

function createCamera(page: Page): Camera {
  const frames: Buffer[] = [];
  const delay: number[] = [];
  return {
    page,
    mouse: REST,
    async take(shownMs) {
      frames.push(await page.screenshot({ clip: CLIP, animations: 'disabled' }));
      delay.push(shownMs);
    },
    develop: () =>
      sharp(frames, { join: { animated: true } })
        .webp({ lossless: true, delay, loop: 0 })
        .toBuffer(),
  };
}

async function type({ page, take }: Camera, text: string): Promise<void> {
  for (let at = 0; at < text.length; at += LETTERS) {
    await page.keyboard.type(text.slice(at, at + LETTERS));
    await take(SHOWN.key);
  }
}

/** Moves the mouse as a hand does: slower where it arrives. */
async function move(camera: Camera, to: Camera['mouse']): Promise<void> {
  const from = camera.mouse;
  for (const part of [0.3, 0.6, 0.85, 1]) {
    await camera.page.mouse.move(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part);
    await camera.take(SHOWN.move);
  }
  camera.mouse = to;
}

/** Presses a button, which is seen under the pointer before. */
async function press(camera: Camera, button: Locator): Promise<void> {
  const box = await button.boundingBox();
  if (!box) throw new Error('A button to press is not to be seen.');
  await move(camera, { x: box.x + box.width * 0.7, y: box.y + box.height * 0.6 });
  await camera.take(SHOWN.short);
  await camera.page.mouse.click(camera.mouse.x, camera.mouse.y);
}

/** Waits until something is seen, with a few frames of the meantime. */
async function waitFor({ page, take }: Camera, seen: Locator): Promise<void> {
  for (let frame = 0; frame < WAIT.frames && !(await seen.isVisible()); frame += 1) {
    await take(SHOWN.work);
    await page.waitForTimeout(WAIT.apartMs);
  }
  await seen.waitFor({ timeout: PATIENCE_MS });
}

/** Waits until every picture that is on the page is drawn. */
async function waitForPictures(page: Page): Promise<void> {
  const pictures = page.getByRole('button', { name: /^Open picture/ }).locator('img');
  for (const picture of await pictures.all())
    await picture.evaluate((image: { decode(): Promise<void> }) => image.decode());
}

async function play(camera: Camera): Promise<void> {
  const { page, take } = camera;
  const newest = page.locator('discord-message').last();
  const delivered = newest.getByRole('button', { name: 'Open picture 4 of 4' });
  await take(SHOWN.short);
  await type(camera, '/seedream ');
  await type(camera, 'a lighthouse on a cliff, first light');
  await page.keyboard.press('ArrowRight');
  await type(camera, 'count:4');
  await take(SHOWN.short);
  await page.keyboard.press('Enter');
  await waitFor(camera, newest.locator('.cell.full').nth(1));
  await take(SHOWN.short);
  await press(camera, page.getByRole('button', { name: 'Kill the bot while it works' }));
  const start = page.getByRole('button', { name: 'Start the bot' });
  await start.waitFor({ timeout: PATIENCE_MS });
  if (await delivered.isVisible()) throw new Error('The pictures came before the bot was killed.');
  await take(SHOWN.read);
  await press(camera, start);
  await page.getByRole('button', { name: 'Stop it in order' }).waitFor({ timeout: PATIENCE_MS });
  await take(SHOWN.short);
  await move(camera, REST);
  await waitFor(camera, delivered);
  await waitForPictures(page);
  await page.locator('.notice').waitFor({ state: 'detached' });
  await take(SHOWN.last);
}

/**
 * Plays the scene in a page of the playground and writes the film. The channel has one gallery, so that it does not begin empty.
 *
 * @throws Error where the pictures do not arrive
 */
export async function film(browser: Browser, { url }: PageServer, path: string): Promise<void> {
  const page = await browser.newPage({ viewport: WINDOW, colorScheme: 'dark', deviceScaleFactor: 1.5 });
  await page.addInitScript(POINTER);
  await page.goto(url);
  await page.getByRole('heading', { name: 'Welcome to #pictures!' }).waitFor();
  await page.getByRole('button', { name: 'Put this away' }).click();
  await page.mouse.move(REST.x, REST.y);
  await page.getByRole('button', { name: 'Again' }).waitFor({ timeout: PATIENCE_MS });
  await waitForPictures(page);
  const camera = createCamera(page);
  await play(camera);
  writeFileSync(path, await camera.develop());
}
