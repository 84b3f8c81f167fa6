/** What leads into the box from elsewhere in the page: typing, the skip link, and files that are pasted or dropped. */
import { takeDrops } from '../files/file-card.js';
import { filesIn } from '../files/files.js';

/** Whether what is typed goes into the box: a slash from wherever nothing else takes it, any text while nothing has the focus. */
function goesToBox({ key, ctrlKey, metaKey, altKey, target }) {
  const isText = key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;
  if (!isText || document.querySelector('dialog[open], .menu')) return false;
  if (target.closest?.('input, textarea, select, [contenteditable]')) return false;
  const nothing = document.activeElement === document.body || document.activeElement?.id === 'scroller';
  return nothing || key === '/';
}

/**
 * Opens them.
 *
 * @param {{ focus: () => void, receive: (files: File[]) => void }} box puts the focus into the box; takes files
 */
export function openEntrances({ focus, receive }) {
  document.addEventListener('keydown', (event) => {
    if (goesToBox(event)) focus();
  });
  document.addEventListener('paste', (event) => {
    const files = filesIn(event.clipboardData);
    if (files.length === 0 || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    receive(files);
  });
  takeDrops(/** @type {HTMLElement} */ (document.querySelector('#channel')), receive);
  document.querySelector('#skip')?.addEventListener('click', (event) => {
    event.preventDefault();
    focus();
  });
}
