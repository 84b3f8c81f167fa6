/** The line above the messages: where one is, and what opens the drawers. */
import { channel, on, state } from '../store.js';
import { el, icon } from '../dom.js';

const header = /** @type {HTMLElement} */ (document.querySelector('#header'));
const banner = /** @type {HTMLElement} */ (document.querySelector('#banner'));
const backdrop = /** @type {HTMLElement} */ (document.querySelector('#backdrop'));

/** Opens or closes a part of the page. */
function toggle(name) {
  const open = document.body.classList.toggle(name);
  for (const other of ['drawer-left', 'drawer-right'])
    if (open && other !== name) document.body.classList.remove(other);
  draw();
}

function draw() {
  const here = channel();
  const direct = here?.guildId === null;
  const bot = state.controls?.bot;
  document.title = `${direct ? '@Seedream' : `#${here?.name ?? ''}`} | Seedream playground`;
  const panelOpen =
    document.body.classList.contains('drawer-right') ||
    (matchMedia('(min-width: 1100px)').matches && !document.body.classList.contains('panel-closed'));
  header.replaceChildren(
    el(
      'button',
      {
        type: 'button',
        class: 'tool left',
        'aria-label': 'Servers and channels',
        'aria-expanded': String(document.body.classList.contains('drawer-left')),
        onclick: () => toggle('drawer-left'),
      },
      icon('menu'),
    ),
    icon(direct ? 'at' : here?.parentId ? 'thread' : 'hash'),
    el('span', { class: 'title' }, direct ? 'Seedream' : (here?.name ?? '')),
    el('span', { class: `bot-state ${bot}` }, el('span', { class: 'dot' }), `bot ${bot ?? ''}`),
    el(
      'button',
      {
        type: 'button',
        class: 'tool right',
        title: 'Controls and log',
        'aria-label': 'Controls and log',
        'aria-expanded': String(panelOpen),
        onclick: () => {
          if (matchMedia('(min-width: 1100px)').matches) {
            document.body.classList.toggle('panel-closed');
            draw();
          } else toggle('drawer-right');
        },
      },
      icon('sliders'),
    ),
  );
}

/** Starts to draw. */
export function startHeader() {
  for (const name of ['place', 'snapshot', 'controls', 'world']) on(name, draw);
  on('connection', () => {
    banner.hidden = state.connected;
    banner.textContent = state.connected
      ? ''
      : 'The playground has ended, or can’t be reached. Start it again: npm run playground';
  });
  backdrop.addEventListener('click', () => {
    document.body.classList.remove('drawer-left', 'drawer-right');
    draw();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || document.querySelector('dialog[open]')) return;
    document.body.classList.remove('drawer-left', 'drawer-right');
    draw();
  });
}
