/** Elements in one expression. */

/**
 * Makes an element. Properties that begin with `on` are listeners; `class`, `role`, `for`, and those with a dash are
 * attributes, `true` as an empty one; all else is set as a property.
 *
 * @param {string} tag
 * @param {Record<string, any>} [properties]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name.includes('-') || name === 'class' || name === 'role' || name === 'for' || name === 'slot')
      element.setAttribute(name, value === true ? '' : String(value));
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Paths of the icons, drawn in a box of 24. */
const ICONS = {
  hash: 'M10 4 8 20M16 4l-2 16M4.5 9h16M3.5 15h16',
  thread: 'M7 4v9a3 3 0 0 0 3 3h8M15 13l3 3-3 3',
  at: 'M16 12a4 4 0 1 1-1.2-2.8M16 8v5.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-3.5 7.1',
  menu: 'M4 6h16M4 12h16M4 18h16',
  close: 'm6 6 12 12M18 6 6 18',
  sliders: 'M4 7h10M18 7h2M4 17h2M10 17h10M14 4v6M8 14v6',
  list: 'M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01',
  chevron: 'm6 9 6 6 6-6',
  eye: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7Zm10 3a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  gear: 'M12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm8-3.5c0-.6 0-1-.1-1.500l2-1.500-2-3.400-2.300 1a8 8 0 0 0-2.600-1.500L14.600 2.500h-4l-.4 2.600A8 8 0 0 0 7.600 6.600l-2.400-1-2 3.400 2 1.500a8 8 0 0 0 0 3l-2 1.500 2 3.400 2.400-1a8 8 0 0 0 2.600 1.500l.4 2.600h4l.4-2.600a8 8 0 0 0 2.600-1.500l2.400 1 2-3.400-2-1.500c.1-.5.1-.9.1-1.500Z',
  check: 'm5 12 5 5L19 7',
  plus: 'M12 5v14M5 12h14',
  left: 'm15 5-7 7 7 7',
  right: 'm9 5 7 7-7 7',
  send: 'M4 4.500 20.500 12 4 19.500l1.700-6.200L14 12l-8.300-1.300z',
  more: 'M4.500 12h1M11.500 12h1M18.500 12h1',
  trash: 'M4 7h16M9 7V4h6v3M6.500 7l1 13h9l1-13M10 11v5M14 11v5',
  apps: 'M5 5h5v5H5zM14 5h5v5h-5zM5 14h5v5H5zM14 14h5v5h-5z',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  upload: 'M12 16V5m-5 5 5-5 5 5M5 19h14',
  file: 'M6 2h8l5 5v15H6zM14 2v6h5',
};

/**
 * An icon, hidden from screen readers: what it is on must have a name.
 *
 * @param {keyof typeof ICONS} name
 * @param {number} [size] in pixels
 */
export function icon(name, size = 24) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [key, value] of Object.entries({
    viewBox: '0 0 24 24',
    width: size,
    height: size,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 2,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  }))
    svg.setAttribute(key, String(value));
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}
