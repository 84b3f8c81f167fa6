/** How a person hands in files: through the dialog, by a drop, by a paste. */
import type { Page } from 'playwright-core';

/** A PNG of one colour, from the browser, which is where people's files come from. */
export async function png(page: Page, name: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const base64 = await page.evaluate(() => {
    const document = (globalThis as unknown as { document: { createElement: (tag: string) => Canvas } }).document;
    const canvas = document.createElement('canvas');
    canvas.width = 320;
    canvas.height = 200;
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  });
  return { name, mimeType: 'image/png', buffer: Buffer.from(base64, 'base64') };
}
interface Canvas {
  width: number;
  height: number;
  toDataURL(type: string): string;
}
type ChosenFile = Awaited<ReturnType<typeof png>>;

/** A file that no picture is. */
export const TEXT = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') };

const listening = new WeakSet<Page>();

/** Does what opens the dialog to choose files, and chooses. */
export async function choose(page: Page, open: () => Promise<void>, files: ChosenFile | ChosenFile[]): Promise<void> {
  // As long as somebody listens the dialog is not shown by the browser; that is not switched on and off in between.
  if (!listening.has(page)) {
    page.on('filechooser', () => undefined);
    listening.add(page);
    // Once the browser has answered what came after it, it knows that somebody listens.
    await page.evaluate(() => undefined);
  }
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), open()]);
  await chooser.setFiles(files);
}

/** Drops or pastes a file, as the browser tells a page of it. */
export async function hand(
  page: Page,
  selector: string,
  event: 'drop' | 'paste',
  { name, buffer }: ChosenFile,
): Promise<void> {
  const script = `(() => {
    const bytes = Uint8Array.from(atob('${buffer.toString('base64')}'), (one) => one.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], '${name}', { type: 'image/png' }));
    const options = { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data };
    const event = '${event}' === 'drop' ? new DragEvent('drop', options) : new ClipboardEvent('paste', options);
    document.querySelector('${selector}').dispatchEvent(event);
  })()`;
  await page.evaluate(script);
}
