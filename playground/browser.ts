/** A real browser: the machine's own Chromium where there is one, else the one from the npm registry. */
import { existsSync } from 'node:fs';
import { chromium as driver, type Browser } from 'playwright-core';

/** Where systems keep it. */
const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

async function executable(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'] ?? SYSTEM.find((path) => existsSync(path));
  if (named !== undefined) return named;
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}

/** Starts it, without a window. @throws Error when there is none that starts here */
export async function openBrowser(): Promise<Browser> {
  return driver.launch({ executablePath: await executable(), args: ['--no-sandbox', '--font-render-hinting=none'] });
}
