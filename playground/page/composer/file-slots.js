/** Above a command: a place for each of its files, to drop one on, with what is chosen shown in it. */
import { el, icon } from '../dom.js';
import { fileCard, takeDrops } from '../files/file-card.js';
import { chooseFiles } from '../files/files.js';

/**
 * Builds them.
 *
 * @param {{ onfiles: (option: any, files: File[]) => void, onremove: (option: any) => void }} options
 */
export function createFileSlots({ onfiles, onremove }) {
  const element = el('div', { class: 'slots', hidden: true });

  function empty(option) {
    const choose = () => chooseFiles({ fileTypes: option.file_types, onchoose: (files) => onfiles(option, files) });
    const zone = el(
      'button',
      // The keyboard has the field itself.
      { type: 'button', class: 'drop-zone', tabIndex: -1, onclick: choose },
      icon('upload', 22),
      el('span', {}, el('strong', {}, option.shown)),
      el('span', {}, 'Drag and drop or click to upload file'),
    );
    takeDrops(zone, (files) => onfiles(option, files));
    return zone;
  }

  return {
    element,
    /** Shows these options, in order, each with its file if it has one. @param {{ option: any, file?: File }[]} slots */
    show(slots) {
      element.hidden = slots.length === 0;
      element.replaceChildren(
        ...slots.map(({ option, file }) =>
          el(
            'div',
            { class: 'slot', 'data-option': option.name },
            ...(file
              ? [el('div', { class: 'slot-name' }, option.shown), fileCard(file, { onremove: () => onremove(option) })]
              : [empty(option)]),
          ),
        ),
      );
    },
  };
}
