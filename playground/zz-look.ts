import { openBrowser } from '/work/main/playground/browser.ts';
const [, , url, out, w = '1440', h = '900', scheme = 'dark', js = ''] = process.argv;
const b = await openBrowser();
const p = await b.newPage({ viewport: { width: +w, height: +h }, colorScheme: scheme as any });
p.on('console', (m) => console.log('CONSOLE', m.type(), m.text()));
p.on('pageerror', (e) => console.log('ERROR', e.message, e.stack));
p.on('requestfailed', (r) => console.log('FAILED', r.url(), r.failure()?.errorText));
await p.goto(url);
await p.waitForSelector('discord-message');
await p.waitForLoadState('load');
await new Promise((r) => setTimeout(r, 600));
if (js) {
  await new Function('p', `return (async()=>{${js}})()`)(p);
  await new Promise((r) => setTimeout(r, 400));
}
await p.screenshot({ path: out });
await b.close();
