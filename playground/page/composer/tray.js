/** The files of a plain message that is being written, above the box. */
import { el } from '../dom.js';
import { fileCard } from '../files/file-card.js';
import { FILES_MAX, problemWith } from '../files/files.js';
import { fail } from '../notice.js';

/**
 * Builds it.
 *
 * @param {{ onchange: () => void }} options told when files have come or gone
 */
export function createTray({ onchange }) {
  /** @type {File[]} */
  let files = [];
  const element = el('div', { class: 'tray', role: 'group', 'aria-label': 'Files of this message', hidden: true });

  function draw() {
    element.hidden = files.length === 0;
    element.replaceChildren(
      ...files.map((file) =>
        fileCard(file, {
          onremove() {
            files = files.filter((one) => one !== file);
            draw();
            onchange();
          },
        }),
      ),
    );
  }

  return {
    element,
    get files() {
      return files;
    },
    /** Adds files, as far as Discord's client takes them; what it does not is said. */
    add(more) {
      const problems = more.map((file) => problemWith(file)).filter(Boolean);
      const fine = more.filter((file) => !problemWith(file));
      const room = FILES_MAX - files.length;
      if (fine.length > room) problems.push(`Too many uploads! You can only upload ${FILES_MAX} files at a time.`);
      if (problems.length > 0) fail(new Error(problems.join(' ')));
      files = [...files, ...fine.slice(0, room)];
      draw();
      onchange();
    },
    /** Takes all files out, for another use of them. */
    empty() {
      const taken = files;
      files = [];
      draw();
      return taken;
    },
  };
}
