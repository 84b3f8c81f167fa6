/** The page's own files and the packages it is drawn with, served as they are: nothing is built. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

/** What each path of the page is read from. */
const ROOTS: readonly [prefix: string, folder: string][] = [
  ['/page/', new URL('../../page/', import.meta.url).pathname],
  ...[
    '@skyra/discord-components-core',
    'lit',
    'lit-html',
    'lit-element',
    '@lit/context',
    '@lit/reactive-element',
    '@fontsource/inter',
  ].map((name): [string, string] => [
    `/modules/${name}/`,
    new URL(`../../../node_modules/${name}/`, import.meta.url).pathname,
  ]),
];

const INDEX = new URL('../../page/index.html', import.meta.url).pathname;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface StaticFile {
  bytes: Buffer;
  headers: Record<string, string>;
}

/** What the page may load: itself. Its one inline script, the import map, is let in by its hash. */
function policyFor(html: string): string {
  const inline = /<script type="importmap">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(inline).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'self' 'sha256-${hash}'`,
    "style-src 'self' 'unsafe-inline'",
    // What a person has chosen is shown before it is sent.
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Reads the file of a path; `undefined` where there is none. */
export async function readStatic(path: string): Promise<StaticFile | undefined> {
  const file = path === '/' ? INDEX : fileOf(path);
  const type = file === undefined ? undefined : TYPES[extname(file)];
  if (file === undefined || type === undefined) return undefined;
  try {
    const bytes = await readFile(file);
    const isPage = file.endsWith('.html');
    const headers = {
      'content-type': type,
      'cache-control': path.startsWith('/modules/') ? 'max-age=3600' : 'no-cache',
      'x-content-type-options': 'nosniff',
      ...(isPage && { 'content-security-policy': policyFor(bytes.toString()), 'referrer-policy': 'no-referrer' }),
    };
    return { bytes, headers };
  } catch {
    return undefined;
  }
}

function fileOf(path: string): string | undefined {
  for (const [prefix, folder] of ROOTS) {
    if (!path.startsWith(prefix)) continue;
    const file = normalize(join(folder, path.slice(prefix.length)));
    return file.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? file : undefined;
  }
  return undefined;
}
