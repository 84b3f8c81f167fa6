/** A real browser before a playground of its own. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from '../../playground/app/browser.ts';
import { createPageServer } from '../../playground/app/server/server.ts';
import { createPlayground, type Playground } from '../../playground/app/playground.ts';
import { createBotInTest } from './bot-in-test.ts';

export interface Visit extends AsyncDisposable {
  playground: Playground;
  page: Page;
  url: string;
  /** What the page wrote to its console as errors, or threw, or could not load, and whatever it asked of other hosts. */
  troubles: string[];
  /** Another window on the same playground. */
  open(options?: BrowserContextOptions): Promise<Page>;
}

/** One browser serves all tests of a file, which closes it after them. */
let opened: Promise<Browser> | undefined;

export async function closeBrowser(): Promise<void> {
  const browser = opened;
  opened = undefined;
  await (await browser)?.close();
}

/**
 * Starts everything; resolves when the page shows the channel.
 *
 * @param bot where it is: in the test's process, where it starts in a twentieth of what a process of its own takes, or in one.
 */
export async function visit({
  environment = {},
  jobsAhead = 0,
  speed = 100,
  bot = 'in the test',
}: {
  environment?: Record<string, string>;
  jobsAhead?: number;
  speed?: number;
  bot?: 'in the test' | 'a process';
} = {}): Promise<Visit> {
  const troubles: string[] = [];
  const windows: Page[] = [];
  const [playground, browser] = await Promise.all([
    createPlayground({
      speed,
      jobsAhead,
      pictures: 'plain',
      environment,
      ...(bot === 'in the test' && { createBot: createBotInTest }),
    }),
    (opened ??= openBrowser()),
  ]);
  const server = await createPageServer({ playground, port: 0 });

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
    windows.push(page);
    page.setDefaultTimeout(20_000);
    page.on('console', (message) => {
      if (message.type() === 'error') troubles.push(message.text());
    });
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('requestfailed', (request) => {
      if (!request.url().endsWith('/events')) troubles.push(`${request.url()} failed`);
    });
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol !== 'data:' && origin !== server.url) troubles.push(`asked for ${request.url()}`);
    });
    await page.goto(server.url);
    await page.getByRole('heading', { name: 'Welcome to #pictures!' }).waitFor();
    return page;
  }

  return {
    playground,
    page: await open(),
    url: server.url,
    troubles,
    open,
    async [Symbol.asyncDispose]() {
      await Promise.all(windows.map((window) => window.close()));
      await server.close();
      await playground.close();
    },
  };
}

/** Becomes somebody else in the first server. */
export async function become(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Switch to someone else' }).click();
  await page
    .locator('.people')
    .getByRole('button', { name: `${name} ` })
    .first()
    .click();
  await page.getByRole('button', { name: new RegExp(`^${name} .*Switch to someone else`) }).waitFor();
}

/** Types a command from its name to Enter, as `/seedream`, its prompt, and further options as they are typed. */
export async function typeCommand(page: Page, prompt: string, options: Readonly<Record<string, string>> = {}) {
  await page.getByPlaceholder('Message #pictures').focus();
  await page.keyboard.type('/seedream ');
  await page.keyboard.type(prompt);
  await page.keyboard.press('ArrowRight');
  for (const [name, value] of Object.entries(options)) {
    await page.keyboard.type(`${name}:${value}`);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
}
