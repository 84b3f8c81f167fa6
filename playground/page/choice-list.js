/** A list to choose from, moved through with the arrow keys while the focus stays where the person types. */
import { el } from './dom.js';

let lists = 0;

/**
 * Builds a list; it is a listbox whose active option the typing field names by `aria-activedescendant`.
 *
 * @param {{ label: string, onchoose: (item: any) => void, draw: (item: any) => Node }} options
 */
export function createList({ label, onchoose, draw }) {
  const id = `list-${(lists += 1)}`;
  const element = el('div', { class: 'list', role: 'listbox', id, 'aria-label': label });
  let items = [];
  let active = -1;

  function mark() {
    for (const [index, option] of [...element.children].entries()) {
      option.setAttribute('aria-selected', String(index === active));
      option.classList.toggle('active', index === active);
      if (index === active) option.scrollIntoView({ block: 'nearest' });
    }
  }

  return {
    element,
    id,
    get items() {
      return items;
    },
    /** The id of the active option. */
    get activeId() {
      return active < 0 ? null : `${id}-${active}`;
    },
    get activeItem() {
      return items[active];
    },
    /** Shows these; the first is active unless told otherwise. */
    show(next, first = 0) {
      items = next;
      active = items.length === 0 ? -1 : first;
      element.replaceChildren(
        ...items.map((item, index) =>
          el(
            'div',
            {
              class: 'option',
              role: 'option',
              id: `${id}-${index}`,
              'aria-selected': 'false',
              // The field keeps the focus.
              onmousedown: (event) => event.preventDefault(),
              onclick: () => onchoose(item),
            },
            draw(item),
          ),
        ),
      );
      mark();
    },
    move(by) {
      if (items.length === 0) return;
      active = active < 0 ? (by > 0 ? 0 : items.length - 1) : (active + by + items.length) % items.length;
      mark();
    },
  };
}
