/** The File Upload of a modal: files are dropped on it, pasted, or chosen. */
import { el, icon } from '../dom.js';
import { fileCard, takeDrops } from '../files/file-card.js';
import { chooseFiles, problemWith, showBytes } from '../files/files.js';
import { state } from '../store.js';

/** How many files are wanted, in words. */
function numberWanted(least, most) {
  if (most === 1) return 'Upload a file';
  return least > 1 ? `Upload ${least} to ${most} files` : `Upload up to ${most} files`;
}

/**
 * Builds it.
 *
 * @param {any} component
 * @param {{ labelId: string, describedBy?: string }} words the ids of what names and describes it
 * @returns the element, what reads and checks it, and what takes files that are pasted
 */
export function createFileUpload(component, { labelId, describedBy }) {
  const { min_values: min, max_values: most = 1, required = true, file_types: fileTypes } = component;
  const least = required ? Math.max(1, min ?? 1) : 0;
  /** @type {File[]} */
  let files = [];

  const problem = el('div', { class: 'problem', role: 'alert' });
  const cards = el('div', { class: 'cards' });
  const choose = () => chooseFiles({ fileTypes, multiple: most > 1, onchoose: add });
  const wordsId = `${labelId}-zone`;
  const zone = el(
    'button',
    {
      type: 'button',
      class: 'drop-zone',
      onclick: choose,
      'aria-labelledby': `${labelId} ${wordsId}`,
      'aria-describedby': describedBy,
    },
    icon('upload', 22),
    el(
      'span',
      { id: wordsId },
      el('span', {}, el('strong', {}, 'Browse files'), ' or drop them here. '),
      el('span', {}, `${numberWanted(least, most)}, each ${showBytes(state.world.maxFileBytes)} at most`),
    ),
  );
  const element = el('div', { class: 'upload' }, zone, cards, problem);
  takeDrops(zone, add);

  function draw() {
    zone.hidden = files.length >= most;
    cards.replaceChildren(
      ...files.map((file) =>
        fileCard(file, {
          onremove() {
            files = files.filter((one) => one !== file);
            say('');
            draw();
            zone.focus();
          },
        }),
      ),
    );
  }

  function say(words) {
    problem.textContent = words;
    if (words) zone.setAttribute('aria-invalid', 'true');
    else zone.removeAttribute('aria-invalid');
  }

  function add(more) {
    const problems = more.map((file) => problemWith(file, fileTypes)).filter(Boolean);
    const fine = more.filter((file) => !problemWith(file, fileTypes));
    if (files.length + fine.length > most)
      problems.push(`You can only upload ${most} ${most === 1 ? 'file' : 'files'} here.`);
    files = [...files, ...fine].slice(0, most);
    draw();
    cards.lastElementChild?.scrollIntoView({ block: 'nearest' });
    say(problems.join(' '));
    if (zone.hidden) cards.querySelector('button')?.focus();
  }

  return {
    element,
    add,
    read: () => files,
    /** What is to be put right first, or null. */
    check() {
      const few = files.length < least;
      const from = min ?? 1;
      const tooFew = files.length > 0 && files.length < from;
      if (!few && !tooFew) return null;
      say(files.length === 0 ? 'This field is required.' : `Upload at least ${from} files.`);
      return zone;
    },
  };
}
