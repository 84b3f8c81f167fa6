/** A real browser: the machine's own Chromium where there is one, else the one from the npm registry. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium as driver, type Browser } from 'playwright-core';

/** Where systems keep it. */
const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/CopyableStore/MacOS/Google Chrome',
];

/** The package's version, so that another version is unpacked again. */
function packagedVersion(): string {
  const manifest = new URL('../../node_modules/@sparticuz/chromium/package.json', import.meta.url);
  return /"version": "([^"]+)"/.exec(readFileSync(manifest, 'utf8'))?.[1] ?? 'unknown';
}

/**
 * Unpacks the packaged browser once. The package writes straight to the temporary folder, where a second process would
 * start what the first has half written: so it is unpacked aside, and moved into place whole.
 */
async function unpack(): Promise<string> {
  const folder = join(tmpdir(), `seedream-chromium-${packagedVersion()}`);
  const path = join(folder, 'chromium');
  if (existsSync(path)) return path;
  const aside = mkdtempSync(`${folder}-`);
  const before = { ...process.env };
  // It unpacks the libraries it needs only where it believes itself on Amazon's machines, and sets variables of its own.
  Object.assign(process.env, { TMPDIR: aside, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' });
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    await packaged.executablePath();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  }
  try {
    renameSync(aside, folder);
  } catch {
    // Another process was first.
    rmSync(aside, { recursive: true, force: true });
  }
  return path;
}

/** The libraries that came with a browser, where the system's own do not let it start. */
function ownLibraries(path: string): Record<string, string> {
  const folder = join(dirname(path), 'al2023', 'lib');
  const starts = spawnSync(path, ['--version']).status === 0;
  return starts || !existsSync(folder) ? {} : { LD_LIBRARY_PATH: folder };
}

/**
 * The fonts that came with a browser. Their settings name folders of Amazon's machines and `/tmp/fonts`, where they are not:
 * without any font a page shows no text at all.
 */
function ownFonts(path: string): Record<string, string> {
  const folder = join(dirname(path), 'fonts');
  const settings = join(folder, 'fonts.conf');
  if (!existsSync(settings)) return {};
  const before = readFileSync(settings, 'utf8');
  const after = before.replaceAll('>/tmp/fonts', `>${folder}`);
  if (after !== before) {
    // Another process may be reading it.
    const aside = `${settings}-${process.pid}`;
    writeFileSync(aside, after);
    renameSync(aside, settings);
  }
  return { FONTCONFIG_PATH: folder };
}

/** Starts it, without a window. @throws Error when there is none that starts here */
export async function openBrowser(): Promise<Browser> {
  const path = process.env['CHROMIUM_PATH'] ?? SYSTEM.find((one) => existsSync(one)) ?? (await unpack());
  return driver.launch({
    executablePath: path,
    args: ['--no-sandbox', '--font-render-hinting=none'],
    env: { ...process.env, ...ownFonts(path), ...ownLibraries(path) },
  });
}
