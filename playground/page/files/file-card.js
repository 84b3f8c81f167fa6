/** A file that is chosen and not yet sent: its picture, its name, and a way to take it back. */
import { el, icon } from '../dom.js';
import { showBytes } from './files.js';

/** The address of each file's preview. @type {WeakMap<File, string>} */
const previews = new WeakMap();

function previewOf(file) {
  const known = previews.get(file) ?? URL.createObjectURL(file);
  previews.set(file, known);
  return known;
}

/**
 * Builds the card of a file.
 *
 * @param {File} file
 * @param {{ onremove: () => void }} options
 */
export function fileCard(file, { onremove }) {
  const preview = file.type.startsWith('image/') ? el('img', { src: previewOf(file), alt: '' }) : icon('file', 40);
  // What is no picture inside has no preview either.
  preview.addEventListener('error', () => preview.replaceWith(icon('file', 40)));
  return el(
    'div',
    { class: 'file-card' },
    el('div', { class: 'preview' }, preview),
    el('div', { class: 'file-name', title: file.name }, file.name),
    el('div', { class: 'file-size' }, showBytes(file.size)),
    el(
      'button',
      { type: 'button', class: 'remove', 'aria-label': `Remove ${file.name}`, title: 'Remove', onclick: onremove },
      icon('trash', 18),
    ),
  );
}

/**
 * Lets files be dropped on an element, which says so while they are over it.
 *
 * @param {HTMLElement} element
 * @param {(files: File[]) => void} ondrop
 */
export function takeDrops(element, ondrop) {
  let depth = 0;
  const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');
  const over = (by) => {
    depth = Math.max(0, depth + by);
    element.classList.toggle('dropping', depth > 0);
  };
  element.addEventListener('dragenter', (event) => carriesFiles(event) && over(1));
  element.addEventListener('dragleave', (event) => carriesFiles(event) && over(-1));
  element.addEventListener('dragover', (event) => carriesFiles(event) && event.preventDefault());
  element.addEventListener('drop', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    depth = 0;
    element.classList.remove('dropping');
    ondrop([...(event.dataTransfer?.files ?? [])]);
  });
}
