/** Makes what `docs/` shows of the playground: pictures of a gallery and a job under way, and the README's film. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { film } from './film.ts';
import { requestPictures, type SeedreamOptions } from './seedream-request.ts';
import { createPageServer, type PageServer } from './server/server.ts';
import { createPlayground, type Playground } from './playground.ts';

const FOLDER = new URL('../../docs/', import.meta.url).pathname;

/** Slow enough that a job is seen under way, quick enough to wait for. */
const SPEED = 2.5;

/** Quicker for the film, which leaves out most of what is waited for. */
const FILM_SPEED = 4;

const FILM = 'playground.webp';

/** How long a gallery may take (milliseconds). */
const PATIENCE_MS = 120_000;

/** Pictures of the page, by file: the same channel at the same moment. */
const SHOTS: Record<string, BrowserContextOptions> = {
  'playground.png': { viewport: { width: 1360, height: 980 }, colorScheme: 'dark', deviceScaleFactor: 1.5 },
  'playground-light.png': { viewport: { width: 1360, height: 980 }, colorScheme: 'light', deviceScaleFactor: 1.5 },
  'playground-phone.png': { viewport: { width: 390, height: 844 }, colorScheme: 'dark', deviceScaleFactor: 2 },
};

interface Scene {
  playground: Playground;
  server: PageServer;
  browser: Browser;
}

async function open(browser: Browser, { url }: PageServer, options: BrowserContextOptions): Promise<Page> {
  const page = await browser.newPage(options);
  await page.goto(url);
  await page.getByRole('heading', { name: 'Welcome to #pictures!' }).waitFor();
  await page.getByRole('button', { name: 'Put this away' }).click();
  return page;
}

/** Ben has a gallery. */
async function deliverToBen({ discord, runcomfy, customers }: Playground, options: SeedreamOptions): Promise<void> {
  const { delivered } = await requestPictures({
    discord,
    runcomfy,
    customers,
    member: discord.members.ben,
    channel: discord.channels.pictures,
    options,
    sent: () => undefined,
    changed: () => undefined,
    timeoutMs: PATIENCE_MS,
  });
  if (!delivered) throw new Error('The first gallery did not come.');
}

/** Ana's job is being generated, as her message says. */
async function requestAsAna(ana: Page): Promise<void> {
  await ana.keyboard.press('/');
  await ana.keyboard.type('seedream ');
  await ana.keyboard.type('a night train crossing a viaduct, northern lights');
  await ana.keyboard.press('ArrowRight');
  await ana.keyboard.type('count:6');
  await ana.keyboard.press('Enter');
  await ana.locator('discord-message').last().locator('.cell.full').nth(1).waitFor({ timeout: PATIENCE_MS });
}

/** Ben's gallery above Ana's job, in windows of all kinds. */
async function takePictures({ playground, server, browser }: Scene): Promise<void> {
  const pages = await Promise.all(
    Object.entries(SHOTS).map(async ([file, options]) => ({ file, page: await open(browser, server, options) })),
  );
  const [first] = pages;
  if (!first) throw new Error('There is nothing to make.');
  await deliverToBen(playground, {
    prompt: 'a lighthouse on a cliff, first light',
    count: 4,
    size: '2304:1728 (4:3)',
    seed: 2041,
  });
  await requestAsAna(first.page);
  for (const { file, page } of pages) {
    const last = page.getByRole('button', { name: 'Open picture 4 of 4' }).locator('img');
    await last.evaluate((image: { decode(): Promise<void> }) => image.decode());
    await page.screenshot({ path: `${FOLDER}${file}`, animations: 'disabled' });
    console.log(`docs/${file}`);
  }
}

async function makeFilm({ playground, server, browser }: Scene): Promise<void> {
  await deliverToBen(playground, { prompt: 'a fox in fresh snow', count: 1, seed: 2041 });
  await film(browser, server, `${FOLDER}${FILM}`);
  console.log(`docs/${FILM}`);
}

/** Plays in a playground of its own, so that no job of another scene is in it. */
async function inPlayground(speed: number, play: (scene: Scene) => Promise<void>): Promise<void> {
  const playground = await createPlayground({ speed, jobsAhead: 0 });
  const server = await createPageServer({ playground, port: 0 });
  const browser = await openBrowser();
  try {
    await play({ playground, server, browser });
  } finally {
    await browser.close();
    await server.close();
    await playground.close();
  }
}

await inPlayground(SPEED, takePictures);
await inPlayground(FILM_SPEED, makeFilm);
